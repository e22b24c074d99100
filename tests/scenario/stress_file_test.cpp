// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "corridor/scenario.hpp"

namespace corridor {
namespace {

/// The text of every problem of a stress, "" where it is accepted.
std::string problems_of(const std::string& text) {
  try {
    parse_stress(text, "stress.toml");
    return "";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    std::string all;
    for (const Problem& problem : error.problems()) all += problem.text() + "\n";
    return all;
  }
}

void expect_problem(const std::string& body, const std::string& part) {
  const std::string all = problems_of("name = \"x\"\n" + body);
  EXPECT_NE(all.find(part), std::string::npos) << body << "\ngave: " << all;
}

TEST(StressFile, IsReadWhole) {
  const Stress read = parse_stress(R"(
name = "all"
description = "everything"
source = "none"
reprice = true
[trend]
shock = 0.04
[severity]
above_usd = 1000000
factor = 1.25
[pandemic]
frequency = 1.3
severity = 1.1
[[therapy]]
name = "a"
frequency_per_million = 2.5
cost_usd = 2900000
source = "list"
[[therapy]]
name = "b"
frequency_per_million = 8
law = { kind = "lognormal", mean_usd = 475000, cv = 0.15 }
[[therapy]]
name = "c"
frequency_per_million = 1
law = "silver"
[[mix]]
from = "silver"
to = "gold"
share = 0.1
[effects]
book_cv = 0.1
factor = 2
[terms]
specific_deductible_factor = 1.1
specific_reimbursement = 0.9
aggregating_specific_usd = 50000
aggregate_attachment_factor = 1.05
)",
                                   "stress.toml");
  EXPECT_EQ(read.name, "all");
  EXPECT_TRUE(read.reprice);
  EXPECT_EQ(read.trend_shock, 0.04);
  EXPECT_EQ(read.severity_above_usd, 1e6);
  EXPECT_EQ(read.severity_factor, 1.25);
  EXPECT_EQ(read.pandemic_frequency, 1.3);
  EXPECT_EQ(read.pandemic_severity, 1.1);
  ASSERT_EQ(read.therapies.size(), 3u);
  EXPECT_EQ(read.therapies[0].cost_usd, 2.9e6);
  EXPECT_EQ(read.therapies[0].frequency_per_million, 2.5);
  ASSERT_TRUE(read.therapies[1].own_law);
  EXPECT_EQ(read.therapies[1].own_law->kind, "lognormal");
  EXPECT_EQ(read.therapies[1].own_law->numbers.at("cv"), std::vector{0.15});
  EXPECT_EQ(read.therapies[2].law, "silver");
  ASSERT_EQ(read.mix.size(), 1u);
  EXPECT_EQ(read.mix[0].to, "gold");
  EXPECT_EQ(read.effects.book_cv, 0.1);
  EXPECT_FALSE(read.effects.group_cv);
  EXPECT_EQ(read.effects.factor, 2);
  EXPECT_EQ(read.terms.specific_deductible_factor, 1.1);
  EXPECT_EQ(read.terms.aggregating_specific_usd, 50e3);
}

TEST(StressFile, SaysNothingWithANameAlone) {
  const Stress read = parse_stress("name = \"nothing\"", "stress.toml");
  EXPECT_EQ(read.trend_shock, 0);
  EXPECT_EQ(read.severity_factor, 1);
  EXPECT_FALSE(read.reprice);
}

TEST(StressFile, NamesPlaceAndFixOfWhatIsWrong) {
  expect_problem("[trend]\nshok = 0.04\n", "line 3, column 1: there is no such key");
  expect_problem("[trend]\nshok = 0.04\n", "Did you mean 'shock'?");
  expect_problem("[tren]\nshock = 0.04\n", "Did you mean 'trend'?");
  expect_problem("[trend]\nshock = \"4%\"\n", "line 3, column 9: is not a number");
  expect_problem("[trend]\n", "shock: line 2, column 1: is missing");
  expect_problem("[trend]\nshock = 40\n", "from -0.9 to 10");
  expect_problem("[severity]\nabove_usd = 1e6\n", "severity.factor");
  expect_problem("[severity]\nfactor = 0\n", "from 0.01 to 100");
  expect_problem("[pandemic]\nfrequency = 30\n", "from 0.01 to 10");
  expect_problem("[effects]\nbook_cv = 3\n", "from 0 to 2");
  expect_problem("reprice = 1\n", "is neither true nor false");
  expect_problem("trend = 0.04\n", "is not a table");
  expect_problem("[therapy]\n", "is not a list of tables");
  expect_problem("[trend\n", "line 2");
}

TEST(StressFile, RefusesWhatContradictsItself) {
  const std::string therapy = "[[therapy]]\nname = \"a\"\nfrequency_per_million = 2\n";
  expect_problem(therapy, "Give cost_usd");
  expect_problem(therapy + "cost_usd = 1e6\nlaw = \"silver\"\n", "stands beside cost_usd");
  expect_problem(
      "[[therapy]]\nname = \"a\"\nfrequency_per_million = 6e5\ncost_usd = 1\n"
      "[[therapy]]\nname = \"b\"\nfrequency_per_million = 6e5\ncost_usd = 1\n",
      "add up to 1200000");
  expect_problem("[[mix]]\nfrom = \"a\"\nto = \"a\"\nshare = 0.1\n", "the law that the members");
  expect_problem("[[mix]]\nfrom = \"a\"\nshare = 2\n", "from 0 to 1");
  expect_problem("[[mix]]\nfrom = \"a\"\nshare = 0.1\n", "mix.to");
  expect_problem("[terms]\nspecific_deductible_usd = 1\nspecific_deductible_factor = 2\n",
                 "Keep specific_deductible_usd or");
  expect_problem(therapy + "law = { mean_usd = 1 }\n", "therapy.law.kind");
  expect_problem(therapy + "law = { kind = \"lognormal\", cv = true }\n", "therapy.law.cv");
}

TEST(StressFile, ReportsEveryProblemAtOnce) {
  const std::string all = problems_of("[trend]\nshock = 99\n[severity]\n[effects]\ncv = 1\n");
  EXPECT_NE(all.find("name"), std::string::npos);
  EXPECT_NE(all.find("trend.shock"), std::string::npos);
  EXPECT_NE(all.find("severity.factor"), std::string::npos);
  EXPECT_NE(all.find("effects.cv"), std::string::npos);
}

}  // namespace
}  // namespace corridor
