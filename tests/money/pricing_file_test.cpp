// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <random>

#include "corridor/error.hpp"
#include "corridor/pricing.hpp"

namespace corridor {
namespace {

PricingBasis parsed(const std::string& text) { return parse_pricing(text, "loads.toml"); }

std::vector<Problem> problems_of(const std::string& text) {
  try {
    parsed(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data) << text;
    return error.problems();
  }
  return {};
}

TEST(PricingFile, AnEmptyFileIsTheDefaults) {
  EXPECT_EQ(described(parsed("")).size(), described(PricingBasis{}).size());
  EXPECT_EQ(parsed("").specific.expense, CoverLoads{}.expense);
}

TEST(PricingFile, TopKeysLoadBothCoversAndACoversOwnTableWins) {
  const PricingBasis basis = parsed(
      "theta = 0.3\n"
      "profit = 0\n"
      "capital_level = 0.995\n"
      "[aggregate]\n"
      "theta = 0.6   # aggregate is the riskier one\n"
      "[specific]\n"
      "fixed_usd_pepm = 4\n");
  EXPECT_EQ(basis.specific.theta, 0.3);
  EXPECT_EQ(basis.aggregate.theta, 0.6);
  EXPECT_EQ(basis.specific.profit, 0);
  EXPECT_EQ(basis.aggregate.profit, 0);
  EXPECT_EQ(basis.specific.fixed_usd_pepm, 4);
  EXPECT_EQ(basis.aggregate.fixed_usd_pepm, 0);
  EXPECT_EQ(basis.capital_level.text, "0.995");
}

TEST(PricingFile, TheCapitalLevelMayBeTextOrANumber) {
  EXPECT_EQ(parsed("capital_level = '0.9990'").capital_level.text, "0.999");
  EXPECT_EQ(parsed("capital_level = 0.999999999").capital_level.text, "0.999999999");
  EXPECT_EQ(problems_of("capital_level = 1.5").size(), 1u);
  EXPECT_EQ(problems_of("capital_level = true").size(), 1u);
}

TEST(PricingFile, StatesMayHaveTheirOwnPremiumTax) {
  const PricingBasis basis = parsed(
      "premium_tax = 0.02\ncredibility_life_years = 300\n"
      "[premium_tax_state]\nTX = 0.0175\nOH = 0\n");
  EXPECT_EQ(basis.specific.premium_tax, 0.02);
  EXPECT_EQ(basis.credibility_life_years, 300);
  ASSERT_EQ(basis.premium_tax_by_state.size(), 2u);
  EXPECT_EQ(basis.premium_tax_by_state.at("TX"), 0.0175);
  const auto shown = described(basis);
  EXPECT_TRUE(std::any_of(shown.begin(), shown.end(), [](const NamedValue& value) {
    return value.name == "premium_tax_state.TX" && value.value == "0.0175";
  }));
}

TEST(PricingFile, AStateThatIsNoneOrARateOutOfRangeIsNamed) {
  const auto problems =
      problems_of("[premium_tax_state]\nTexas = 0.0175\ntx = 0.01\nOH = 2\nCA = 'high'\n");
  std::vector<std::string> places;
  for (const Problem& problem : problems) places.push_back(problem.dataset + " " + problem.code);
  std::sort(places.begin(), places.end());
  EXPECT_EQ(places,
            (std::vector<std::string>{"premium_tax_state.CA E_TYPE", "premium_tax_state.OH E_RANGE",
                                      "premium_tax_state.Texas E_UNKNOWN_KEY",
                                      "premium_tax_state.tx E_UNKNOWN_KEY"}));
  EXPECT_EQ(problems_of("premium_tax_state = 0.02").at(0).code, "E_TYPE");
  EXPECT_EQ(problems_of("credibility_life_years = 0").at(0).code, "E_RANGE");
}

TEST(PricingFile, AStatesTaxMustLeaveSomethingForLossesToo) {
  const auto problems = problems_of("[premium_tax_state]\nTX = 0.8\n");
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].code, "E_LOADS");
  EXPECT_NE(problems[0].message.find("in TX"), std::string::npos) << problems[0].message;
}

