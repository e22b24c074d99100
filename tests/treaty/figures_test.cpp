// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "host/treaty/treaty_table.hpp"
#include "tests/treaty/made_up_treaties.hpp"

namespace corridor {
namespace {

using made_up::aggregate;
using made_up::person_excess;
using made_up::quota_share;
using made_up::usd;

constexpr double premium_usd = 1000;
const std::vector<std::string> principles{"twice", "thrice"};

std::vector<double> multiples(std::span<const Cents> yearly) {
  double mean = 0;
  for (const Cents amount : yearly) mean += static_cast<double>(amount) / 100;
  mean /= static_cast<double>(yearly.size());
  return {2 * mean, 3 * mean};
}

std::vector<Cents> in_cents(const std::vector<double>& dollars) {
  std::vector<Cents> cents;
  for (const double amount : dollars) cents.push_back(usd(amount));
  return cents;
}

const QuoteColumn& column(const ResultTable& table, const std::string& name) {
  for (const QuoteColumn& one : table.columns) {
    if (one.name == name) return one;
  }
  throw std::runtime_error("no column " + name);
}

double number(const ResultTable& table, const std::string& name, std::size_t row) {
  return std::get<std::vector<double>>(column(table, name).values).at(row);
}

/// A quota share of 25%, a layer of persons, an aggregate; four years.
struct MadeUpRun {
  Programme programme{
      {quota_share(0, 0.25), person_excess(1, 0, 400, 0.5), aggregate(2, 0.4, 0.2)}};
  CededYears ceded{
      {in_cents({100, 200, 300, 400}), in_cents({0, 0, 10, 30}), in_cents({0, 0, 0, 8})},
      in_cents({300, 600, 890, 1162})};

