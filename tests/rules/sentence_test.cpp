// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/rules/made_up_rules.hpp"

namespace corridor {
namespace {

using made_up::Cells;
using made_up::inf;
using made_up::option;
using made_up::RuledBook;

std::string said(const RuledBook& book, const Cells& row) {
  const RuleBook rules = made_up::rule_book({row});
  const auto found = book.check(rules);
  return sentence(found.at(0), checked_options(book.portfolio, book.plan).at(0), rules);
}

TEST(Sentence, NamesTheNumberFoundAndTheNumberRequired) {
  EXPECT_EQ(said(option(15'000), {{"specific_usd", "20000"}}),
            "specific deductible 15,000, at least 20,000");
  EXPECT_EQ(
      said(option(1'234'567.5),
           {{"direction", "max"}, {"specific_of_expected", "0.001"}, {"expected_basis", "gross"}}),
      "specific deductible 1,234,567.50, at most 1,000");
  EXPECT_EQ(said(option(15'000, 999), {{"aggregate_floor_usd", "20000"}}),
            "aggregate attachment 999, at least 20,000");
}

TEST(Sentence, NamesTheReadingThatFails) {
  EXPECT_EQ(said(option(50'000, 1'000'000), {{"aggregate_of_expected", "1.2"}}),
            "aggregate attachment 1,000,000, at least 1,200,000 if expected claims are gross, "
            "without any stop-loss; met if they are net");
}

TEST(Sentence, NamesLasersAndExcludedMembers) {
  RuledBook book = option(100'000);
  EXPECT_EQ(said(book, {{"laser_rule", "none"}}), "nobody has a laser above the deductible");
  book.laser(350'000);
  EXPECT_EQ(said(book, {{"laser_rule", "none"}}), "the largest laser is 350,000, none is allowed");
  book.laser(inf);
  EXPECT_EQ(said(book, {{"laser_rule", "max_multiple"}, {"laser_multiple", "3"}}),
            "a member is excluded from the specific, at most 300,000");
}

TEST(Sentence, NamesWhatTheBookLacks) {
  EXPECT_EQ(said(option(100'000), {{"specific_usd", "1"},
                                   {"applies_to", "small_employer"},
                                   {"size_hi", "50"},
                                   {"size_basis", "prior_year"}}),
            "the book lacks prior_year_employees, by which the rule goes");
  EXPECT_EQ(said(option(100'000), {{"state", "YY"}, {"specific_usd", "1"}}),
            "no rule is recorded for ZZ");
  RuledBook book = option(100'000);
  book.set("run_out_months", 3);
  EXPECT_EQ(said(book, {{"run_out_min_months", "12"}}),
            "claims are paid within 3 months after the end, at least 12");
}

TEST(Sentence, EveryFindingOfTheBuiltInRowsHasOne) {
  for (const Rule& rule : built_in_rules().rules) {
    RuledBook book = option(30'000, 900'000);
    book.add_option(inf, 900'000);
    book.add_option(inf, made_up::nan);
    book.set_text("state", rule.state);
    for (const double employees : {0, 10, 80, 400}) {
      book.set("eligible_employees", employees);
      for (const RuleFinding& finding : book.check(built_in_rules())) {
        const std::string text = sentence(
            finding, checked_options(book.portfolio, book.plan)[finding.quote], built_in_rules());
        EXPECT_FALSE(text.empty());
        EXPECT_EQ(text.find("nan"), std::string::npos) << text;
      }
    }
  }
}

TEST(Names, EveryValueHasAWord) {
  EXPECT_EQ(name_of(RuleAddressee::nonprofit_service_plan), "nonprofit_service_plan");
  EXPECT_EQ(name_of(SizeBasis::enrolled), "enrolled");
  EXPECT_EQ(name_of(PersonUnit::employee), "employee");
  EXPECT_EQ(name_of(ExpectedBasis::net), "net");
  EXPECT_EQ(name_of(LaserRule::max_multiple), "max_multiple");
  EXPECT_EQ(name_of(CoversRequired::both), "both");
  EXPECT_EQ(name_of(RuleEffect::file_only), "file_only");
  EXPECT_EQ(name_of(RuleStatus::reference), "reference");
  EXPECT_EQ(name_of(RuleOutcome::violates), "violates");
  EXPECT_EQ(name_of(RulePart::run_out), "run_out");
  EXPECT_EQ(name_of(RuleReason::expected_not_known), "expected_not_known");
}

}  // namespace
}  // namespace corridor