TEST(Loads, OfAStateAndOfTheWholeBasisAreAssignedByName) {
  PricingBasis basis;
  apply_load(basis, "premium_tax_state.NY=0.0175");
  apply_load(basis, "credibility_life_years=400");
  apply_load(basis, "specific.percent_to_manual_floor=0.5");
  EXPECT_EQ(basis.premium_tax_by_state.at("NY"), 0.0175);
  EXPECT_EQ(basis.credibility_life_years, 400);
  EXPECT_EQ(basis.specific.percent_to_manual_floor, 0.5);
  EXPECT_EQ(basis.aggregate.percent_to_manual_floor, 0.6);
  for (const char* wrong : {"premium_tax_state.ny=0.01", "premium_tax_state.NY=1",
                            "credibility_life_years=-1", "specific.credibility_life_years=3"}) {
    EXPECT_THROW(apply_load(basis, wrong), Error) << wrong;
  }
}

TEST(PricingFile, AnUnknownKeyIsNamedWithItsLineAndTheNearestKey) {
  const auto problems = problems_of("expense = 0.1\n\n  expens = 0.2\n[specific]\nthetta = 1\n");
  ASSERT_EQ(problems.size(), 2u);
  EXPECT_EQ(problems[0].file, "loads.toml");
  EXPECT_EQ(problems[0].dataset, "expens");
  EXPECT_NE(problems[0].message.find("line 3, column 3"), std::string::npos) << problems[0].message;
  EXPECT_EQ(problems[0].fix, "Did you mean 'expense'?");
  EXPECT_EQ(problems[1].dataset, "specific.thetta");
  EXPECT_NE(problems[1].message.find("line 5, column 1"), std::string::npos) << problems[1].message;
  EXPECT_EQ(problems[1].fix, "Did you mean 'specific.theta'?");
}

TEST(PricingFile, AnUnknownTableIsAnUnknownKey) {
  const auto problems = problems_of("[agregate]\ntheta = 0.2\n");
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].dataset, "agregate");
}

TEST(PricingFile, EveryValueOutOfRangeIsListed) {
  const auto problems = problems_of("rho = 0.5\nexpense = -0.1\ntheta = 'high'\nlambda = nan\n");
  EXPECT_EQ(problems.size(), 4u);
}

TEST(PricingFile, LoadsThatLeaveNothingForLossesAreRefused) {
  EXPECT_EQ(problems_of("expense = 0.5\ncommission = 0.4\nprofit = 0.2\n").size(), 1u);
  EXPECT_EQ(problems_of("[aggregate]\nexpense = 0.9\n").size(), 1u);
}

TEST(PricingFile, ASyntaxErrorHasItsLine) {
  const auto problems = problems_of("theta = 0.1\nrho == 2\n");
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems[0].message.find("line 2"), std::string::npos) << problems[0].message;
}

TEST(PricingFile, AByteOrderMarkIsSkipped) {
  EXPECT_EQ(parsed("\xEF\xBB\xBFtheta = 0.25\n").specific.theta, 0.25);
  EXPECT_EQ(problems_of("\xEF\xBB\xBF"
                        "E")
                .size(),
            1u);
  EXPECT_EQ(problems_of("\xEF\xBB\xBF\xEF\xBB\xBF"
                        "E")
                .size(),
            1u);
}

TEST(PricingFile, BrokenTextIsAnErrorAndNeverACrash) {
  for (const char* text : {"[[[sim]",
                           "[[[",
                           "[",
                           "[[",
                           "[[a",
                           "[a]\n[a]",
                           "a.b.c = {",
                           "\"",
                           "'''",
                           "= 1",
                           "theta =",
                           "theta = [",
                           "theta = {a = 1",
                           "\xff\xfe",
                           "\xEF\xBB",
                           "a = 1e999",
                           "0=0\n[0]",
                           "[specific",
                           "[[specific]]\ntheta = 1",
                           "specific = 3",
                           "specific.theta.x = 1"}) {
    EXPECT_FALSE(problems_of(text).empty()) << text;
  }
}

TEST(PricingFile, LettersBeyondAsciiAreRefusedOutsideTextsAndTakenInThem) {
  // Of each range that the parser's generated tables call unreachable, and its spaces.
  for (const char* letter : {"\u00E9", "\u3002", "\uFB00", "\uFE0F", "\u00A0", "\u2003", "\u3000"}) {
    const std::string text(letter);
    EXPECT_EQ(problems_of(text + " = 1\n").size(), 1u) << text;
    EXPECT_EQ(problems_of("theta = 1" + text + "\n").size(), 1u) << text;
    EXPECT_EQ(parsed("# " + text + "\ntheta = 0.3\n").specific.theta, 0.3) << text;
    EXPECT_NE(problems_of("x = \"\"\"\\\n" + text + "\"\"\"\n").at(0).code, "E_TOML") << text;
  }
}