  std::vector<TreatyFigures> figures() const {
    return treaty_figures(programme, ceded, premium_usd, multiples);
  }
  ResultTable table() const { return treaty_table(programme, figures(), principles); }
};

TEST(TreatyFigures, StatisticsOfTheCession) {
  const auto figures = MadeUpRun().figures();
  EXPECT_EQ(figures[0].years, 4U);
  EXPECT_DOUBLE_EQ(figures[0].ceded_mean_usd, 250);
  EXPECT_DOUBLE_EQ(figures[0].ceded_sd_usd, std::sqrt(50'000 / 3.0));
  EXPECT_DOUBLE_EQ(figures[0].ceded_se_usd, std::sqrt(50'000 / 3.0) / 2);
  EXPECT_EQ(figures[0].hits, 4U);
  EXPECT_EQ(figures[1].hits, 2U);
  EXPECT_DOUBLE_EQ(figures[1].probability(), 0.5);
  EXPECT_DOUBLE_EQ(figures[2].ceded_mean_usd, 2);
}

TEST(TreatyFigures, MeanOfAmountsThatSixtyFourBitsCannotAdd) {
  const Cents large = Cents{1} << 50;
  const CededYears ceded{{std::vector<Cents>(20'000, large)}, {}};
  const auto figures = treaty_figures({{quota_share(0, 0.5)}}, ceded, premium_usd, multiples);
  EXPECT_DOUBLE_EQ(figures[0].ceded_mean_usd, std::ldexp(1, 50) / 100);
  EXPECT_EQ(figures[0].ceded_sd_usd, 0);
}

TEST(TreatyFigures, QuotaShareTakesItsShareOfThePremiumAndPaysCommissionOnIt) {
  MadeUpRun run;
  run.programme.treaties[0].commission = 0.3;
  const auto figures = run.figures();
  EXPECT_DOUBLE_EQ(figures[0].subject_premium_usd, 1000);
  EXPECT_DOUBLE_EQ(figures[0].premium_usd, 250);
  EXPECT_DOUBLE_EQ(figures[0].commission_usd, 75);
  EXPECT_DOUBLE_EQ(figures[0].result_usd(), 250 - 75 - 250);
  EXPECT_DOUBLE_EQ(figures[1].subject_premium_usd, 750);
}

TEST(TreatyFigures, LayersCostTheFirstPrincipleUnlessAgreed) {
  MadeUpRun run;
  EXPECT_DOUBLE_EQ(run.figures()[1].premium_usd, 20);
  run.programme.treaties[1].premium_usd = 33;
  EXPECT_DOUBLE_EQ(run.figures()[1].premium_usd, 33);
  EXPECT_THAT(run.figures()[1].premiums_usd, testing::ElementsAre(20, 30));
}

TEST(TreatyFigures, LineIsTheMostOfAYearElseOfAPerson) {
  MadeUpRun run;
  EXPECT_TRUE(std::isnan(run.figures()[0].line_usd));
  EXPECT_DOUBLE_EQ(run.figures()[1].line_usd, 200);  // half of 400 a person
  EXPECT_DOUBLE_EQ(run.figures()[2].line_usd, 150);  // 0.2 of 750
  run.programme.treaties[1].annual_limit_usd = 1000;
  run.programme.treaties[1].annual_deductible_usd = 70;
  run.programme.treaties[2] = made_up::with_corridor(run.programme.treaties[2], 0.45, 0.5);
  EXPECT_DOUBLE_EQ(run.figures()[1].line_usd, 500);
  EXPECT_DOUBLE_EQ(run.figures()[2].line_usd, 112.5);
  run.programme.treaties[1].annual_limit_usd = run.programme.treaties[1].limit_usd = Treaty::none;
  run.programme.treaties[2].limit_ratio = Treaty::unset;
  EXPECT_TRUE(std::isnan(run.figures()[1].line_usd));
  EXPECT_TRUE(std::isnan(run.figures()[2].line_usd));
}

TEST(TreatyTable, HasARowATreatyAndRatiosOfItsFigures) {
  const ResultTable table = MadeUpRun().table();
  EXPECT_EQ(table.name, "treaties");
  EXPECT_EQ(table.rows, 3U);
  EXPECT_DOUBLE_EQ(number(table, "burning_cost", 1), 10.0 / 750);
  EXPECT_DOUBLE_EQ(number(table, "loss_on_line", 1), 10.0 / 200);
  EXPECT_DOUBLE_EQ(number(table, "rate_on_line", 1), 20.0 / 200);
  EXPECT_DOUBLE_EQ(number(table, "reinsurer_result_usd", 1), 10);
  EXPECT_DOUBLE_EQ(number(table, "premium_thrice_usd", 1), 30);
  EXPECT_TRUE(std::isnan(number(table, "rate_on_line", 0)));
  EXPECT_THAT(std::get<std::vector<std::string>>(column(table, "kind").values),
              testing::ElementsAre("quota share", "person excess", "book aggregate"));
  for (const QuoteColumn& one : table.columns) {
    const auto length = std::visit([](const auto& v) { return v.size(); }, one.values);
    EXPECT_EQ(length, 3U) << one.name;
    EXPECT_FALSE(one.description.empty()) << one.name;
  }
}

/// Losses of a captive in ten years, 55 in the mean, against what its members paid in.
struct CaptiveRun {
  Programme programme{{quota_share(0, 0.1), person_excess(1, 0, 1000)}};
  CededYears ceded{{std::vector<Cents>(10, 0), in_cents({30, 10, 20, 100, 50, 60, 90, 40, 80, 70})},
                   {}};

  explicit CaptiveRun(double premium) {
    programme.treaties[1].kind = TreatyKind::captive;
    programme.treaties[1].captive = 4;
    programme.treaties[1].premium_usd = premium;
  }
  ResultTable table(const std::vector<Level>& levels = {}) const {
    const auto figures = treaty_figures(programme, ceded, premium_usd, multiples);
    return captive_table(programme, figures, ceded, levels);
  }
};

TEST(CaptiveTable, SplitsEveryYearIntoDividendAndCall) {
  const ResultTable table = CaptiveRun(65).table();
  ASSERT_EQ(table.rows, 1U);
  EXPECT_DOUBLE_EQ(number(table, "premium_usd", 0), 65);
  EXPECT_DOUBLE_EQ(number(table, "losses_mean_usd", 0), 55);
  EXPECT_DOUBLE_EQ(number(table, "dividend_mean_usd", 0), (55 + 45 + 35 + 25 + 15 + 5) / 10.0);
  EXPECT_DOUBLE_EQ(number(table, "call_mean_usd", 0), (5 + 15 + 25 + 35) / 10.0);
  EXPECT_DOUBLE_EQ(number(table, "dividend_probability", 0), 0.6);
  EXPECT_DOUBLE_EQ(number(table, "call_probability", 0), 0.4);
}

TEST(CaptiveTable, YearThatUsesUpTheFundsHasNeitherDividendNorCall) {
  const ResultTable table = CaptiveRun(60).table();
  EXPECT_DOUBLE_EQ(number(table, "dividend_probability", 0), 0.5);
  EXPECT_DOUBLE_EQ(number(table, "call_probability", 0), 0.4);
}

TEST(CaptiveTable, DividendLessCallIsWhatLossesLeaveInTheMean) {
  for (const double premium : {0.0, 20.0, 55.0, 63.0, 200.0}) {
    const ResultTable table = CaptiveRun(premium).table();
    EXPECT_NEAR(number(table, "dividend_mean_usd", 0) - number(table, "call_mean_usd", 0),
                premium - 55, 1e-12);
  }
}

TEST(CaptiveTable, QuantilesAreOrderStatistics) {
  const ResultTable table = CaptiveRun(65).table({parse_level("0.7"), parse_level("0.95")});
  EXPECT_DOUBLE_EQ(number(table, "dividend_70_usd", 0), 25);  // seventh of 0 0 0 0 5 15 25 35 45 55
  EXPECT_DOUBLE_EQ(number(table, "dividend_95_usd", 0), 55);
  EXPECT_DOUBLE_EQ(number(table, "call_70_usd", 0), 5);  // seventh of 0 0 0 0 0 0 5 15 25 35
  EXPECT_DOUBLE_EQ(number(table, "call_95_usd", 0), 35);
}

/// "dividend_99_5_usd" -> "dividend_L_usd", as the page names families of columns.
std::string family(std::string name) {
  for (const std::string one : {"dividend_", "call_"}) {
    if (name.starts_with(one + "9")) return one + "L_usd";
  }
  return name.starts_with("premium_t") ? "premium_P_usd" : name;
}

TEST(ResultsPage, NamesEveryColumnOfBothTables) {
  std::ostringstream page;
  page << std::ifstream(CORRIDOR_RESULTS_PAGE).rdbuf();
  const std::string text = page.str().substr(page.str().find("## Treaties and captives"));
  const std::size_t captives = text.find("`captives`, a row");
  for (const QuoteColumn& one : MadeUpRun().table().columns) {
    EXPECT_LT(text.find("`" + family(one.name) + "`"), captives) << one.name;
  }
  for (const QuoteColumn& one : CaptiveRun(65).table({parse_level("0.995")}).columns) {
    EXPECT_NE(text.find("`" + family(one.name) + "`", captives), std::string::npos) << one.name;
  }
}

TEST(CaptiveTable, CommissionIsNotAmongTheFunds) {
  CaptiveRun run(100);
  run.programme.treaties[1].commission = 0.35;
  EXPECT_DOUBLE_EQ(number(run.table(), "funds_usd", 0), 65);
  EXPECT_DOUBLE_EQ(number(run.table(), "call_mean_usd", 0), 8);
}

TEST(CaptiveTable, WithoutAPremiumThereIsNothingToCompareLossesWith) {
  const CaptiveRun run(Treaty::unset);
  const auto figures = treaty_figures(run.programme, run.ceded, premium_usd, {});
  const ResultTable table = captive_table(run.programme, figures, run.ceded, {});
  EXPECT_TRUE(std::isnan(number(table, "premium_usd", 0)));
  EXPECT_TRUE(std::isnan(number(table, "call_mean_usd", 0)));
}

}  // namespace
}  // namespace corridor
