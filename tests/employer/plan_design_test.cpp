// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/employer/plan_design.hpp"

#include <gtest/gtest.h>

#include <random>

#include "host/employer/threshold_rows.hpp"
#include "tests/plan/made_up_portfolio.hpp"

namespace corridor {
namespace {

/// Deductible 2,000, then 20% until the member has paid 8,000, at 32,000 of charges.
constexpr PlanDesign design{2'000, 0.2, 8'000, false};

/// What the plan pays of one person's charges, from its words.
double plan_pays(double charges_usd) {
  const double member = std::min(charges_usd, 2'000.0) + 0.2 * std::max(charges_usd - 2'000.0, 0.0);
  return charges_usd - std::min(member, 8'000.0);
}

TEST(PlanDesignThresholds, ReachTheMaximumWhereTheMemberHasPaidIt) {
  const DesignThresholds thresholds = design_thresholds(design);
  EXPECT_EQ(thresholds.deductible, 200'000);
  EXPECT_EQ(thresholds.maximum, 3'200'000);
  EXPECT_EQ(thresholds.out_of_pocket, 800'000);
}

TEST(PlanDesignThresholds, OfADeductibleAloneEndAtIt) {
  const DesignThresholds thresholds = design_thresholds({3'000, 0, 9'000, false});
  EXPECT_EQ(thresholds.maximum, 300'000);
  EXPECT_EQ(thresholds.out_of_pocket, 300'000);
}

TEST(PlanDesignThresholds, OfNothingAreNeutral) {
  EXPECT_TRUE(design_thresholds({0, 0, 0, false}).neutral());
  EXPECT_EQ(raised_deductibles({50'000}, design_thresholds({0, 0, 0, false})),
            std::vector<double>{50'000});
}

// Charges at each corner of the design: 1,500 -> 0; 2,000 -> 0; 12,000 -> 8,000;
// 32,000 -> 24,000; 132,000 -> 124,000, of which 24,000 above a deductible of 100,000.
TEST(MembersShare, OfWorkedCharges) {
  const DesignThresholds at = design_thresholds(design);
  const auto paid = [&](Cents charges) {
    const Cents low = smaller(charges, at.deductible), high = smaller(charges, at.maximum);
    return charges - members_share(low, high, at.coinsurance);
  };
  EXPECT_EQ(paid(150'000), 0);
  EXPECT_EQ(paid(200'000), 0);
  EXPECT_EQ(paid(1'200'000), 800'000);
  EXPECT_EQ(paid(3'200'000), 2'400'000);
  EXPECT_EQ(paid(13'200'000), 12'400'000);
}

TEST(MembersShare, OfAGroupIsThatOfItsPersonsToTheCent) {
  std::mt19937_64 random(5);
  std::lognormal_distribution<double> charges(8, 2);
  const DesignThresholds at = design_thresholds(design);
  Cents total = 0, below_deductible = 0, below_maximum = 0;
  double paid_usd = 0;
  for (int person = 0; person < 3000; ++person) {
    const Cents amount = to_cents(charges(random) * 100);
    total += amount;
    below_deductible += smaller(amount, at.deductible);
    below_maximum += smaller(amount, at.maximum);
    paid_usd += plan_pays(static_cast<double>(amount) / 100);
  }
  const Cents paid = total - members_share(below_deductible, below_maximum, at.coinsurance);
  EXPECT_NEAR(static_cast<double>(paid) / 100, paid_usd, 0.0051);
}

TEST(RaisedDeductibles, StandOnChargesWhereTheyStoodOnPayments) {
  const DesignThresholds at = design_thresholds(design);
  const std::vector<double> raised = raised_deductibles({50'000, HUGE_VAL}, at);
  EXPECT_EQ(raised[0], 58'000);
  EXPECT_TRUE(std::isinf(raised[1]));
  std::mt19937_64 random(6);
  std::lognormal_distribution<double> charges(10, 1.5);
  for (int person = 0; person < 2000; ++person) {
    const double amount = charges(random);
    EXPECT_NEAR(std::max(plan_pays(amount) - 50'000, 0.0), std::max(amount - raised[0], 0.0), 1e-6);
  }
}

TEST(RaisedDeductibles, MustBeOutOfTheMembersReach) {
  const DesignThresholds at = design_thresholds(design);
  EXPECT_EQ(raised_deductibles({24'000}, at), std::vector<double>{32'000});
  EXPECT_THROW(raised_deductibles({23'999}, at), Error);
}

TEST(RaiseContract, RaisesDeductibleLasersAndTotalLimits) {
  Portfolio book = made_up::portfolio({3});
  made_up::add_group_column(book, "specific_deductible_usd", {50'000});
  made_up::add_group_column(book, "specific_limit_usd", {500'000});
  made_up::add_group_column(book, "specific_limit_basis", {2});
  made_up::add_member_column(book, "laser_usd", {NAN, 150'000, HUGE_VAL});
  raise_contract(book, design_thresholds(design));
  EXPECT_EQ(book.groups.number("specific_deductible_usd", 0, 0), 58'000);
  EXPECT_EQ(book.groups.number("specific_limit_usd", 0, 0), 508'000);
  EXPECT_TRUE(std::isnan(book.members.number("laser_usd", 0, 0)));
  EXPECT_EQ(book.members.number("laser_usd", 1, 0), 158'000);
  EXPECT_TRUE(std::isinf(book.members.number("laser_usd", 2, 0)));
}

TEST(RaiseContract, LeavesALimitOnPaymentsAndRefusesFamilies) {
  Portfolio book = made_up::portfolio({3});
  made_up::add_group_column(book, "specific_limit_usd", {500'000});
  raise_contract(book, design_thresholds(design));
  EXPECT_EQ(book.groups.number("specific_limit_usd", 0, 0), 500'000);
  made_up::add_group_column(book, "specific_family_deductible_usd", {90'000});
  EXPECT_THROW(raise_contract(book, design_thresholds(design)), Error);
}

TEST(MeasuredThresholds, HaveTheDesignAndEveryDeductibleWithItsNextCent) {
  const std::vector<double> usd =
      measured_thresholds(design_thresholds(design), {5'800'000, unlimited});
  EXPECT_EQ(usd, (std::vector<double>{2'000, 32'000, 58'000, 58'000.01}));
}

TEST(HsaCheck, HoldsA2026PlanToItsLimits) {
  EXPECT_NO_THROW(check_hsa({1'700, 0.2, 8'500, true}, 2026, "plan.toml"));
  EXPECT_THROW(check_hsa({1'699, 0.2, 8'500, true}, 2026, "plan.toml"), Error);
  EXPECT_THROW(check_hsa({1'700, 0.2, 8'501, true}, 2026, "plan.toml"), Error);
  EXPECT_NO_THROW(check_hsa({500, 0.2, 9'000, false}, 2026, "plan.toml"));
}

TEST(HsaCheck, DoesNotPassAYearWithoutLimits) {
  EXPECT_THROW(check_hsa({5'000, 0, 5'000, true}, 2031, "plan.toml"), Error);
}

}  // namespace
}  // namespace corridor
