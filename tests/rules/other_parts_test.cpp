// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/rules/made_up_rules.hpp"

namespace corridor {
namespace {

using made_up::Cells;
using made_up::inf;
using made_up::nan;
using made_up::option;
using made_up::RuledBook;

const Cells no_lasers{{"laser_rule", "none"}};
const Cells three_times{{"laser_rule", "max_multiple"}, {"laser_multiple", "3"}};

RuledBook lasered(double deductible_usd, double laser_usd) {
  RuledBook book = option(deductible_usd);
  book.laser(laser_usd);
  return book;
}

TEST(NoLasers, IsMetWhereNobodyHasOne) {
  EXPECT_EQ(option(100'000).only(no_lasers).outcome, RuleOutcome::ok);
}

TEST(NoLasers, OneLaserViolates) {
  const RuleFinding finding = lasered(100'000, 350'000).only(no_lasers);
  EXPECT_EQ(finding.outcome, RuleOutcome::violates);
  EXPECT_EQ(finding.part, RulePart::lasers);
  EXPECT_EQ(finding.found, 350'000);
}

TEST(NoLasers, AnExcludedMemberViolatesToo) {
  EXPECT_EQ(lasered(100'000, inf).only(no_lasers).outcome, RuleOutcome::violates);
}

// The engine raises a laser below the quoted deductible to the deductible.
TEST(NoLasers, ALaserUpToTheDeductibleIsNone) {
  EXPECT_EQ(lasered(100'000, 100'000).only(no_lasers).outcome, RuleOutcome::ok);
  EXPECT_EQ(lasered(100'000, 100'001).only(no_lasers).outcome, RuleOutcome::violates);
}

TEST(NoLasers, WithoutASpecificThereIsNothingToLaser) {
  EXPECT_EQ(lasered(inf, inf).only(no_lasers).outcome, RuleOutcome::not_applicable);
}

TEST(LaserMultiple, IsOfThePolicysDeductible) {
  EXPECT_EQ(lasered(100'000, 300'000).only(three_times).outcome, RuleOutcome::ok);
  const RuleFinding above = lasered(100'000, 300'000.01).only(three_times);
  EXPECT_EQ(above.outcome, RuleOutcome::violates);
  EXPECT_EQ(above.required, 300'000);
  EXPECT_EQ(lasered(100'001, 300'000.01).only(three_times).outcome, RuleOutcome::ok);
}

TEST(LaserMultiple, AnExcludedMemberIsAboveEveryMultiple) {
  EXPECT_EQ(lasered(100'000, inf).only(three_times).outcome, RuleOutcome::violates);
}

TEST(Lasers, OfOtherGroupsDoNotCount) {
  RuledBook book = option(100'000);
  book.portfolio.member_offset = {0, 5};  // member 7 is another group's
  book.laser(350'000);
  EXPECT_EQ(book.only(no_lasers).outcome, RuleOutcome::ok);
}

struct CoversCase {
  const char* required;
  RuleOutcome specific_only, aggregate_only, both;
};

class RequiredCovers : public testing::TestWithParam<CoversCase> {};

TEST_P(RequiredCovers, AreThere) {
  const Cells row{{"required_covers", GetParam().required}};
  EXPECT_EQ(option(100'000).only(row).outcome, GetParam().specific_only);
  EXPECT_EQ(option(inf, 1e6).only(row).outcome, GetParam().aggregate_only);
  EXPECT_EQ(option(100'000, 1e6).only(row).outcome, GetParam().both);
}

INSTANTIATE_TEST_SUITE_P(Each, RequiredCovers,
                         testing::Values(CoversCase{"both", RuleOutcome::violates,
                                                    RuleOutcome::violates, RuleOutcome::ok},
                                         CoversCase{"specific", RuleOutcome::ok,
                                                    RuleOutcome::violates, RuleOutcome::ok},
                                         CoversCase{"aggregate", RuleOutcome::violates,
                                                    RuleOutcome::ok, RuleOutcome::ok}));

TEST(Prohibited, EveryCoverViolates) {
  const Cells row{{"prohibited", "1"}};
  EXPECT_EQ(option(1e6).only(row).outcome, RuleOutcome::violates);
  EXPECT_EQ(option(inf, 1e6).only(row).outcome, RuleOutcome::violates);
  EXPECT_EQ(option(1e6).only(row).part, RulePart::sale);
}

TEST(Prohibited, DoesNotApplyToAnOptionWithoutCover) {
  EXPECT_EQ(option(inf).only({{"prohibited", "1"}}).outcome, RuleOutcome::not_applicable);
}

TEST(AggregateShare, MustReachTheLeast) {
  const Cells row{{"aggregate_share_min", "1"}};
  RuledBook book = option(100'000, 1e6);
  EXPECT_EQ(book.only(row).outcome, RuleOutcome::ok);
  book.set("aggregate_reimbursement", 0.9);
  EXPECT_EQ(book.only(row).outcome, RuleOutcome::violates);
  EXPECT_EQ(option(100'000).only(row).outcome, RuleOutcome::not_applicable);
}

TEST(RunOut, MustReachTheLeast) {
  const Cells row{{"run_out_min_months", "12"}};
  RuledBook book = option(100'000, 1e6);
  EXPECT_EQ(book.only(row).outcome, RuleOutcome::ok) << "a book that says nothing has no end";
  book.set("run_out_months", 12);
  EXPECT_EQ(book.only(row).outcome, RuleOutcome::ok);
  book.set("run_out_months", 11);
  EXPECT_EQ(book.only(row).outcome, RuleOutcome::violates);
}

TEST(RunOut, OfACoverThatIsNotSoldDoesNotCount) {
  const Cells row{{"run_out_min_months", "12"}};
  RuledBook book = option(100'000);
  book.set("aggregate_run_out_months", 0);
  EXPECT_EQ(book.only(row).outcome, RuleOutcome::ok);
  book.add_option(100'000, 1e6);
  EXPECT_EQ(book.check(made_up::rule_book({row}))[1].outcome, RuleOutcome::violates);
}

TEST(EveryPart, OfARuleIsAFindingOfItsOwn) {
  RuledBook book = option(10'000, 100'000);
  book.laser(inf);
  const auto found = book.check(made_up::rule_book({{{"specific_usd", "20000"},
                                                     {"aggregate_floor_usd", "200000"},
                                                     {"laser_rule", "none"},
                                                     {"required_covers", "both"}}}));
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[0].outcome, RuleOutcome::ok);
  for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(found[i].outcome, RuleOutcome::violates);
}

}  // namespace
}  // namespace corridor
