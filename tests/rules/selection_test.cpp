// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/rules/made_up_rules.hpp"

namespace corridor {
namespace {

using made_up::Cells;
using made_up::option;
using made_up::rule_book;
using made_up::RuledBook;

const Cells of_all{{"specific_usd", "20000"}};

Cells sized(const char* lo, const char* hi, const char* basis) {
  return {{"specific_usd", "20000"},
          {"applies_to", "small_employer"},
          {"size_lo", lo},
          {"size_hi", hi},
          {"size_basis", basis}};
}

Cells dated(const char* from, const char* to) {
  return {{"specific_usd", "20000"}, {"effective_from", from}, {"effective_to", to}};
}

TEST(Selection, AGroupWithoutStateIsUnknown) {
  RuledBook book = option(100'000);
  book.set_text("state", "");
  const RuleFinding finding = book.only(of_all);
  EXPECT_EQ(finding.outcome, RuleOutcome::unknown);
  EXPECT_EQ(finding.reason, RuleReason::no_state);
  EXPECT_EQ(finding.rule, no_rule);
}

TEST(Selection, AStateWithoutARowIsUnknown) {
  RuledBook book = option(100'000);
  book.set_text("state", "OR");
  const RuleFinding finding = book.only(of_all);
  EXPECT_EQ(finding.outcome, RuleOutcome::unknown);
  EXPECT_EQ(finding.reason, RuleReason::no_rule_recorded);
}

TEST(Selection, AReferenceRowBindsNobody) {
  Cells row = of_all;
  row["status"] = "reference";
  EXPECT_EQ(option(1).only(row).reason, RuleReason::no_rule_recorded);
}

TEST(Selection, SeveralRowsOfAStateAllApply) {
  const auto found =
      option(25'000).check(rule_book({{{"specific_usd", "20000"}}, {{"specific_usd", "30000"}}}));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].outcome, RuleOutcome::ok);
  EXPECT_EQ(found[1].outcome, RuleOutcome::violates);
  EXPECT_EQ(found[1].rule, 1u);
}

TEST(SizeOfGroup, HoldsUpToItsBoundsInclusive) {
  struct Case {
    double employees;
    RuleReason reason;
  };
  for (const Case& one : {Case{1, RuleReason::other_size}, Case{2, RuleReason::met},
                          Case{50, RuleReason::met}, Case{51, RuleReason::other_size}}) {
    RuledBook book = option(100'000);
    book.set("eligible_employees", one.employees);
    EXPECT_EQ(book.only(sized("2", "50", "eligible")).reason, one.reason) << one.employees;
  }
}

TEST(SizeOfGroup, GoesByTheRulesOwnBasis) {
  RuledBook book = option(100'000);
  book.set("eligible_employees", 60);
  book.set("full_time_employees", 55);
  book.set("prior_year_employees", 50);
  book.enrol(40);
  EXPECT_EQ(book.only(sized("1", "50", "eligible")).reason, RuleReason::other_size);
  EXPECT_EQ(book.only(sized("1", "50", "full_time")).reason, RuleReason::other_size);
  EXPECT_EQ(book.only(sized("1", "50", "prior_year")).reason, RuleReason::met);
  EXPECT_EQ(book.only(sized("1", "50", "enrolled")).reason, RuleReason::met);
}

TEST(SizeOfGroup, ABookWithoutItIsUnknown) {
  RuledBook book = option(100'000);
  for (const char* basis : {"any", "eligible", "full_time", "prior_year", "enrolled"}) {
    const RuleFinding finding = book.only(sized("1", "50", basis));
    EXPECT_EQ(finding.outcome, RuleOutcome::unknown) << basis;
    EXPECT_EQ(finding.reason, RuleReason::size_not_known) << basis;
  }
}

TEST(SizeOfGroup, WhereTheWayOfCountingIsNotRecordedAllSizesMustAgree) {
  RuledBook book = option(100'000);
  const Cells row = sized("1", "50", "any");
  book.set("eligible_employees", 50);
  EXPECT_EQ(book.only(row).reason, RuleReason::met);
  book.set("prior_year_employees", 51);
  EXPECT_EQ(book.only(row).outcome, RuleOutcome::unknown);
  EXPECT_EQ(book.only(row).reason, RuleReason::size_differs);
  book.set("eligible_employees", 51);
  EXPECT_EQ(book.only(row).reason, RuleReason::other_size);
}

TEST(SizeOfGroup, AMonthlyEnrolmentCountsByItsAverage) {
  RuledBook book = option(100'000);
  std::vector<double> monthly(48, 0);
  for (std::size_t month = 0; month < 12; ++month) monthly[4 * month] = month < 6 ? 40 : 60;
  book.portfolio.groups.columns.push_back({"employees_monthly", 48, monthly});
  EXPECT_EQ(book.only(sized("1", "50", "enrolled")).reason, RuleReason::met);
  EXPECT_EQ(book.only(sized("1", "49", "enrolled")).reason, RuleReason::other_size);
}

TEST(SizeOfGroup, ASmallEmployerOfUnrecordedSizeIsUnknown) {
  RuledBook book = option(100'000);
  book.set("eligible_employees", 10);
  const RuleFinding finding =
      book.only({{"specific_usd", "20000"}, {"applies_to", "small_employer"}});
  EXPECT_EQ(finding.outcome, RuleOutcome::unknown);
  EXPECT_EQ(finding.reason, RuleReason::size_not_recorded);
}

TEST(Addressee, WhomABookCannotNameIsNotAddressed) {
  const Cells municipal{{"specific_of_expected", "0.04"},
                        {"direction", "max"},
                        {"applies_to", "municipal_cooperative"}};
  const auto found = option(900'000).check(rule_book({of_all, municipal}));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].outcome, RuleOutcome::ok);
  EXPECT_EQ(found[1].outcome, RuleOutcome::not_applicable);
  EXPECT_EQ(found[1].reason, RuleReason::other_addressee);
}

TEST(Addressee, AStateWithRowsForOthersAloneIsUnknown) {
  Cells row = of_all;
  row["applies_to"] = "nonprofit_service_plan";
  const auto found = option(100'000).check(rule_book({row}));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].reason, RuleReason::other_addressee);
  EXPECT_EQ(found[1].outcome, RuleOutcome::unknown);
  EXPECT_EQ(found[1].reason, RuleReason::no_rule_recorded);
}

TEST(PolicyMonth, HoldsFromTheFirstToTheLastMonth) {
  RuledBook book = option(100'000);  // policies of 2026-07
  EXPECT_EQ(book.only(dated("2026-07", "2026-07")).reason, RuleReason::met);
  EXPECT_EQ(book.only(dated("2026-08", "")).reason, RuleReason::other_month);
  EXPECT_EQ(book.only(dated("", "2026-06")).reason, RuleReason::other_month);
  EXPECT_EQ(book.only(dated("2026-08", "")).outcome, RuleOutcome::unknown);
}

TEST(PolicyMonth, ChoosesTheOldRuleBeforeAndTheNewOneAfter) {
  const RuleBook rules = rule_book({{{"specific_usd", "10000"}, {"effective_to", "2025-06"}},
                                    {{"specific_usd", "25000"}, {"effective_from", "2025-07"}}});
  RuledBook book = option(20'000);
  book.set_text("effective", "2025-06");
  ASSERT_EQ(book.check(rules).size(), 1u);
  EXPECT_EQ(book.check(rules)[0].outcome, RuleOutcome::ok);
  book.set_text("effective", "2025-07");
  ASSERT_EQ(book.check(rules).size(), 1u);
  EXPECT_EQ(book.check(rules)[0].outcome, RuleOutcome::violates);
}

TEST(PolicyMonth, FollowsFromThePolicyYearWhereAllOfItsMonthsAgree) {
  RuledBook book = option(100'000);
  book.set_text("effective", "");
  book.portfolio.policy_year = 2026;
  EXPECT_EQ(book.only(dated("2026-01", "2026-12")).reason, RuleReason::met);
  EXPECT_EQ(book.only(dated("2026-02", "")).reason, RuleReason::month_not_known);
  EXPECT_EQ(book.only(dated("", "2026-11")).reason, RuleReason::month_not_known);
  EXPECT_EQ(book.only(dated("2027-01", "")).reason, RuleReason::other_month);
}

TEST(PolicyMonth, ABookWithoutItIsUnknownUnderADatedRuleAlone) {
  RuledBook book = option(100'000);
  book.set_text("effective", "");
  EXPECT_EQ(book.only(dated("2020-01", "")).outcome, RuleOutcome::unknown);
  EXPECT_EQ(book.only(dated("2020-01", "")).reason, RuleReason::month_not_known);
  EXPECT_EQ(book.only(of_all).reason, RuleReason::met);
}

// A rule for this size exists, but not for this month: another size's rule must not pass it.
TEST(PolicyMonth, ARuleOfAnotherMonthLeavesItsGroupsUnknown) {
  Cells small = sized("1", "50", "eligible"), middle = sized("51", "100", "eligible");
  middle["effective_from"] = "2027-01";
  RuledBook book = option(100'000);
  book.set("eligible_employees", 60);
  const auto found = book.check(rule_book({small, middle}));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].reason, RuleReason::other_size);
  EXPECT_EQ(found[1].outcome, RuleOutcome::unknown);
  EXPECT_EQ(found[1].reason, RuleReason::other_month);
}

}  // namespace
}  // namespace corridor
