// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
//
// A pandemic moves the claim frequency of every member of every group in the same years. Here it
// is simulated and held against closed forms of the two kinds of years.
#include <gtest/gtest.h>

#include "host/exact/exact_means.hpp"
#include "host/exact/totals/law_store.hpp"
#include "kernels/cpu/backend.hpp"
#include "kernels/lane/effect.hpp"
#include "tests/exact/made_book.hpp"

namespace corridor {
namespace {

constexpr double q = 0.05, times = 1.6;
constexpr std::uint32_t years = 1 << 18;
constexpr std::uint64_t seed = 11;

std::vector<made::Table> laws() {
  return {made::table_of(made::atoms({0, 900, 8000}, {.1, .6, .3})),
          made::table_of(made::lognormal(5000, 1.5, 0.5))};
}

made::Group like_group(EffectModel effect) {
  made::Group group;
  group.members.assign(12, made::member(1));
  group.members.insert(group.members.end(), 8, made::member(0.8, 1, 0.75));
  group.thresholds = {made::usd(6e3)};
  group.rows = {made::plain_row(0)};
  group.effect = effect;
  return group;
}

/// Two groups alike but for their draws.
Book two_groups(EffectModel effect) {
  made::BookMaker maker(laws());
  maker.add(like_group(effect));
  maker.add(like_group(effect));
  return maker.book();
}

EffectModel pandemic(double probability, double frequency) {
  return {0, 0, 0.7, 0, probability, frequency};
}

/// Mean and variance of a group's claims in a year of one frequency; people are independent then.
struct YearMoments {
  double mean = 0, variance = 0;
};

YearMoments moments_at(double frequency) {
  YearMoments sum;
  const std::vector<made::Table> tables = laws();
  for (const Member& member : like_group({}).members) {
    const TableLaw law(tables[member.table].data());
    const double weight = frequency / static_cast<double>(member.inverse_exposure);
    // What is left of the law where a weight above 1 asks for more claims than people have.
    const TableLaw kept = weight > 1 ? cut_law(EligibleLaw(law), weight) : law;
    const double of = std::min(weight, 1.0), scale = static_cast<double>(member.scale);
    const double mean = of * scale * (weight > 1 ? law.thinned_mean(weight) : law.mean());
    sum.mean += mean;
    sum.variance += of * scale * scale * kept.excess_squared(0) - mean * mean;
  }
  return sum;
}

/// Claims from the ground up, dollars [year].
std::vector<double> simulated(const Book& book, std::size_t job, const char* set = "") {
  const auto backend = cpu::make_backend({2, set, 0}, book.table_set(), {});
  const GroupView& group = book.jobs[job].group;
  std::vector<Cents> sums(std::size_t{sums_columns(group)} * years);
  backend->simulate(group, seed, 0, years, {sums.data(), years});
  std::vector<double> usd;
  for (std::uint32_t y = 0; y < years; ++y) usd.push_back(static_cast<double>(sums[y]) / 100);
  return usd;
}

/// Mean of figure(year) with its standard error.
template <class Figure>
void expect_mean(const Figure& figure, double exact, const char* what) {
  double sum = 0, squares = 0;
  for (std::uint32_t y = 0; y < years; ++y) {
    sum += figure(y);
    squares += figure(y) * figure(y);
  }
  const double mean = sum / years, error = std::sqrt((squares / years - mean * mean) / years);
  EXPECT_LE(std::abs(mean - exact), 4 * error) << what << ": " << mean << " for " << exact;
}

TEST(Pandemic, ComesToAllGroupsInTheSameYearsAsOftenAsStated) {
  const Book book = two_groups(pandemic(q, times));
  const Philox draw{round_keys(seed)};
  std::uint32_t together = 0, apart = 0;
  for (std::uint32_t y = 0; y < years; ++y) {
    const float one = year_effect(book.jobs[0].group, y, draw).inverse_frequency;
    const float other = year_effect(book.jobs[1].group, y, draw).inverse_frequency;
    together += one == static_cast<float>(1 / times);
    apart += one != other;
  }
  EXPECT_EQ(apart, 0u);
  EXPECT_LE(std::abs(together / double{years} - q), 4 * std::sqrt(q * (1 - q) / years));
}

TEST(Pandemic, RaisesExpectedClaimsByWhatItsYearsCost) {
  for (const auto& [probability, frequency] :
       {std::pair{q, times}, {0.3, 0.5}, {1.0, 1.2}, {0.02, 5.0}}) {
    const double usual = moments_at(1).mean, shocked = moments_at(frequency).mean;
    const double exact = (1 - probability) * usual + probability * shocked;
    EXPECT_NEAR(exact_means(two_groups(pandemic(probability, frequency))).ground_up_usd[1], exact,
                1e-9 * exact);
  }
}

// The variance of one group, its mean and what two groups have in common:
// Var = E Var(S | state) + Var E(S | state), Cov = Var E(S | state).
TEST(Pandemic, MakesGroupsVaryTogetherByTheVarianceOfTheirConditionalMeans) {
  const Book book = two_groups(pandemic(q, times));
  const std::vector<double> one = simulated(book, 0), other = simulated(book, 1);
  const YearMoments usual = moments_at(1), shocked = moments_at(times);
  const double mean = (1 - q) * usual.mean + q * shocked.mean;
  const double common = q * (1 - q) * std::pow(shocked.mean - usual.mean, 2);
  const double own = (1 - q) * usual.variance + q * shocked.variance;
  EXPECT_GT(common, 0.02 * own);
  expect_mean([&](std::uint32_t y) { return one[y]; }, mean, "mean");
  expect_mean([&](std::uint32_t y) { return (one[y] - mean) * (other[y] - mean); }, common,
              "covariance");
  expect_mean([&](std::uint32_t y) { return std::pow(one[y] + other[y] - 2 * mean, 2); },
              2 * own + 4 * common, "variance of the sum");
}

TEST(Pandemic, LeavesGroupsIndependentWhereEveryYearHasOne) {
  const Book book = two_groups(pandemic(1, times));
  const std::vector<double> one = simulated(book, 0), other = simulated(book, 1);
  const double mean = moments_at(times).mean;
  expect_mean([&](std::uint32_t y) { return (one[y] - mean) * (other[y] - mean); }, 0,
              "covariance");
}

TEST(Pandemic, IsTheSameBitsOnEveryInstructionSet) {
  const Book book = two_groups({0.03, 0.2, 0.7, 0.5, q, times});
  const std::vector<double> scalar = simulated(book, 0, "scalar");
  for (const std::string& set : cpu::instruction_sets()) {
    EXPECT_EQ(simulated(book, 0, set.c_str()), scalar) << set;
  }
}

// Only the group's own effect is taken back.
TEST(Pandemic, IsNotRecentred) {
  Book plain = two_groups({0, 0.3, 0.7, 0.5});
  Book shocked = two_groups({0, 0.3, 0.7, 0.5, q, times});
  recentre(plain);
  recentre(shocked);
  EXPECT_EQ(shocked.jobs[0].group.base_effect, plain.jobs[0].group.base_effect);
  const double more = exact_means(shocked).ground_up_usd[0] / exact_means(plain).ground_up_usd[0];
  EXPECT_GT(more, 1 + 0.8 * q * (times - 1) * 0.5);
  EXPECT_LT(more, 1 + q * (times - 1));
}

}  // namespace
}  // namespace corridor
