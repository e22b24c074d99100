// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/made_up_rules.hpp"

namespace corridor {
namespace {

using made_up::nan;
using made_up::rule_book;
using made_up::RuledBook;
using testing::ElementsAre;

TEST(MarkRules, GivesEachOptionItsWorstFlagAlone) {
  RuledBook book;
  for (const double deductible : {10'000.0, 25'000.0, 60'000.0}) book.add_option(deductible, nan);
  book.plan.quotes[0].flags = {"LASER_BELOW_DEDUCTIBLE"};
  const auto found = book.check(rule_book(
      {{{"specific_usd", "20000"}, {"status", "stale"}}, {{"specific_of_expected", "0.0375"}}}));
  mark_rules(found, book.plan);
  EXPECT_THAT(book.plan.quotes[0].flags, ElementsAre("LASER_BELOW_DEDUCTIBLE", "RULE_VIOLATION"));
  EXPECT_THAT(book.plan.quotes[1].flags, ElementsAre("RULE_VIOLATION"));
  EXPECT_THAT(book.plan.quotes[2].flags, ElementsAre("RULE_STALE"));
}

TEST(MarkRules, UnknownIsWorseThanStaleAndBetterThanAViolation) {
  RuledBook book;
  book.add_option(35'000, nan);  // between 30,000 net and 37,500 gross
  mark_rules(book.check(rule_book({{{"specific_usd", "20000"}, {"status", "stale"}},
                                   {{"specific_of_expected", "0.0375"}}})),
             book.plan);
  EXPECT_THAT(book.plan.quotes[0].flags, ElementsAre("RULE_UNKNOWN"));
}

TEST(MarkRules, WhatIsMetOrDoesNotApplyIsNotFlagged) {
  RuledBook book;
  book.add_option(50'000, nan);
  book.set("eligible_employees", 500);
  mark_rules(book.check(rule_book({{{"specific_usd", "20000"}},
                                   {{"prohibited", "1"},
                                    {"applies_to", "small_employer"},
                                    {"size_hi", "50"},
                                    {"size_basis", "eligible"}}})),
             book.plan);
  EXPECT_THAT(book.plan.quotes[0].flags, ElementsAre());
}

TEST(CheckRules, LooksAtEachGroupsOwnStateAndMembers) {
  Portfolio portfolio = made_up::portfolio({2, 3});
  portfolio.groups.columns.push_back({"state", 1, std::vector<std::string>{"ZZ", "YY"}});
  portfolio.members.columns.push_back(
      {"laser_usd", 1, std::vector<double>{nan, nan, nan, 900'000, nan}});
  Plan plan;
  plan.exact.ground_up_usd = {1, 1};
  plan.exact.rows = {{ExactRow{}}, {ExactRow{}}};
  for (std::uint32_t group = 0; group < 2; ++group) {
    QuoteKey quote;
    quote.group = quote.job = group;
    quote.specific_deductible_usd = 50'000;
    plan.quotes.push_back(quote);
  }
  const auto found =
      check_rules(portfolio, plan,
                  rule_book({{{"laser_rule", "none"}}, {{"state", "YY"}, {"laser_rule", "none"}}}));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].outcome, RuleOutcome::ok);
  EXPECT_EQ(found[0].rule, 0u);
  EXPECT_EQ(found[1].outcome, RuleOutcome::violates);
  EXPECT_EQ(found[1].rule, 1u);
  EXPECT_EQ(found[1].quote, 1u);
}

}  // namespace
}  // namespace corridor
