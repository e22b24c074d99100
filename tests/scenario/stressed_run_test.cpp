// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/scenario/made_up_run.hpp"

namespace corridor {
namespace {

using made_up::change;
using made_up::insured_book;
using made_up::options;

constexpr const char* metrics[] = {"ground_up", "retained", "specific", "aggregate",
                                   "gross",     "ceded",    "net"};

Therapy therapy(double frequency_per_million, double cost_usd) {
  Therapy result;
  result.name = "a";
  result.frequency_per_million = frequency_per_million;
  result.cost_usd = cost_usd;
  return result;
}

TEST(Scenario, WithoutAStressChangesNoCentOfNoYear) {
  const ResultFile results = stressed_results(insured_book(), Stress{}, options(2000));
  EXPECT_EQ(results.losses[0].cents, results.losses[1].cents);
  EXPECT_EQ(results.losses[2].cents, results.losses[3].cents);
  for (const char* metric : metrics) {
    for (const char* figure : {"mean", "sd", "var_99", "tvar_99"}) {
      EXPECT_EQ(change(results, metric, figure, "change_usd"), 0) << metric << " " << figure;
      EXPECT_EQ(change(results, metric, figure, "change_se_usd"), 0) << metric << " " << figure;
    }
  }
  EXPECT_GT(change(results, "aggregate", "mean", "base_usd"), 0);
}

TEST(Scenario, ChangesOfMeansAgreeWithTheirClosedForms) {
  std::vector<Stress> stresses(5);
  stresses[0].trend_shock = 0.08;
  stresses[1].pandemic_frequency = 1.3;
  stresses[1].pandemic_severity = 1.1;
  stresses[2].severity_above_usd = 100e3;
  stresses[2].severity_factor = 1.5;
  stresses[3].therapies = {therapy(2000, 500e3)};
  stresses[4].effects.factor = 2;
  for (std::size_t s = 0; s < stresses.size(); ++s) {
    const ResultFile results =
        stressed_results(insured_book(), stresses[s], options(20'000, s + 1));
    for (const char* metric : {"ground_up", "retained", "specific", "aggregate", "gross", "net"}) {
      const double z = change(results, metric, "mean", "z");
      EXPECT_LT(std::fabs(z), 4.5) << "stress " << s << ", " << metric;
    }
    EXPECT_TRUE(results.gate.passed());
  }
}

TEST(Scenario, MovesEveryClaimWithItsLaw) {
  Stress stress;
  stress.trend_shock = 0.05;
  const ResultFile results = stressed_results(insured_book(), stress, options(5000));
  for (std::size_t y = 0; y < 5000; ++y) {
    EXPECT_GE(results.losses[1].cents[y], results.losses[0].cents[y]) << y;
  }
  // Paired years are far surer than two runs would be.
  EXPECT_LT(5 * change(results, "ground_up", "mean", "change_se_usd"),
            change(results, "ground_up", "sd", "base_usd") / std::sqrt(5000.0));
}

TEST(Scenario, APandemicsFewerClaimsAreSomeOfTheBases) {
  Stress stress;
  stress.pandemic_frequency = 0.9;
  const ResultFile results = stressed_results(insured_book(), stress, options(5000));
  for (std::size_t y = 0; y < 5000; ++y) {
    EXPECT_LE(results.losses[1].cents[y], results.losses[0].cents[y]) << y;
  }
}

TEST(Scenario, TrendLeveragesAParetoTailByItsIndex) {
  // (1 + 8%)^alpha - 1 more excess over every deductible: 15.5031% at alpha 1.872727.
  Portfolio book = made_up::portfolio({40, 40, 40});
  DistributionSpec law;
  law.name = "pareto";
  law.kind = "pareto";
  law.numbers = {{"alpha", {1.872727}}, {"threshold_usd", {2e3}}};
  law.maximum_usd = 1e12;
  book.distributions.push_back(law);
  made_up::add_group_column(book, "effect_cv", {0, 0, 0});
  made_up::add_group_column(book, "specific_deductible_usd", {50e3, 100e3, 300e3});
  Stress stress;
  stress.trend_shock = 0.08;
  const ResultFile results = stressed_results(book, stress, options(100));
  const ResultTable& groups = *results.find("groups");
  const auto column = [&](std::string_view name) {
    for (const QuoteColumn& each : groups.columns) {
      if (each.name == name) return std::get<std::vector<double>>(each.values);
    }
    return std::vector<double>{};
  };
  const auto base = column("base_specific_usd"), stressed = column("stressed_specific_usd");
  ASSERT_EQ(base.size(), 3u);
  for (std::size_t group = 0; group < 3; ++group) {
    EXPECT_NEAR(stressed[group] / base[group], 1.155031, 2e-4) << group;
  }
}

TEST(Scenario, IndexedDeductiblesGrowTheSpecificByTheTrendAlone) {
  Portfolio book = insured_book();
  book.distributions[0].maximum_usd = 1e12;  // no claim of the run meets the cap
  Stress stress;
  stress.trend_shock = 0.08;
  stress.terms.specific_deductible_factor = 1.08;
  stress.terms.aggregating_specific_usd = 0;
  stress.reprice = true;
  Stress base_terms;
  base_terms.terms.aggregating_specific_usd = 0;
  base_terms.reprice = true;
  const ResultFile indexed = stressed_results(book, stress, options(2000));
  const ResultFile plain = stressed_results(book, base_terms, options(2000));
  EXPECT_NEAR(change(indexed, "specific", "mean", "stressed_usd") /
                  change(plain, "specific", "mean", "stressed_usd"),
              1.08, 1e-6);
}

TEST(Scenario, ATherapyAddsFrequencyTimesItsExcess) {
  // Other claims are a few hundred dollars, so each patient pays cost - deductible, more or less.
  Portfolio book = made_up::portfolio({50, 50});
  DistributionSpec law;
  law.name = "small";
  law.kind = "continuance";
  law.columns = {{"upper_usd", {0, 1e3}}, {"probability", {.3, .7}}, {"mean_usd", {0, 400}}};
  book.distributions.push_back(law);
  made_up::add_group_column(book, "effect_cv", {0, 0});
  made_up::add_group_column(book, "specific_deductible_usd", {100e3, 250e3});
  Stress stress;
  const double frequency =
      0x1p-13;  // on a bucket's edge, so that the table has no ramp (data/laws.md)
  stress.therapies = {therapy(1e6 * frequency, 2e6)};
  const ResultFile results = stressed_results(book, stress, options(1000));
  const double small = .7 * 400;
  const double expected = 50 * frequency * (4e6 + 2 * small - 100e3 - 250e3);
  EXPECT_NEAR(change(results, "specific", "mean", "exact_change_usd"), expected, 2e-4 * expected);
}

TEST(Scenario, KeepsPremiumsAndAttachmentsUnlessItReprices) {
  Stress stress;
  stress.trend_shock = 0.2;
  const auto premiums = [&](bool reprice) {
    stress.reprice = reprice;
    const ResultFile results = stressed_results(insured_book(), stress, options(2000));
    const auto& columns = results.find("loss_ratio")->columns;
    return std::pair(std::get<std::vector<double>>(columns[1].values)[0],
                     std::get<std::vector<double>>(columns[2].values)[0]);
  };
  const auto [bound_base, bound] = premiums(false);
  const auto [priced_base, priced] = premiums(true);
  EXPECT_EQ(bound, bound_base);
  EXPECT_EQ(priced_base, bound_base);
  EXPECT_GT(priced, 1.2 * bound_base);
}

std::vector<double> numbers(const ResultFile& results, const char* table, std::string_view column) {
  for (const QuoteColumn& each : results.find(table)->columns) {
    if (each.name == column) return std::get<std::vector<double>>(each.values);
  }
  throw Error(ErrorKind::internal, "no column " + std::string(column));
}

/// One group of the insured book: what it pays is what the book pays.
Portfolio one_group_with_pooled_retention() {
  Portfolio book = made_up::portfolio({50});
  book.distributions.push_back(insured_book().distributions[0]);
  made_up::add_group_column(book, "effect_cv", {0.2});
  made_up::add_group_column(book, "specific_deductible_usd", {40e3});
  made_up::add_group_column(book, "aggregating_specific_usd", {20e3});
  return book;
}

TEST(Scenario, AGroupsChangeIsAsSureAsThatOfABookOfItAlone) {
  Stress stress;
  stress.trend_shock = 0.1;
  TailOptions simulated = options(20'000);
  simulated.run.method = Method::simulate;
  const ResultFile results =
      stressed_results(one_group_with_pooled_retention(), stress, simulated);
  const double of_years = change(results, "gross", "mean", "change_se_usd");
  const double of_batches = numbers(results, "groups", "change_se_usd")[0];
  EXPECT_GT(of_years, 0);
  // An error from 64 batches varies by 9% of itself.
  EXPECT_NEAR(of_batches / of_years, 1, 0.35);
  EXPECT_NEAR(numbers(results, "groups", "change_usd")[0],
              change(results, "gross", "mean", "change_usd"), 0.01);
}

TEST(Scenario, AnExactChangeHasNoErrorAndTooFewYearsClaimNone) {
  Stress stress;
  stress.trend_shock = 0.1;
  const ResultFile exact = stressed_results(insured_book(), stress, options(2000));
  EXPECT_EQ(numbers(exact, "groups", "change_se_usd"), (std::vector<double>{0, 0, 0}));
  TailOptions few = options(500);
  few.run.method = Method::simulate;
  const ResultFile unsure = stressed_results(one_group_with_pooled_retention(), stress, few);
  EXPECT_TRUE(std::isnan(numbers(unsure, "groups", "change_se_usd")[0]));
}

TEST(Scenario, NetLossRatiosAreOverWhatTreatiesLeaveOfThePremium) {
  Stress stress;
  stress.trend_shock = 0.1;
  const ResultFile plain = stressed_results(insured_book(), stress, options(1000));
  for (const char* column : {"base_premium_usd", "stressed_premium_usd", "base_ratio",
                             "stressed_ratio", "stressed_above_premium"}) {
    const std::vector<double> rows = numbers(plain, "loss_ratio", column);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0], rows[1]) << column;  // without treaties, net is gross
  }
  Portfolio book = insured_book();
  book.treaties.rows = 1;
  book.treaties.columns = {{"kind", 1, std::vector<std::uint8_t>{0}},
                           {"share", 1, std::vector<double>{0.4}}};
  const ResultFile shared = stressed_results(book, stress, options(1000));
  const std::vector<double> premium = numbers(shared, "loss_ratio", "stressed_premium_usd");
  EXPECT_NEAR(premium[1], 0.6 * premium[0], 1e-6 * premium[0]);
  const std::vector<double> ratio = numbers(shared, "loss_ratio", "stressed_ratio");
  EXPECT_NEAR(ratio[1], ratio[0], 1e-6);
}

TEST(Scenario, HasTheSameBitsForAnyNumberOfThreads) {
  Stress stress;
  stress.therapies = {therapy(2000, 500e3)};
  TailOptions one = options(1000), four = options(1000);
  one.run.threads = 1;
  four.run.threads = 4;
  const ResultFile a = stressed_results(insured_book(), stress, one);
  const ResultFile b = stressed_results(insured_book(), stress, four);
  EXPECT_EQ(a.losses[1].cents, b.losses[1].cents);
  EXPECT_EQ(change(a, "gross", "tvar_99", "change_se_usd"),
            change(b, "gross", "tvar_99", "change_se_usd"));
  EXPECT_EQ(numbers(a, "groups", "change_se_usd"), numbers(b, "groups", "change_se_usd"));
}

TEST(Scenario, RefusesATherapyWhoseLawIsUnsoundBeforeItSimulates) {
  Stress stress;
  stress.file = "stress.toml";
  stress.therapies = {therapy(10, 0)};
  stress.therapies[0].place = "line 4, column 7: ";
  stress.therapies[0].own_law = DistributionSpec{};
  stress.therapies[0].own_law->kind = "lognormal";
  stress.therapies[0].own_law->numbers = {{"mean_usd", {2e6}}, {"cv", {-1}}};
  TailOptions never = options(4'000'000'000u);
  try {
    stressed_results(insured_book(), stress, never);
    FAIL() << "accepted";
  } catch (const Error& error) {
    ASSERT_EQ(error.problems().size(), 1u);
    const std::string text = error.problems().front().text();
    EXPECT_NE(text.find("stress.toml:therapy.law.cv"), std::string::npos) << text;
    EXPECT_NE(text.find("line 4, column 7"), std::string::npos) << text;
  }
}

TEST(Scenario, TakesATherapysCostFromALawOfTheBook) {
  Stress stress;
  stress.therapies = {therapy(5000, 0)};
  stress.therapies[0].law = "silver";
  const ResultFile results = stressed_results(insured_book(), stress, options(1000));
  const double expected = 120 * 5e-3 * .85 * 9e3;  // of those with claims, 9,000
  EXPECT_NEAR(change(results, "ground_up", "mean", "exact_change_usd"), expected, 1e-4 * expected);
}

}  // namespace
}  // namespace corridor