TEST(PricingFile, AZeroByteDoesNotEndTheFile) {
  EXPECT_FALSE(problems_of(std::string("theta = 0.1\n\0rho = 2", 20)).empty());
}

TEST(PricingFile, RandomChangesOfAFileNeverCrash) {
  const std::string whole =
      "\xEF\xBB\xBF# loads\ntheta = 0.3\ncapital_level = \"0.995\"\n[specific]\nrho = 1.1\n"
      "[aggregate]\nlambda = 0.2\nfixed_usd_pepm = 1_000.5\n";
  const std::string alphabet = "[]{}=.\"'#\n\r\t ,e_-+0\\xEF\xBB\xBF\x80\xff";
  std::mt19937 random(17);
  std::size_t refused = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text = whole;
    for (unsigned change = 0; change <= random() % 4; ++change) {
      const std::size_t at = random() % text.size();
      if (random() % 3 == 0) text.erase(at, 1 + random() % 8);
      if (text.empty()) text = "[";
      text.insert(random() % text.size(), 1, alphabet[random() % alphabet.size()]);
    }
    refused += problems_of(text).empty() ? 0 : 1;
  }
  EXPECT_GT(refused, 10'000u);
}

TEST(PricingFile, AFileThatIsNotThereIsAMissingInput) {
  try {
    load_pricing("no-such-file.toml");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::missing_input);
  }
}

TEST(PricingFile, IsReadFromDisk) {
  const std::string path = testing::TempDir() + "corridor_loads.toml";
  std::ofstream(path) << "theta = 0.4\n";
  EXPECT_EQ(load_pricing(path).aggregate.theta, 0.4);
  std::remove(path.c_str());
}

ErrorKind kind_of(const std::string& assignment) {
  PricingBasis basis;
  try {
    apply_load(basis, assignment);
  } catch (const Error& error) {
    return error.kind();
  }
  return ErrorKind::internal;
}

TEST(LoadFlags, SetBothCoversOrOne) {
  PricingBasis basis;
  apply_load(basis, "expense=0.11");
  apply_load(basis, "aggregate.theta=0.7");
  apply_load(basis, "specific.rho=1.2");
  apply_load(basis, "capital_level=0.9950");
  EXPECT_EQ(basis.specific.expense, 0.11);
  EXPECT_EQ(basis.aggregate.expense, 0.11);
  EXPECT_EQ(basis.aggregate.theta, 0.7);
  EXPECT_EQ(basis.specific.theta, CoverLoads{}.theta);
  EXPECT_EQ(basis.specific.rho, 1.2);
  EXPECT_EQ(basis.capital_level.text, "0.995");
}

TEST(LoadFlags, WhatIsWrongIsAUsageErrorAndChangesNothing) {
  for (const char* assignment :
       {"", "=", "expense", "expense=", "expense=x", "expense=0.1x", "expense=-1", "expense=nan",
        "expens=0.1", "ceded.theta=1", "specific.=1", "rho=0.9", "profit=0.95", "capital_level=1",
        "capital_level=abc"}) {
    EXPECT_EQ(kind_of(assignment), ErrorKind::usage) << assignment;
  }
  PricingBasis basis;
  EXPECT_THROW(apply_load(basis, "profit=0.95"), Error);
  EXPECT_EQ(basis.specific.profit, CoverLoads{}.profit);
}

TEST(LoadFlags, EveryLoadCanBeSetByItsName) {
  for (const LoadInfo& load : pricing_loads()) {
    PricingBasis basis;
    EXPECT_NO_THROW(apply_load(basis, load.name + "=" + std::to_string(load.least))) << load.name;
    EXPECT_FALSE(load.description.empty());
  }
}

TEST(LoadFlags, TheDescribedValuesSetTheSameBasisAgain) {
  PricingBasis basis = parsed("theta = 0.31\nvariance_weight = 3e-8\n[aggregate]\nrho = 1.7\n");
  PricingBasis again;
  for (const NamedValue& value : described(basis))
    apply_load(again, value.name + "=" + value.value);
  for (std::size_t i = 0; i < described(basis).size(); ++i) {
    EXPECT_EQ(described(again)[i].value, described(basis)[i].value);
  }
}

}  // namespace
}  // namespace corridor
