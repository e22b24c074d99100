// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/price.hpp"

#include <gtest/gtest.h>

#include <random>

#include "corridor/error.hpp"
#include "tests/money/made_up_run.hpp"

namespace corridor {
namespace {

using made_up::MadeUpRun;
using made_up::Years;

Years repeat(const Years& pattern, std::size_t years) {
  Years amounts(years);
  for (std::size_t year = 0; year < years; ++year) amounts[year] = pattern[year % pattern.size()];
  return amounts;
}

/// One group of 100 employees with both covers over 1,000 years.
MadeUpRun one_group(const PricingBasis& basis = {}, const std::vector<std::string>& principles = {},
                    const std::vector<std::string>& levels = {}) {
  MadeUpRun run;
  for (const std::string& level : levels) run.plan.options.levels.push_back(parse_level(level));
  run.basis = basis;
  run.plan.options.principles = principles;
  run.add_group("G1", 100, 203);
  run.add_row(100'000, repeat({50'000'000, 70'000'000}, 1'000),
              repeat({0, 20'000'000, 0, 60'000'000}, 1'000), repeat({0, 10'000'000}, 1'000));
  return run;
}

std::vector<std::string> every_principle() {
  std::vector<std::string> names;
  for (const PrincipleInfo& principle : premium_principles()) names.push_back(principle.name);
  return names;
}

TEST(Premiums, WithNoLoadEveryPrincipleIsTheMean) {
  const Quotes quotes = one_group(made_up::no_loads(), every_principle()).priced();
  const double mean =
      quotes.number("specific_mean_usd", 0) + quotes.number("aggregate_mean_usd", 0);
  EXPECT_EQ(mean, 200'000 + 50'000);
  ASSERT_EQ(quotes.principles.size(), 7u);
  for (const std::string& principle : quotes.principles) {
    EXPECT_NEAR(quotes.number("premium_" + principle + "_usd", 0), mean, 1e-9 * mean) << principle;
  }
}

TEST(Premiums, EveryLoadOfAPrincipleRaisesItsPremium) {
  const Quotes without = one_group(made_up::no_loads(), every_principle()).priced();
  PricingBasis risky = made_up::no_loads();
  for (CoverLoads* loads : {&risky.specific, &risky.aggregate}) {
    loads->theta = loads->sd_weight = loads->lambda = loads->tvar_weight = 0.1;
    loads->cost_of_capital = 0.1;
    loads->variance_weight = 1e-7;
    loads->rho = 1.1;
  }
  const Quotes with = one_group(risky, every_principle()).priced();
  for (const std::string& principle : with.principles) {
    const std::string column = "premium_" + principle + "_usd";
    EXPECT_GT(with.number(column, 0), 1.01 * without.number(column, 0)) << principle;
  }
}

TEST(Premiums, FollowTheirFormulas) {
  PricingBasis basis = made_up::no_loads();
  basis.specific.theta = 0.2;
  basis.aggregate.theta = 0.5;
  basis.specific.sd_weight = 0.3;
  basis.specific.variance_weight = 2e-7;
  basis.aggregate.tvar_weight = 0.25;
  basis.specific.cost_of_capital = 0.06;
  basis.specific.capital_share = 0.25;
  const Quotes quotes = one_group(basis, every_principle()).priced();
  const auto number = [&](const char* name) { return quotes.number(name, 0); };
  const double sd = number("specific_sd_usd"), mean = number("specific_mean_usd");
  const double aggregate = number("aggregate_mean_usd");
  EXPECT_DOUBLE_EQ(number("premium_expected_value_usd"), 1.2 * mean + 1.5 * aggregate);
  EXPECT_DOUBLE_EQ(number("premium_standard_deviation_usd"), mean + 0.3 * sd + aggregate);
  EXPECT_DOUBLE_EQ(number("premium_variance_usd"), mean + 2e-7 * sd * sd + aggregate);
  const double aggregate_tvar = number("aggregate_tvar_99_usd");
  EXPECT_DOUBLE_EQ(number("premium_tvar_usd"),
                   mean + aggregate + 0.25 * (aggregate_tvar - aggregate));
  const double specific_tvar = number("specific_tvar_99_usd");
  EXPECT_DOUBLE_EQ(number("premium_cost_of_capital_usd"),
                   mean + 0.06 / 1.06 * 0.25 * (specific_tvar - mean) + aggregate);
}

TEST(Premiums, AreGrossedUpByWhatIsLeftForLosses) {
  // 8% expense, 10% commission, 2.5% tax, 5% profit: P = L / 0.745.
  PricingBasis basis = made_up::no_loads();
  for (CoverLoads* loads : {&basis.specific, &basis.aggregate}) {
    loads->expense = 0.08;
    loads->commission = 0.10;
    loads->premium_tax = 0.025;
    loads->profit = 0.05;
  }
  const Quotes quotes = one_group(basis, {"expected_value"}).priced();
  EXPECT_DOUBLE_EQ(quotes.number("premium_expected_value_usd", 0), 250'000 / 0.745);
}

TEST(Premiums, FixedCostIsPerEmployeeAndMonthOfEachCover) {
  PricingBasis basis = made_up::no_loads();
  basis.specific.fixed_usd_pepm = 3;
  basis.aggregate.fixed_usd_pepm = 2;
  basis.aggregate.expense = 0.2;
  const Quotes quotes = one_group(basis, {"expected_value"}).priced();
  const double months = 100 * 12;
  EXPECT_DOUBLE_EQ(quotes.number("premium_expected_value_usd", 0),
                   200'000 + 3 * months + (50'000 + 2 * months) / 0.8);
}

TEST(Premiums, ACoverThatIsNotSoldCostsNothing) {
  PricingBasis basis = made_up::no_loads();
  basis.specific.fixed_usd_pepm = basis.aggregate.fixed_usd_pepm = 7;
  MadeUpRun run;
  run.basis = basis;
  run.plan.options.principles = {"expected_value"};
  run.add_group("G1", 100, 203);
  run.add_row(HUGE_VAL, repeat({50'000'000}, 1'000), repeat({0}, 1'000));
  EXPECT_EQ(run.priced().number("premium_expected_value_usd", 0), 0);
}

TEST(Premiums, PerEmployeePerMonthDividesByTheMonthsOfThePolicy) {
  MadeUpRun run = one_group(made_up::no_loads(), {"expected_value"});
  EXPECT_DOUBLE_EQ(run.priced().number("premium_expected_value_pepm_usd", 0), 250'000 / 1'200.0);
  run.portfolio.groups.columns.push_back({"policy_months", 1, std::vector<std::uint8_t>{6}});
  EXPECT_DOUBLE_EQ(run.priced().number("premium_expected_value_pepm_usd", 0), 250'000 / 600.0);
}

TEST(Premiums, MonthlyEnrolmentIsCountedMonthByMonth) {
  MadeUpRun run = one_group(made_up::no_loads(), {"expected_value"});
  std::vector<std::uint32_t> monthly;
  for (std::uint32_t month = 0; month < 12; ++month) {
    monthly.insert(monthly.end(), {month >= 6 ? 34u : 30u, 1, 2, 10});
  }
  run.portfolio.groups.columns.push_back({"employees_monthly", 48, monthly});
  const double months = 6 * 43 + 6 * 47;
  EXPECT_DOUBLE_EQ(run.priced().number("premium_expected_value_pepm_usd", 0), 250'000 / months);
}

TEST(Premiums, AGroupsOwnCommissionReplacesTheBasis) {
  PricingBasis basis = made_up::no_loads();
  basis.specific.commission = basis.aggregate.commission = 0.10;
  MadeUpRun run = one_group(basis, {"expected_value"});
  run.portfolio.groups.columns.push_back({"commission", 1, std::vector<double>{0.2}});
  EXPECT_DOUBLE_EQ(run.priced().number("premium_expected_value_usd", 0), 250'000 / 0.8);
  run.portfolio.groups.columns.back().values = std::vector<double>{std::nan("")};
  EXPECT_DOUBLE_EQ(run.priced().number("premium_expected_value_usd", 0), 250'000 / 0.9);
}

TEST(Premiums, ACommissionThatLeavesNothingForLossesIsNamedWithItsGroup) {
  MadeUpRun run = one_group();
  run.portfolio.groups.columns.push_back({"commission", 1, std::vector<double>{0.9}});
  try {
    run.priced();
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    ASSERT_EQ(error.problems().size(), 1u);
    EXPECT_EQ(error.problems()[0].group, "G1");
    EXPECT_EQ(error.problems()[0].row, 0u);
  }
}

TEST(Premiums, AnUnknownPrincipleIsAUsageErrorThatNamesTheNearest) {
  try {
    one_group({}, {"wang_transfrom"}).priced();
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(error.what()).find("Did you mean 'wang_transform'?"), std::string::npos);
  }
}

TEST(Quotes, ColumnsStandInTheirOrder) {
  const MadeUpRun run = one_group({}, {"wang_transform", "expected_value"}, {"0.995", "0.9"});
  std::vector<std::string> names;
  for (const QuoteColumn& column : run.priced().columns) names.push_back(column.name);
  std::vector<std::string> expected{"group_id",
                                    "state",
                                    "members",
                                    "specific_deductible_usd",
                                    "aggregate_corridor",
                                    "aggregate_attachment_usd",
                                    "expected_claims_usd",
                                    "expected_retained_usd",
                                    "years",
                                    "retained_mean_usd",
                                    "retained_se_usd",
                                    "retained_z",
                                    "specific_before_asd_mean_usd",
                                    "specific_before_asd_se_usd",
                                    "specific_before_asd_exact_usd",
                                    "specific_before_asd_z"};
  for (const std::string cover : {"specific", "aggregate", "total"}) {
    for (const char* figure :
         {"mean_usd", "se_usd", "sd_usd", "low_usd", "high_usd", "exact_usd", "z", "method",
          "exact_error_usd", "simulated_usd", "hits", "probability", "var_90_usd", "tvar_90_usd",
          "tvar_90_low_usd", "tvar_90_high_usd", "var_99_5_usd", "tvar_99_5_usd",
          "tvar_99_5_low_usd", "tvar_99_5_high_usd"}) {
      expected.push_back(cover + "_" + figure);
    }
  }
  for (const char* name : {"premium_wang_transform_usd",
                           "premium_wang_transform_pepm_usd",
                           "premium_expected_value_usd",
                           "premium_expected_value_pepm_usd",
                           "manual_specific_premium_usd",
                           "manual_aggregate_premium_usd",
                           "credibility",
                           "experience_factor_specific",
                           "experience_factor_aggregate",
                           "quoted_specific_premium_usd",
                           "quoted_aggregate_premium_usd",
                           "quoted_premium_usd",
                           "quoted_pepm_usd",
                           "percent_to_manual",
                           "renewal_change",
                           "target_loss_ratio",
                           "expected_loss_ratio",
                           "specific_rate_ee_usd",
                           "specific_rate_ee_sp_usd",
                           "specific_rate_ee_ch_usd",
                           "specific_rate_fam_usd",
                           "aggregate_rate_pepm_usd",
                           "aggregate_factor_ee_usd",
                           "aggregate_factor_ee_sp_usd",
                           "aggregate_factor_ee_ch_usd",
                           "aggregate_factor_fam_usd",
                           "aggregate_minimum_attachment_usd",
                           "expected_claimants",
                           "expected_claimants_half",
                           "maturity_factor",
                           "outside_basis_usd",
                           "laser_credit_usd",
                           "asd_credit_usd",
                           "maximum_liability_usd",
                           "maximum_cost_usd",
                           "flags"}) {
    expected.emplace_back(name);
  }
  EXPECT_EQ(names, expected);
}

TEST(Quotes, WithoutAnAggregateItsCellsAreZeroAndItsTermsAreBlank) {
  MadeUpRun run;
  run.add_group("G1", 100, 203);
  run.add_row(100'000, repeat({1'000}, 1'000), repeat({0, 2'000}, 1'000));
  const Quotes quotes = run.priced();
  for (const char* name : {"aggregate_mean_usd", "aggregate_se_usd", "aggregate_sd_usd",
                           "aggregate_exact_usd", "aggregate_hits", "aggregate_probability",
                           "aggregate_var_99_usd", "aggregate_tvar_99_usd"}) {
    EXPECT_EQ(quotes.number(name, 0), 0) << name;
  }
  EXPECT_TRUE(std::isnan(quotes.number("aggregate_corridor", 0)));
  EXPECT_TRUE(std::isnan(quotes.number("aggregate_attachment_usd", 0)));
  EXPECT_TRUE(std::isnan(quotes.number("aggregate_z", 0)));
  for (const char* figure : {"mean_usd", "sd_usd", "exact_usd", "hits", "var_99_usd"}) {
    EXPECT_EQ(quotes.number(std::string("total_") + figure, 0),
              quotes.number(std::string("specific_") + figure, 0))
        << figure;
  }
}

TEST(Quotes, AClosedFormOfTheSpecificStandsOnlyWithoutAnAggregatingSpecific) {
  MadeUpRun run = one_group();
  EXPECT_EQ(run.priced().number("specific_exact_usd", 0), 200'000);
  EXPECT_TRUE(std::isnan(run.priced().number("aggregate_exact_usd", 0)));
  EXPECT_TRUE(std::isnan(run.priced().number("total_exact_usd", 0)));
  run.portfolio.groups.columns.push_back(
      {"aggregating_specific_usd", 1, std::vector<double>{75'000}});
  EXPECT_TRUE(std::isnan(run.priced().number("specific_exact_usd", 0)));
  EXPECT_TRUE(std::isnan(run.priced().number("specific_z", 0)));
  EXPECT_EQ(run.priced().number("specific_before_asd_exact_usd", 0), 200'000);
}

TEST(Quotes, ZScoreIsTheDistanceInStandardErrorsAndBlankWithoutSpread) {
  MadeUpRun run = one_group();
  run.plan.exact.rows[0][0].specific_before_asd_usd = 190'000;
  const Quotes quotes = run.priced();
  EXPECT_DOUBLE_EQ(quotes.number("specific_before_asd_z", 0),
                   10'000 / quotes.number("specific_before_asd_se_usd", 0));
  EXPECT_EQ(quotes.number("specific_z", 0), quotes.number("specific_before_asd_z", 0));

  MadeUpRun constant;
  constant.add_group("G1", 1, 1);
  constant.add_row(100'000, repeat({1'000}, 500), repeat({700}, 500));
  EXPECT_TRUE(std::isnan(constant.priced().number("specific_z", 0)));
}

TEST(Quotes, FlagsSayWhatToKnow) {
  MadeUpRun run;
  run.add_group("FEW", 10, 20);
  run.add_row(100'000, repeat({1'000}, 1'000), repeat({0, 0, 0, 100}, 1'000));
  run.plan.quotes.back().flags = {"LASER_BELOW_DEDUCTIBLE"};
  run.add_group("NONE", 0, 20);
  run.add_row(100'000, repeat({1'000}, 1'000), repeat({0, 100}, 1'000));
  run.add_group("GOOD", 10, 20);
  run.add_row(100'000, repeat({1'000}, 1'000), repeat({0, 100}, 1'000), repeat({0, 7}, 1'000));
  const Quotes quotes = run.priced();
  EXPECT_EQ(quotes.text("flags", 0), "LASER_BELOW_DEDUCTIBLE;LOW_HITS;Z_NOT_CREDIBLE");
  EXPECT_EQ(quotes.text("flags", 1), "NO_EMPLOYEES");
  EXPECT_TRUE(std::isnan(quotes.number("premium_expected_value_pepm_usd", 1)));
  EXPECT_EQ(quotes.text("flags", 2), "");
}

TEST(Quotes, ARareAggregateIsFlagged) {
  MadeUpRun run;
  run.add_group("G1", 10, 20);
  run.add_row(100'000, repeat({1'000}, 1'000), repeat({0, 100}, 1'000),
              repeat({0, 0, 0, 9}, 1'000));
  EXPECT_EQ(run.priced().text("flags", 0), "LOW_HITS");
}

TEST(Quotes, AMeanThatMissesItsClosedFormFailsTheGateAndIsNamed) {
  MadeUpRun run = one_group();
  EXPECT_TRUE(run.priced().gate.passed());
  EXPECT_EQ(run.priced().gate.checked, 2u);
  run.plan.exact.rows[0][0].retained_usd *= 1.05;
  const Quotes quotes = run.priced();
  ASSERT_EQ(quotes.gate.failures.size(), 1u);
  EXPECT_NE(quotes.gate.failures[0].find("group G1, deductible 100000, retained"),
            std::string::npos)
      << quotes.gate.failures[0];
  EXPECT_EQ(quotes.text("flags", 0), "GATE_FAILED");
}

TEST(Quotes, FactsOfTheRunNameEveryLoad) {
  const Quotes quotes = one_group().priced();
  EXPECT_EQ(quotes.run.seed, 1u);
  EXPECT_EQ(quotes.run.years, 1'000u);
  EXPECT_EQ(quotes.run.input_digest, "0123");
  const auto has = [&](const std::string& name, const std::string& value) {
    return std::any_of(quotes.run.settings.begin(), quotes.run.settings.end(),
                       [&](const NamedValue& s) { return s.name == name && s.value == value; });
  };
  EXPECT_TRUE(has("specific.expense", "0.08"));
  EXPECT_TRUE(has("aggregate.theta", "0.05"));
  EXPECT_TRUE(has("principles", "expected_value,standard_deviation"));
  EXPECT_TRUE(has("levels", "99"));
}

TEST(Levels, OfARunAreThoseAskedForAndTheCapitalLevelOnlyWhereItIsNeeded) {
  RunOptions options;
  PricingBasis basis;
  basis.capital_level = parse_level("0.995");
  const auto texts = [&] {
    std::string all;
    for (const Level& level : levels_for(options, basis)) all += level.text + " ";
    return all;
  };
  EXPECT_EQ(texts(), "0.99 ");
  options.principles = {"tvar"};
  EXPECT_EQ(texts(), "0.99 0.995 ");
  options.levels = {parse_level("0.999"), parse_level("0.9"), parse_level("0.90")};
  EXPECT_EQ(texts(), "0.9 0.995 0.999 ");
}

TEST(Levels, TooManyForAResultsFileAreAUsageErrorBeforeTheRun) {
  RunOptions options;
  for (int i = 1; i <= 40; ++i) {
    options.levels.push_back(parse_level("0.9" + std::to_string(1'000 + i)));
  }
  EXPECT_EQ(levels_for(options, {}).size(), 40u);
  options.levels.push_back(parse_level("0.5"));
  try {
    levels_for(options, {});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
  }
}

TEST(Principles, SayWhatTheyNeed) {
  EXPECT_FALSE(needs_distribution({}));
  EXPECT_FALSE(needs_distribution({"tvar", "variance"}));
  EXPECT_TRUE(needs_distribution({"variance", "ph_transform"}));
  EXPECT_TRUE(needs_distribution({"wang_transform"}));
}

}  // namespace
}  // namespace corridor
