// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/rules/made_up_rules.hpp"

namespace corridor {
namespace {

using made_up::inf;
using made_up::nan;
using made_up::option;
using made_up::RuledBook;

// The rows as they stand in data/rules/state_rules.csv: these tests name the figure each citation
// states, so that a slip in the file is seen.

TEST(BuiltInRules, EveryRowHasACitationASourceADateAndASentence) {
  ASSERT_FALSE(built_in_rules().rules.empty());
  for (const Rule& rule : built_in_rules().rules) {
    EXPECT_FALSE(rule.citation.empty()) << rule.line;
    EXPECT_FALSE(rule.source.empty()) << rule.line;
    EXPECT_FALSE(rule.recorded_on.empty()) << rule.line;
    EXPECT_TRUE(rule.text.ends_with(".")) << rule.line;
  }
}

TEST(BuiltInRules, NoneClaimsToBeVerified) {
  for (const Rule& rule : built_in_rules().rules) EXPECT_EQ(rule.verified_on, "") << rule.line;
}

TEST(BuiltInRules, CoverTheStatesThatAreRecorded) {
  std::set<std::string> states;
  for (const Rule& rule : built_in_rules().rules) states.insert(rule.state);
  const std::set<std::string> recorded{"AK", "AR", "CA", "CO",   "CT", "DE", "FL",
                                       "KS", "MD", "MN", "NAIC", "NC", "NH", "NJ",
                                       "NV", "NY", "RI", "UT",   "VT", "WA"};
  EXPECT_EQ(states, recorded);
}

TEST(BuiltInRules, TheModelActIsAReferenceAndNothingElseIs) {
  for (const Rule& rule : built_in_rules().rules) {
    EXPECT_EQ(rule.status == RuleStatus::reference, rule.state == "NAIC") << rule.line;
  }
}

/// A group with every size known, in a state and a policy month, with one option.
RuledBook book_in(const std::string& state, double employees, double deductible_usd,
                  double attachment_usd = nan, const std::string& month = "2026-07") {
  RuledBook book = option(deductible_usd, attachment_usd);
  book.set_text("state", state);
  book.set_text("effective", month);
  book.set("eligible_employees", employees);
  book.set("full_time_employees", employees);
  book.set("prior_year_employees", employees);
  book.enrol(employees);
  return book;
}

RuleOutcome worst(const RuledBook& book) {
  RuleOutcome outcome = RuleOutcome::not_applicable;
  for (const RuleFinding& finding : book.check(built_in_rules())) {
    outcome = std::max(outcome, finding.outcome);
  }
  return outcome;
}

struct LeastDeductible {
  const char* state;
  double employees, least_usd;
  const char* month = "2026-07";
};
void PrintTo(const LeastDeductible& row, std::ostream* out) {
  *out << row.state << ", " << row.employees << " employees, " << row.month;
}

class RecordedLeastDeductible : public testing::TestWithParam<LeastDeductible> {};

TEST_P(RecordedLeastDeductible, IsMetAtTheAmountAndNotACentBelow) {
  const auto& [state, employees, least_usd, month] = GetParam();
  const double attachment = std::string(state) == "UT" ? 1e9 : nan;  // asks for both covers
  const RuleOutcome at = worst(book_in(state, employees, least_usd, attachment, month));
  EXPECT_TRUE(at == RuleOutcome::ok || at == RuleOutcome::stale);
  EXPECT_EQ(worst(book_in(state, employees, least_usd - 0.01, attachment, month)),
            RuleOutcome::violates);
}

INSTANTIATE_TEST_SUITE_P(
    Each, RecordedLeastDeductible,
    testing::Values(LeastDeductible{"AK", 30, 10'000}, LeastDeductible{"AK", 500, 10'000},
                    LeastDeductible{"AR", 50, 20'000}, LeastDeductible{"AR", 51, 20'000},
                    LeastDeductible{"CA", 100, 40'000},
                    LeastDeductible{"CA", 100, 35'000, "2015-12"},
                    LeastDeductible{"CO", 50, 20'000}, LeastDeductible{"CO", 51, 15'000},
                    LeastDeductible{"CT", 50, 20'000}, LeastDeductible{"CT", 500, 20'000},
                    LeastDeductible{"FL", 50, 20'000}, LeastDeductible{"KS", 50, 10'000},
                    LeastDeductible{"MD", 50, 22'500}, LeastDeductible{"MD", 50, 10'000, "2015-05"},
                    LeastDeductible{"MN", 500, 20'000}, LeastDeductible{"NC", 50, 20'000},
                    LeastDeductible{"NH", 500, 27'500, "2020-12"},
                    LeastDeductible{"NH", 500, 27'500}, LeastDeductible{"NJ", 50, 20'000},
                    LeastDeductible{"NJ", 51, 20'000}, LeastDeductible{"RI", 500, 20'000},
                    LeastDeductible{"UT", 50, 25'000},
                    LeastDeductible{"UT", 50, 10'000, "2025-06"}));

struct LeastAttachment {
  const char* state;
  double employees, least_usd;
  const char* month = "2026-07";
};
void PrintTo(const LeastAttachment& row, std::ostream* out) {
  *out << row.state << ", " << row.employees << " employees, " << row.month;
}

class RecordedLeastAttachment : public testing::TestWithParam<LeastAttachment> {};

// 100 members, expected claims of 1,000,000 gross. The amounts below meet both readings.
TEST_P(RecordedLeastAttachment, IsMetAtTheAmountAndNotACentBelow) {
  const auto& [state, employees, least_usd, month] = GetParam();
  const RuleOutcome at = worst(book_in(state, employees, 1e6, least_usd, month));
  EXPECT_TRUE(at == RuleOutcome::ok || at == RuleOutcome::stale);
  const RuleOutcome below = worst(book_in(state, employees, 1e6, least_usd - 0.01, month));
  EXPECT_TRUE(below == RuleOutcome::violates || below == RuleOutcome::unknown);
}

INSTANTIATE_TEST_SUITE_P(
    Each, RecordedLeastAttachment,
    testing::Values(LeastAttachment{"AK", 30, 1.20e6}, LeastAttachment{"AK", 51, 1.10e6},
                    LeastAttachment{"AR", 50, 1.20e6}, LeastAttachment{"AR", 51, 1.10e6},
                    LeastAttachment{"CA", 100, 1.20e6}, LeastAttachment{"CO", 50, 1.20e6},
                    LeastAttachment{"CO", 500, 1.20e6}, LeastAttachment{"CT", 50, 1.20e6},
                    LeastAttachment{"CT", 51, 1.10e6}, LeastAttachment{"FL", 50, 1.20e6},
                    LeastAttachment{"FL", 51, 1.10e6}, LeastAttachment{"KS", 50, 1.20e6},
                    LeastAttachment{"MD", 50, 1.20e6}, LeastAttachment{"MD", 50, 1.15e6, "2015-05"},
                    LeastAttachment{"MN", 50, 1.10e6}, LeastAttachment{"MN", 50, 1.20e6, "2017-05"},
                    LeastAttachment{"NC", 50, 1.20e6}, LeastAttachment{"NH", 51, 1.10e6, "2020-12"},
                    LeastAttachment{"NJ", 50, 1.25e6}, LeastAttachment{"NJ", 51, 1.10e6},
                    LeastAttachment{"RI", 500, 1.20e6}, LeastAttachment{"UT", 50, 0.90e6},
                    LeastAttachment{"UT", 50, 0.85e6, "2025-06"},
                    LeastAttachment{"WA", 500, 1.20e6}));

struct PerPerson {
  const char* state;
  double employees, per_person_usd, persons;
  const char* month = "2026-07";
};

// With next to no expected claims the amount a person decides.
TEST(BuiltInRules, AmountsAPersonCountMembersOrEmployees) {
  for (const PerPerson& row :
       {PerPerson{"AK", 30, 4'000, 100}, PerPerson{"AR", 30, 4'000, 100, "2021-07"},
        PerPerson{"CA", 30, 5'000, 100}, PerPerson{"CT", 30, 4'000, 100},
        PerPerson{"FL", 30, 2'000, 30}, PerPerson{"MN", 30, 4'000, 100, "2017-05"}}) {
    const double least = row.per_person_usd * row.persons;
    for (const double attachment : {least, least - 1}) {
      RuledBook book = book_in(row.state, row.employees, 1e6, attachment, row.month);
      book.plan.exact.ground_up_usd = {1};
      book.plan.exact.rows[0][0].retained_usd = 1;
      EXPECT_EQ(worst(book), attachment < least ? RuleOutcome::violates : RuleOutcome::ok)
          << row.state << " " << attachment;
    }
  }
}

TEST(BuiltInRules, DelawareSellsToNobodyOfFifteenOrFewer) {
  EXPECT_EQ(worst(book_in("DE", 15, 1e6)), RuleOutcome::violates);
  EXPECT_EQ(worst(book_in("DE", 16, 1e6)), RuleOutcome::not_applicable);
}

TEST(BuiltInRules, NewYorkSellsToNobodyOfAHundredOrFewer) {
  EXPECT_EQ(worst(book_in("NY", 50, 1e6)), RuleOutcome::violates);
  EXPECT_EQ(worst(book_in("NY", 51, 1e6)), RuleOutcome::violates);
  EXPECT_EQ(worst(book_in("NY", 100, 1e6)), RuleOutcome::violates);
  EXPECT_EQ(worst(book_in("NY", 101, 1e6)), RuleOutcome::not_applicable);
  EXPECT_EQ(worst(book_in("NY", 75, 1e6, nan, "2018-07")), RuleOutcome::unknown);
}

// Its limits for municipal cooperatives are maximums: an ordinary policy far above them is not
// compared with them.
TEST(BuiltInRules, NewYorksMaximumsAreForMunicipalCooperatives) {
  const RuledBook book = book_in("NY", 500, 1e6, 2e6);
  bool seen = false;
  for (const RuleFinding& finding : book.check(built_in_rules())) {
    if (finding.rule == no_rule || !built_in_rules().rules[finding.rule].is_maximum) continue;
    seen = true;
    EXPECT_EQ(finding.outcome, RuleOutcome::not_applicable);
    EXPECT_EQ(finding.reason, RuleReason::other_addressee);
  }
  EXPECT_TRUE(seen);
}

TEST(BuiltInRules, UtahAsksForBothCoversNoLasersTwelveMonthsAndTenEnrolled) {
  EXPECT_EQ(worst(book_in("UT", 50, 1e6, 1e9)), RuleOutcome::ok);
  EXPECT_EQ(worst(book_in("UT", 50, 1e6)), RuleOutcome::violates);
  EXPECT_EQ(worst(book_in("UT", 50, inf, 1e9)), RuleOutcome::violates);
  EXPECT_EQ(worst(book_in("UT", 9, 1e6, 1e9)), RuleOutcome::violates);
  EXPECT_EQ(worst(book_in("UT", 10, 1e6, 1e9)), RuleOutcome::ok);
  EXPECT_EQ(worst(book_in("UT", 9, 1e6, 1e9, "2025-06")), RuleOutcome::ok);
  RuledBook lasered = book_in("UT", 50, 1e6, 1e9);
  lasered.laser(inf);
  EXPECT_EQ(worst(lasered), RuleOutcome::violates);
  RuledBook immature = book_in("UT", 50, 1e6, 1e9);
  immature.set("run_out_months", 3);
  EXPECT_EQ(worst(immature), RuleOutcome::violates);
}

TEST(BuiltInRules, ColoradoAllowsNoLaserInSmallGroupsAndConnecticutThreeTimes) {
  for (const char* state : {"CO", "CT"}) {
    RuledBook book = book_in(state, 50, 100'000);
    book.laser(300'000);
    EXPECT_EQ(worst(book),
              *state == 'C' && state[1] == 'O' ? RuleOutcome::violates : RuleOutcome::ok);
    book.laser(300'001);
    EXPECT_EQ(worst(book), RuleOutcome::violates);
  }
  RuledBook large = book_in("CO", 51, 100'000);
  large.laser(300'001);
  EXPECT_EQ(worst(large), RuleOutcome::ok);
}

TEST(BuiltInRules, WashingtonAsksForAnAggregateAndAShareOfExpectedClaims) {
  EXPECT_EQ(worst(book_in("WA", 500, 50'000, 1.2e6)), RuleOutcome::ok);
  EXPECT_EQ(worst(book_in("WA", 500, 39'999, 1.2e6)), RuleOutcome::violates);
  EXPECT_EQ(worst(book_in("WA", 500, 45'000, 1.2e6)), RuleOutcome::unknown) << "gross or net";
  EXPECT_EQ(worst(book_in("WA", 500, 50'000)), RuleOutcome::violates);
  RuledBook large = book_in("WA", 500, 100'000, 1.2e9);
  large.plan.exact.ground_up_usd = {1e9};
  large.plan.exact.rows[0][0].retained_usd = 9e8;
  EXPECT_EQ(worst(large), RuleOutcome::ok) << "5% is capped at 100,000";
}

TEST(BuiltInRules, FloridaAsksSmallEmployersForEveryDollarAboveTheAttachment) {
  RuledBook book = book_in("FL", 50, 1e6, 1.2e6);
  book.set("aggregate_reimbursement", 0.9);
  EXPECT_EQ(worst(book), RuleOutcome::violates);
}

TEST(BuiltInRules, WhatWasRaisedSinceIsStale) {
  EXPECT_EQ(worst(book_in("NC", 50, 1e6)), RuleOutcome::stale);
  EXPECT_EQ(worst(book_in("NH", 500, 1e6)), RuleOutcome::stale);
  EXPECT_EQ(worst(book_in("NH", 500, 1e6, nan, "2020-12")), RuleOutcome::ok);
}

TEST(BuiltInRules, UnrecordedStatesNevadaAndVermontsSmallEmployersAreUnknown) {
  for (const char* state : {"OR", "ME", "PA", "NM", "TX", "NV", "VT"}) {
    EXPECT_EQ(worst(book_in(state, 30, 1e6, 1e9)), RuleOutcome::unknown) << state;
  }
}

TEST(BuiltInRules, ConflictingAndSecondarySourcesAreAdvisory) {
  for (const Rule& rule : built_in_rules().rules) {
    const bool secondary =
        rule.state == "MD" ||
        (rule.state == "NJ" && rule.applies_to == RuleAddressee::large_employer) ||
        (rule.state == "FL" && rule.applies_to == RuleAddressee::all);
    if (secondary) {
      EXPECT_EQ(rule.status, RuleStatus::advisory) << rule.line;
    }
  }
}

}  // namespace
}  // namespace corridor
