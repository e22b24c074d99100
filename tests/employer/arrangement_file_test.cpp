// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "corridor/employer.hpp"

namespace corridor {
namespace {

std::string problem_of(const std::string& text) {
  try {
    parse_arrangement(text, "plan.toml");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    return error.what();
  }
  return "";
}

void expect_problem(const std::string& text, const std::string& part) {
  EXPECT_NE(problem_of(text).find(part), std::string::npos) << problem_of(text);
}

TEST(ArrangementFile, ReadsEveryKey) {
  const Arrangement read = parse_arrangement(R"(
employees = 120
confidence = 0.85
network_discount = 0.05
[fees]
administration_pepm = 32.5
network_pepm = 8
pharmacy_pepm = 3
other_pepm = 1
pharmacy_rebate_pepm = -14
other_usd = 5000
[[stop_loss.quote]]
specific_deductible_usd = 50000
aggregate_corridor = 1.25
premium_pepm = 210
[[stop_loss.quote]]
specific_deductible_usd = 100000
premium_usd = 250000
[budget]
pepm = 900
[insured]
premium_usd = 1500000
[level_funded]
refund_share = 0.5
fund_usd = 800000
[plan_design]
member_deductible_usd = 1700
coinsurance = 0.2
out_of_pocket_maximum_usd = 8500
hsa_qualified = true
[subgroups]
years = 2000
[[subgroup]]
name = "Client A"
rows = [[0, 9], [20, 20]]
)",
                                             "plan.toml");
  EXPECT_EQ(read.source, "plan.toml");
  EXPECT_EQ(read.employees, 120);
  EXPECT_EQ(read.confidence, 0.85);
  EXPECT_EQ(read.network_discount, 0.05);
  EXPECT_EQ(read.fees.administration_pepm, 32.5);
  EXPECT_EQ(read.fees.pharmacy_rebate_pepm, -14);
  EXPECT_EQ(read.fees.other_usd, 5000);
  ASSERT_EQ(read.premiums.size(), 2u);
  EXPECT_EQ(read.premiums[0].aggregate_corridor, 1.25);
  EXPECT_EQ(read.premiums[0].premium.usd_pepm, 210);
  EXPECT_EQ(read.premiums[1].premium.usd, 250'000);
  EXPECT_EQ(read.budget->usd_pepm, 900);
  EXPECT_EQ(read.insured_premium->usd, 1'500'000);
  EXPECT_EQ(read.level_funded->refund_share, 0.5);
  EXPECT_EQ(read.level_funded->fund->usd, 800'000);
  EXPECT_EQ(read.plan_design->out_of_pocket_maximum_usd, 8500);
  EXPECT_TRUE(read.plan_design->hsa_qualified);
  EXPECT_EQ(read.allocation_years, 2000u);
  ASSERT_EQ(read.subgroups.size(), 1u);
  EXPECT_EQ(read.subgroups[0].rows[1], (std::pair<std::uint64_t, std::uint64_t>{20, 20}));
}

TEST(ArrangementFile, MayBeEmpty) {
  const Arrangement read = parse_arrangement("", "plan.toml");
  EXPECT_EQ(read.confidence, 0.90);
  EXPECT_TRUE(read.premiums.empty());
  EXPECT_FALSE(read.budget);
}

TEST(ArrangementFile, NamesLineAndColumnOfWhatIsWrong) {
  expect_problem("employees = 100\nconfidense = 0.9\n", "line 2, column 1");
  expect_problem("employees = 100\nconfidense = 0.9\n", "Known here are");
  expect_problem("[fees]\nadministration_pepm = \"32\"\n", "line 2, column 23");
  expect_problem("[fees]\npharmacy_rebate_pepm = 14\n", "is above 0");
  expect_problem("[fees\n", "line 1");
  expect_problem("[budget]\n", "Give usd for the policy's months, or pepm");
  expect_problem("[budget]\nusd = 1\npepm = 1\n", "line 3");
}

TEST(ArrangementFile, ReportsEveryProblemAtOnce) {
  try {
    parse_arrangement("confidence = 2\n[fees]\nother_pepm = -1\n[insured]\n", "plan.toml");
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.problems().size(), 3u);
  }
}

TEST(ArrangementFile, RefusesWhatContradictsItself) {
  expect_problem(
      "[stop_loss]\npremium_usd = 1\n[[stop_loss.quote]]\nspecific_deductible_usd = 1\n"
      "premium_usd = 1\n",
      "Keep either");
  expect_problem(
      "[plan_design]\nmember_deductible_usd = 3000\ncoinsurance = 0.2\n"
      "out_of_pocket_maximum_usd = 2000\n",
      "is below member_deductible_usd");
  expect_problem("[plan_design]\nmember_deductible_usd = 3000\ncoinsurance = 0.2\n",
                 "needs an end");
  expect_problem("[[subgroup]]\nname = \"A\"\nrows = [[5, 3]]\n", "rows = [[0, 49], [60, 79]]");
  expect_problem("[subgroups]\ncolumn = \"tier\"\n[[subgroup]]\nname = \"A\"\nrows = [[0, 3]]\n",
                 "not both");
}

TEST(ArrangementFile, NamesTheRangeOfANumberOutsideIt) {
  expect_problem("confidence = 2\n", "2 is above 0.999. Give a number from 0.01 to 0.999");
  expect_problem("employees = 0\n", "0 is below 0.01. Give a number from 0.01 to 100000000");
  expect_problem("employees = inf\n", "inf is above 100000000. Give");
  expect_problem("employees = nan\n", "nan is no value. Give a number from 0.01 to");
  expect_problem("[fees]\nother_usd = 1e300\n",
                 "1e+300 is above 1000000000000. Give a number from 0 to 1000000000000");
  expect_problem("[budget]\npepm = 1e9\n", "1000000000 is above 100000. Give");
  expect_problem("[[stop_loss.quote]]\nspecific_deductible_usd = -inf\npremium_usd = 1\n",
                 "-inf is below 0.01. Give");
  expect_problem("[level_funded]\n", "a number from 0 to 1");
  expect_problem("[subgroups]\ncolumn = \"tier\"\nyears = 1000.5\n",
                 "is not a whole number (found 1000.5). Give a whole number from 100 to 10000000");
  expect_problem("a = \n", "Write lines as key = 1500");
}

std::size_t problem_count(const std::string& text) {
  try {
    parse_arrangement(text, "plan.toml");
  } catch (const Error& error) {
    return error.problems().size();
  }
  return 0;
}

std::string subgroup(const std::string& name) {
  return "[[subgroup]]\nname = \"" + name + "\"\nrows = [[0, 3]]\n";
}

TEST(ArrangementFile, KeepsSubgroupNamesApart) {
  const std::string twice = subgroup("A") + subgroup("B") + subgroup("A");
  expect_problem(twice, "line 8, column 8: is the name of the sub-group in line 2 too (found A)");
  EXPECT_EQ(problem_count(twice), 1u);
  expect_problem(subgroup("rest"), "is taken: the members that no sub-group names are called so");
  expect_problem(subgroup("  "), "is empty or holds control characters");
  expect_problem(subgroup("A\\nB"), "is empty or holds control characters");
  EXPECT_EQ(problem_count(subgroup("")), 1u);
  EXPECT_EQ(problem_count(subgroup("Rest")), 0u);
}

TEST(ArrangementFile, RefusesAQuoteThatWouldNeverBeUsed) {
  const std::string any = "[[stop_loss.quote]]\nspecific_deductible_usd = 50000\npremium_usd = 1\n";
  const std::string narrow = any + "aggregate_corridor = 1.25\n";
  expect_problem(any + narrow, "line 4, column 1: would never be used: the quote in line 1");
  expect_problem(narrow + narrow, "would never be used");
  EXPECT_EQ(problem_count(narrow + any), 0u);
}

std::vector<Problem> warnings_of(const std::string& text) {
  return parse_arrangement(text, "plan.toml").warnings;
}

std::string design(const std::string& deductible, const std::string& coinsurance,
                   const std::string& maximum) {
  return "[plan_design]\nmember_deductible_usd = " + deductible + "\ncoinsurance = " + coinsurance +
         "\nout_of_pocket_maximum_usd = " + maximum + "\n";
}

TEST(ArrangementFile, WarnsOfWhatActsOnNothing) {
  const std::pair<std::string, std::string> idle[] = {
      {design("2000", "0", "5000"), "plan_design.out_of_pocket_maximum_usd"},
      {design("2000", "0.2", "2000"), "plan_design.coinsurance"},
      {design("0", "0", "0"), "plan_design.member_deductible_usd"},
      {"[subgroups]\nyears = 500\n", "subgroups"},
  };
  for (const auto& [text, key] : idle) {
    const std::vector<Problem> warnings = warnings_of(text);
    ASSERT_EQ(warnings.size(), 1u) << text;
    EXPECT_EQ(warnings[0].code, "W_IDLE");
    EXPECT_EQ(warnings[0].severity, Problem::Severity::warning);
    EXPECT_EQ(warnings[0].dataset, key);
    EXPECT_FALSE(warnings[0].fix.empty());
  }
  EXPECT_TRUE(warnings_of(design("2000", "0.2", "5000")).empty());
  EXPECT_TRUE(warnings_of(design("2000", "0", "2000")).empty());
}

TEST(ArrangementFile, OfADesignWithoutCoinsuranceNeedsNoMaximum) {
  const Arrangement read = parse_arrangement(
      "[plan_design]\nmember_deductible_usd = 2000\ncoinsurance = 0\n", "plan.toml");
  EXPECT_EQ(read.plan_design->out_of_pocket_maximum_usd, 2000);
}

TEST(ArrangementFile, ThatIsMissingIsNamed) {
  try {
    load_arrangement("/nowhere/plan.toml");
    FAIL() << "opened";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::missing_input);
  }
}

}  // namespace
}  // namespace corridor
