// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/joint/joint_total.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "host/exact/lattice/lattice_total.hpp"
#include "tests/exact/lattice/made_group.hpp"
#include "tests/exact/made_table.hpp"

namespace corridor {
namespace {

using made::layer;
using made::persons;
using made::years;

constexpr double deductible = 100e3;
const made::Table table = made::table_of(made::lognormal(7000, 4, 0.15));
const TableLaw law(table.data());

YearModel group(int count) {
  std::vector<AlikePersons> all;
  for (int i = 0; i < count; ++i) {
    all.push_back(persons(0, std::exp(1.4 * (i + 0.5) / count - 0.7), 1, i % 7 == 0 ? 0.5 : 1));
  }
  return years({&law}, 0.2, all);
}

JointCover cover(double retained_usd = 0) {
  return {layer(deductible), {}, {deductible, {}}, retained_usd};
}

TEST(JointTotal, AnAttachmentOutOfReachLeavesTheSpecific) {
  LatticeRows rows;
  const YearModel model = group(60);
  const auto joint = joint_total(model, cover(), {1, 20e6, 1e6}, rows, {{}, {0.9, 0.99}});
  const auto specific =
      lattice_total(model, layer(deductible), {}, rows, {{300e3, 1e6}, {0.9, 0.99}});
  EXPECT_NEAR(joint->mean_usd() / specific->mean_usd(), 1, 1e-9);
  EXPECT_NEAR(joint->sd_usd() / specific->sd_usd(), 1, 1e-6);
  for (const double level : {0.9, 0.99}) {
    const double amount = specific->quantile(level);
    EXPECT_NEAR(joint->quantile(level) / amount, 1, 1e-4);
    EXPECT_NEAR(joint->at(amount).excess / specific->at(amount).excess, 1, 4e-5);
  }
}

TEST(JointTotal, WithoutASpecificTheAggregateIsLeft) {
  LatticeRows rows;
  const YearModel model = group(60);
  const auto counted =
      lattice_total(model, layer(0, deductible), {}, rows, {{360e3, 460e3, 560e3}, {0.9}});
  JointCover none = cover();
  none.of_members = {};
  const auto joint = joint_total(model, none, {0.9, 360e3}, rows, {{90e3, 180e3}, {}});
  EXPECT_NEAR(joint->mean_usd() / (0.9 * counted->at(360e3).excess), 1, 1e-6);
  for (const double above : {90e3, 180e3}) {
    const TailAt at = joint->at(above), expected = counted->at(360e3 + above / 0.9);
    EXPECT_NEAR(at.probability / expected.probability, 1, 1e-4) << above;
    EXPECT_NEAR(at.excess / (0.9 * expected.excess), 1, 1e-4) << above;
  }
}

struct Drawn {
  std::vector<double> specific, aggregate;
};

Drawn drawn(const YearModel& model, const JointCover& of, const CountedCover& aggregate,
            int year_count) {
  std::mt19937_64 bits(20240607);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform;
  const YearSlice& slice = model.slices[0];
  Drawn years_drawn;
  for (int year = 0; year < year_count; ++year) {
    const double severity = std::exp(slice.log_severity + slice.sigma * normal(bits));
    double specific = 0, counted = 0;
    for (const AlikePersons& person : slice.persons) {
      const double survival = uniform(bits) / person.shares[0].weight;
      if (survival >= 1) continue;
      const double claims = severity * person.scale * law.quantile(survival);
      specific += of.of_members(claims);
      counted += std::min(claims, of.counted.group_usd);
    }
    years_drawn.specific.push_back(std::max(0.0, specific - of.retained_usd));
    years_drawn.aggregate.push_back(std::min(
        aggregate.limit_usd, aggregate.share * std::max(0.0, counted - aggregate.attachment_usd)));
  }
  return years_drawn;
}

struct Sample {
  double mean = 0, error = 0;
};
template <class Of>
Sample sample(const Drawn& of, Of figure) {
  const auto count = static_cast<double>(of.specific.size());
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < of.specific.size(); ++i) {
    const double value = figure(of.specific[i], of.aggregate[i]);
    sum += value;
    squares += value * value;
  }
  return {sum / count, std::sqrt((squares / count - sum * sum / count / count) / count)};
}

void expect_drawn(const JointCover& of) {
  LatticeRows rows;
  const YearModel model = group(40);
  const CountedCover aggregate{0.8, 240e3, 120e3};
  const auto laws = joint_laws(model, of, {&aggregate, 1}, rows, {{0, 50e3, 150e3, 400e3}, {}});
  ASSERT_EQ(laws.size(), 1u);
  const Drawn years_drawn = drawn(model, of, aggregate, 100'000);
  const double specific = laws[0].specific_mean_usd, paid = laws[0].aggregate_mean_usd;
  const Sample covariance =
      sample(years_drawn, [&](double s, double a) { return (s - specific) * (a - paid); });
  EXPECT_NEAR(laws[0].covariance_usd2, covariance.mean, 4 * covariance.error);
  EXPECT_GT(laws[0].covariance_usd2, 0);
  for (const double amount : {0.0, 50e3, 150e3, 400e3}) {
    const Sample probability =
        sample(years_drawn, [&](double s, double a) { return s + a > amount ? 1.0 : 0.0; });
    const Sample excess =
        sample(years_drawn, [&](double s, double a) { return std::max(0.0, s + a - amount); });
    EXPECT_NEAR(laws[0].total->at(amount).probability, probability.mean, 4 * probability.error);
    EXPECT_NEAR(laws[0].total->at(amount).excess, excess.mean, 4 * excess.error) << amount;
  }
}

TEST(JointTotal, AgreesWithDrawnYears) { expect_drawn(cover()); }
TEST(JointTotal, AgreesWithDrawnYearsAfterAnAggregatingSpecific) { expect_drawn(cover(75e3)); }

// Of persons alike enough to be multiplied as powers, one after the other and with tables of caps.
TEST(JointTotal, IsTheSameOfPersonsApartAndTogether) {
  LatticeRows rows;
  const YearModel together = years({&law}, 0.2, {persons(0, 1, 40), persons(0, 1.5, 3)});
  YearModel apart = years({&law}, 0.2, {persons(0, 1.5, 3)});
  for (int i = 0; i < 40; ++i) apart.slices[0].persons.push_back(persons(0, 1, 1));
  MomentDemand caps;
  caps.add(together, {deductible, {}});
  const MomentTables moments(caps);
  const CountedCover aggregate{1, 300e3};
  const TotalDemand demand{{0, 200e3}, {0.99}};
  const auto one = joint_total(together, cover(), aggregate, {rows, &moments}, demand);
  const auto other = joint_total(apart, cover(), aggregate, rows, demand);
  EXPECT_NEAR(one->mean_usd() / other->mean_usd(), 1, 1e-5);
  EXPECT_NEAR(one->at(0).probability, other->at(0).probability, 1e-9);
  EXPECT_NEAR(one->at(200e3).excess / other->at(200e3).excess, 1, 1e-5);
  EXPECT_NEAR(one->quantile(0.99) / other->quantile(0.99), 1, 1e-8);
}

TEST(JointTotal, PartsThatOverlapAreRefused) {
  LatticeRows rows;
  JointCover low = cover();
  low.of_members = layer(deductible / 2);
  EXPECT_EQ(joint_total(group(5), low, {1, 1e6}, rows, {{1e5}, {}}), nullptr);
}

}  // namespace
}  // namespace corridor
