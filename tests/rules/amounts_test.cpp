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

RuleOutcome specific_at(double deductible_usd, const Cells& row) {
  return option(deductible_usd).only(row).outcome;
}
RuleFinding aggregate_at(double attachment_usd, const Cells& row) {
  return option(50'000, attachment_usd).only(row);
}

TEST(SpecificMinimum, IsMetAtTheAmountAndNotACentBelow) {
  const Cells row{{"specific_usd", "20000"}};
  EXPECT_EQ(specific_at(20'000, row), RuleOutcome::ok);
  EXPECT_EQ(specific_at(20'000.01, row), RuleOutcome::ok);
  EXPECT_EQ(specific_at(19'999.99, row), RuleOutcome::violates);
}

TEST(SpecificMinimum, SaysWhatWasFoundAndRequired) {
  const RuleFinding finding = option(15'000).only({{"specific_usd", "20000"}});
  EXPECT_EQ(finding.part, RulePart::specific);
  EXPECT_EQ(finding.reason, RuleReason::not_met);
  EXPECT_EQ(finding.required, 20'000);
  EXPECT_EQ(finding.found, 15'000);
}

TEST(SpecificMinimum, DoesNotApplyWithoutASpecificCover) {
  const RuleFinding finding = option(inf, 900'000).only({{"specific_usd", "20000"}});
  EXPECT_EQ(finding.outcome, RuleOutcome::not_applicable);
  EXPECT_EQ(finding.reason, RuleReason::no_such_cover);
}

TEST(SpecificMinimum, AShareOfExpectedClaimsStopsAtItsCap) {
  const Cells uncapped{{"specific_of_expected", "0.05"}, {"expected_basis", "gross"}};
  EXPECT_EQ(specific_at(50'000, uncapped), RuleOutcome::ok);
  EXPECT_EQ(specific_at(49'999.99, uncapped), RuleOutcome::violates);
  Cells capped = uncapped;
  capped["specific_cap_usd"] = "30000";
  EXPECT_EQ(specific_at(30'000, capped), RuleOutcome::ok);
  EXPECT_EQ(specific_at(29'999.99, capped), RuleOutcome::violates);
}

TEST(AggregateMinimum, IsMetAtTheMultipleOfExpectedClaims) {
  const Cells row{{"aggregate_of_expected", "1.20"}, {"expected_basis", "net"}};
  EXPECT_EQ(aggregate_at(960'000, row).outcome, RuleOutcome::ok);
  EXPECT_EQ(aggregate_at(959'999.99, row).outcome, RuleOutcome::violates);
}

// A corridor of 1.2 times 800,000.004 is 960,000.0048, and its attachment the whole cent below.
TEST(AggregateMinimum, AnAttachmentRoundedToTheCentMeetsItsOwnCorridor) {
  RuledBook book;
  book.add_option(50'000, 960'000, 800'000.004);
  const Cells row{{"aggregate_of_expected", "1.20"}, {"expected_basis", "net"}};
  EXPECT_EQ(book.only(row).outcome, RuleOutcome::ok);
}

struct GreatestCase {
  const char* what;
  const char *of_expected, *per_person, *floor;
  double required;
};

class AggregateGreatestOf : public testing::TestWithParam<GreatestCase> {};

TEST_P(AggregateGreatestOf, TheThree) {
  const Cells row{{"aggregate_of_expected", GetParam().of_expected},
                  {"aggregate_per_person_usd", GetParam().per_person},
                  {"per", "member"},
                  {"aggregate_floor_usd", GetParam().floor},
                  {"expected_basis", "net"}};
  const RuleFinding at = aggregate_at(GetParam().required, row);
  EXPECT_EQ(at.outcome, RuleOutcome::ok) << GetParam().what;
  EXPECT_EQ(at.required, GetParam().required);
  EXPECT_EQ(aggregate_at(GetParam().required - 0.01, row).outcome, RuleOutcome::violates);
}

INSTANTIATE_TEST_SUITE_P(
    Each, AggregateGreatestOf,
    testing::Values(GreatestCase{"expected claims", "1.25", "4000", "20000", 1'000'000},
                    GreatestCase{"members", "1.25", "12000", "20000", 1'200'000},
                    GreatestCase{"floor", "1.25", "4000", "1500000", 1'500'000}));

TEST(AggregateMinimum, ByEmployeesCountsTheEnrolled) {
  const Cells row{{"aggregate_per_person_usd", "2000"}, {"per", "employee"}};
  RuledBook book = option(50'000, 80'000);
  const RuleFinding without = book.only(row);
  EXPECT_EQ(without.outcome, RuleOutcome::unknown);
  EXPECT_EQ(without.reason, RuleReason::employees_not_known);
  book.enrol(40);
  EXPECT_EQ(book.only(row).outcome, RuleOutcome::ok);
  book.enrol(41);
  EXPECT_EQ(book.only(row).outcome, RuleOutcome::violates);
}

TEST(AggregateMinimum, DoesNotApplyWithoutAnAggregate) {
  EXPECT_EQ(option(50'000).only({{"aggregate_of_expected", "1.2"}}).outcome,
            RuleOutcome::not_applicable);
}

// Expected claims are 1,000,000 gross and 800,000 net: 1.20 of them 1,200,000 and 960,000.
TEST(ExpectedBasis, WhereNotCitedBothReadingsMustBeMet) {
  const Cells row{{"aggregate_of_expected", "1.20"}};
  EXPECT_EQ(aggregate_at(1'200'000, row).outcome, RuleOutcome::ok);
  EXPECT_EQ(aggregate_at(959'999, row).outcome, RuleOutcome::violates);
  const RuleFinding between = aggregate_at(1'199'999, row);
  EXPECT_EQ(between.outcome, RuleOutcome::unknown);
  EXPECT_EQ(between.reason, RuleReason::met_net_only);
  EXPECT_EQ(between.required, 1'200'000);
}

TEST(ExpectedBasis, CitedItDecides) {
  Cells row{{"aggregate_of_expected", "1.20"}, {"expected_basis", "gross"}};
  EXPECT_EQ(aggregate_at(1'199'999, row).outcome, RuleOutcome::violates);
  row["expected_basis"] = "net";
  EXPECT_EQ(aggregate_at(1'199'999, row).outcome, RuleOutcome::ok);
}

TEST(ExpectedBasis, WithoutAClosedFormTheOutcomeIsUnknown) {
  RuledBook book;
  book.add_option(50'000, 2'000'000, nan);
  const RuleFinding finding = book.only({{"aggregate_of_expected", "1.20"}});
  EXPECT_EQ(finding.outcome, RuleOutcome::unknown);
  EXPECT_EQ(finding.reason, RuleReason::expected_not_known);
  // An amount alone needs no expected claims.
  EXPECT_EQ(book.only({{"aggregate_floor_usd", "20000"}}).outcome, RuleOutcome::ok);
}

TEST(Maximum, IsMetAtTheAmountAndNotACentAbove) {
  const Cells row{
      {"direction", "max"}, {"specific_of_expected", "0.04"}, {"expected_basis", "gross"}};
  EXPECT_EQ(specific_at(40'000, row), RuleOutcome::ok);
  EXPECT_EQ(specific_at(39'999, row), RuleOutcome::ok);
  EXPECT_EQ(specific_at(40'000.01, row), RuleOutcome::violates);
}

TEST(Maximum, WhereNotCitedTheLowerReadingDecides) {
  const Cells row{{"direction", "max"}, {"aggregate_of_expected", "1.25"}};
  EXPECT_EQ(aggregate_at(1'000'000, row).outcome, RuleOutcome::ok);
  EXPECT_EQ(aggregate_at(1'250'001, row).outcome, RuleOutcome::violates);
  const RuleFinding between = aggregate_at(1'250'000, row);
  EXPECT_EQ(between.outcome, RuleOutcome::unknown);
  EXPECT_EQ(between.reason, RuleReason::met_gross_only);
  EXPECT_EQ(between.required, 1'000'000);
}

TEST(Stale, AmountsAreFailedButNeverPassed) {
  const Cells row{{"specific_usd", "20000"}, {"status", "stale"}};
  EXPECT_EQ(specific_at(20'000, row), RuleOutcome::stale);
  EXPECT_EQ(specific_at(1'000'000, row), RuleOutcome::stale);
  EXPECT_EQ(specific_at(19'999, row), RuleOutcome::violates);
}

TEST(Advisory, IsComparedLikeABindingRule) {
  const Cells row{{"specific_usd", "20000"}, {"status", "advisory"}};
  EXPECT_EQ(specific_at(20'000, row), RuleOutcome::ok);
  EXPECT_EQ(specific_at(19'999, row), RuleOutcome::violates);
}

// Over a ladder of amounts, for rules of several kinds: once met, met for all that is higher.
TEST(Minimums, AHigherDeductibleOrAttachmentNeverTurnsOkIntoViolates) {
  const std::vector<Cells> rows{
      {{"specific_usd", "31337"}},
      {{"specific_of_expected", "0.05"}, {"specific_cap_usd", "45000"}},
      {{"specific_of_expected", "0.05"}, {"expected_basis", "net"}},
      {{"aggregate_of_expected", "1.1"}},
      {{"aggregate_of_expected", "0.9"}, {"aggregate_floor_usd", "940000"}},
      {{"aggregate_per_person_usd", "9000"}, {"per", "member"}, {"aggregate_of_expected", "1.2"}}};
  for (const Cells& row : rows) {
    RuledBook deductibles, attachments;
    for (double usd = 1'000; usd <= 2'000'000; usd *= 1.07) {
      deductibles.add_option(usd, 3'000'000);
      attachments.add_option(1'000'000, usd);
    }
    for (const RuledBook& book : {deductibles, attachments}) {
      RuleOutcome before = RuleOutcome::violates;
      for (const RuleFinding& finding : book.check(made_up::rule_book({row}))) {
        EXPECT_LE(finding.outcome, before) << "option " << finding.quote;
        before = finding.outcome;
      }
      EXPECT_EQ(before, RuleOutcome::ok);
    }
  }
}

}  // namespace
}  // namespace corridor
