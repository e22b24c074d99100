// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/exact/joint/oracle_joint.hpp"
#include "tests/exact/lattice/made_group.hpp"
#include "tests/exact/made_table.hpp"

namespace corridor {
namespace {

using oracle::AlikeGroup;

constexpr double deductible = 50e3;
const made::Table table = made::table_of(made::lognormal(7000, 4, 0.15));
const TableLaw law(table.data());
const made::Table quiet_table = made::table_of(made::lognormal(20e3, 3, 0.9));
const TableLaw quiet_law(quiet_table.data());

/// No level at which a single claim of a size that the table leaves out would decide.
const std::vector<double> amounts_usd{50e3, 200e3, 600e3};
const TotalDemand demand{{0, 50e3, 200e3, 600e3}, {0.9, 0.98, 0.999}};

JointLaw joint_law(const AlikeGroup& group) {
  AlikePersons persons = made::persons(0, 1, group.persons);
  persons.maximum_usd = group.maximum_usd;
  LatticeRows rows;
  const JointCover cover{made::layer(group.deductible_usd), {}, {group.deductible_usd, {}},
                         group.retained_usd};
  auto laws = joint_laws(made::years({group.law}, group.effect_cv, {persons}), cover,
                         {&group.aggregate, 1}, rows, demand);
  return std::move(laws.at(0));
}

AlikeGroup group_of(int persons, double effect_cv = 0, double retained_usd = 0) {
  return {&law,         persons, 2e6, effect_cv, deductible,
          retained_usd, {1, 5e3 + 6e3 * persons}};
}

// What one person's specific and aggregate pay is what the claims exceed the attachment by.
TEST(JointLawOfOneLife, IsThatOfTheExcessOverTheAttachment) {
  const AlikeGroup group = group_of(1);
  const JointLaw joint = joint_law(group);
  const double attachment = group.aggregate.attachment_usd;
  const auto excess = [&](double t) { return law.excess(attachment + t) - law.excess(2e6); };
  EXPECT_NEAR(joint.total->mean_usd() / excess(0), 1, 1e-8);
  for (const double amount : amounts_usd) {
    const TailAt tail = joint.total->at(amount);
    EXPECT_NEAR(tail.excess / excess(amount), 1, 3e-6) << amount;
    EXPECT_NEAR(tail.probability, law.survival(attachment + amount), 5e-6) << amount;
  }
  EXPECT_NEAR(joint.total->at(0).probability, law.survival(attachment), 5e-6);
  const double square = law.excess_squared(attachment) - law.excess_squared(2e6) -
                        2 * (2e6 - attachment) * law.excess(2e6);
  EXPECT_NEAR(joint.total->sd_usd() / std::sqrt(square - excess(0) * excess(0)), 1, 1e-6);
  EXPECT_NEAR(joint.total->quantile(0.999) / (law.quantile(0.001) - attachment), 1, 2e-5);
}

/// P(X + Y <= attachment), of two persons.
double both_below(const TableLaw& of, double attachment) {
  constexpr int parts = 200;
  double sum = 0;
  for (int i = 0; i < of.piece_count(); ++i) {
    const TableLaw::Piece& piece = of.piece(i);
    for (int j = 0; j < parts; ++j) {
      const double x = piece.top + (piece.bottom - piece.top) * (j + 0.5) / parts;
      if (x <= attachment) sum += piece.width / parts * (1 - of.survival(attachment - x));
    }
  }
  return sum;
}

TEST(JointLawOfTwoLives, PaysNothingAsOftenAsTheirClaimsStayBelowTheAttachment) {
  for (const TableLaw* of : {&law, &quiet_law}) {
    AlikeGroup group = group_of(2);
    group.law = of;
    EXPECT_NEAR(joint_law(group).total->at(0).probability,
                1 - both_below(*of, group.aggregate.attachment_usd), 5e-6);
  }
}

/// Against the lattices; what the law says of its own errors covers the differences.
void expect_oracle(const AlikeGroup& group) {
  SCOPED_TRACE(std::to_string(group.persons) + " persons, CV " + std::to_string(group.effect_cv) +
               ", retained " + std::to_string(group.retained_usd));
  const JointLaw joint = joint_law(group);
  const oracle::OracleJoint oracle(group, 500, 1u << 15);
  EXPECT_NEAR(joint.total->mean_usd() / oracle.mean(), 1, 1e-5);
  EXPECT_NEAR(joint.covariance_usd2 / oracle.covariance(), 1, 1e-5);
  // Of one or two claims the lattices' slopes meet the jumps of the tables' densities.
  const bool smooth = group.persons > 2 && group.law == &law;
  EXPECT_NEAR(joint.total->at(0).probability, 1 - oracle.none(), smooth ? 5e-6 : 5e-5);
  for (const double amount : amounts_usd) {
    const TailAt tail = joint.total->at(amount), exact = oracle.at(amount);
    const TailAt error = joint.total->error_at(amount);
    EXPECT_NEAR(tail.excess / exact.excess, 1, 1e-5) << amount;
    EXPECT_NEAR(tail.excess, exact.excess, 3 * error.excess + 1e-6 * exact.excess) << amount;
    EXPECT_NEAR(tail.probability, exact.probability, 1e-5) << amount;
  }
  for (const double level : demand.levels) {
    const double amount = joint.total->quantile(level);
    if (amount < 20e3) continue;  // the lattices' percentiles need some steps around them
    EXPECT_NEAR(amount / oracle.quantile(level), 1, 2e-4) << level;
  }
}

TEST(JointLawOfFewLives, AgreesWithLattices) {
  for (const int persons : {2, 5, 10}) expect_oracle(group_of(persons));
  expect_oracle(group_of(25));
}

TEST(JointLawOfFewLives, AgreesWithLatticesAfterAnAggregatingSpecific) {
  for (const int persons : {2, 10}) expect_oracle(group_of(persons, 0, 50e3));
}

TEST(JointLawOfFewLives, AgreesWithLatticesOverAnEffect) { expect_oracle(group_of(3, 0.2)); }

TEST(JointLawOfFewLives, AgreesWithLatticesUnderALimitAndAShare) {
  AlikeGroup group = group_of(4);
  group.aggregate.share = 0.5;
  group.aggregate.limit_usd = 20e3;
  expect_oracle(group);
}

// Two years in three have no claims at all.
TEST(JointLawOfFewLives, AgreesWithLatticesWhereMostYearsHaveNoClaims) {
  AlikeGroup group = group_of(4);
  group.law = &quiet_law;
  expect_oracle(group);
}

TEST(JointLawOfFewLives, LooksUntilItsErrorsAreSmall) {
  const JointLaw joint = joint_law(group_of(25));
  for (const double level : demand.levels) {
    const double amount = joint.total->quantile(level);
    EXPECT_LT(joint.total->quantile_error(level), 2e-5 * amount) << level;
  }
}

}  // namespace
}  // namespace corridor
