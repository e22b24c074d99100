// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "corridor/error.hpp"
#include "host/price/employer_maximum.hpp"
#include "host/price/quoted.hpp"
#include "host/price/tiers.hpp"
#include "tests/money/made_up_run.hpp"

namespace corridor {
namespace {

using made_up::MadeUpRun;
using made_up::Years;

constexpr double inf = HUGE_VAL;

Years repeat(const Years& pattern, std::size_t years = 1'000) {
  Years amounts(years);
  for (std::size_t year = 0; year < years; ++year) amounts[year] = pattern[year % pattern.size()];
  return amounts;
}

/// Specific mean 200,000, aggregate mean 50,000; 30 EE, 5 EE+SP, 0 EE+CH, 10 FAM.
MadeUpRun one_group(const PricingBasis& basis = made_up::no_loads()) {
  MadeUpRun run;
  run.basis = basis;
  run.plan.options.principles = {"expected_value"};
  run.attachment_usd = 750'000;
  run.add_group("G1", 0, 90);
  run.set("employees", std::vector<std::uint32_t>{30, 5, 0, 10}, 4);
  run.add_row(100'000, repeat({50'000'000, 70'000'000}), repeat({0, 20'000'000, 0, 60'000'000}),
              repeat({0, 10'000'000}));
  return run;
}

TEST(Tiers, RatesTimesMonthsAreThePremium) {
  const Quotes quotes = one_group().priced();
  const double ee = quotes.number("specific_rate_ee_usd", 0);
  const double ee_sp = quotes.number("specific_rate_ee_sp_usd", 0);
  const double fam = quotes.number("specific_rate_fam_usd", 0);
  // 200,000 / (12 * (30 * 1 + 5 * 2.05 + 10 * 2.75)) = 246.0024...
  EXPECT_DOUBLE_EQ(ee, 200'000 / (12 * 67.75));
  EXPECT_DOUBLE_EQ(ee_sp, 2.05 * ee);
  EXPECT_DOUBLE_EQ(fam, 2.75 * ee);
  EXPECT_DOUBLE_EQ(12 * (30 * ee + 5 * ee_sp + 10 * fam), 200'000);
}

TEST(Tiers, ATierWithoutEmployeesHasARateToo) {
  const Quotes quotes = one_group().priced();
  EXPECT_DOUBLE_EQ(quotes.number("specific_rate_ee_ch_usd", 0),
                   1.7 * quotes.number("specific_rate_ee_usd", 0));
}

TEST(Tiers, FactorsTimesMonthsAreTheAttachment) {
  const Quotes quotes = one_group().priced();
  const double ee = 750'000 / (12 * (30 * 1 + 5 * 2.0 + 10 * 2.95));
  EXPECT_DOUBLE_EQ(quotes.number("aggregate_factor_ee_usd", 0), ee);
  EXPECT_DOUBLE_EQ(quotes.number("aggregate_factor_ee_sp_usd", 0), 2 * ee);
  EXPECT_DOUBLE_EQ(quotes.number("aggregate_factor_ee_ch_usd", 0), 1.85 * ee);
  EXPECT_DOUBLE_EQ(quotes.number("aggregate_factor_fam_usd", 0), 2.95 * ee);
  EXPECT_DOUBLE_EQ(quotes.number("aggregate_rate_pepm_usd", 0), 50'000 / (45 * 12.0));
}

TEST(Tiers, TheBooksRelativitiesReplaceTheDefaults) {
  MadeUpRun run = one_group();
  run.portfolio.quote_specific_relativity = {2, 4, 3, 6};
  run.portfolio.quote_factor_relativity = {1, 1, 1, 1};
  const Quotes quotes = run.priced();
  EXPECT_DOUBLE_EQ(quotes.number("specific_rate_fam_usd", 0),
                   200'000 * 6 / (12 * (30 * 2 + 5 * 4 + 10 * 6.0)));
  EXPECT_DOUBLE_EQ(quotes.number("aggregate_factor_ee_usd", 0), 750'000 / (45 * 12.0));
}

TEST(Tiers, FactorsOfTheBookAreEchoedUnlessACorridorReplacesThem) {
  MadeUpRun run = one_group();
  run.set("aggregate_factor_usd", std::vector<double>{600, 1'200, 1'100, 1'500}, 4);
  EXPECT_NE(run.priced().number("aggregate_factor_ee_usd", 0), 600);
  run.plan.quotes[0].aggregate_corridor = std::nan("");
  EXPECT_EQ(run.priced().number("aggregate_factor_ee_usd", 0), 600);
  EXPECT_EQ(run.priced().number("aggregate_factor_fam_usd", 0), 1'500);
}

TEST(Tiers, AGroupWithoutEmployeesHasNoRates) {
  MadeUpRun run = one_group();
  run.set("employees", std::vector<std::uint32_t>{0, 0, 0, 0}, 4);
  const Quotes quotes = run.priced();
  EXPECT_TRUE(std::isnan(quotes.number("specific_rate_ee_usd", 0)));
  EXPECT_TRUE(std::isnan(quotes.number("aggregate_factor_ee_usd", 0)));
  EXPECT_TRUE(std::isnan(quotes.number("aggregate_rate_pepm_usd", 0)));
  EXPECT_EQ(quotes.number("quoted_premium_usd", 0), 250'000);
  EXPECT_NE(quotes.text("flags", 0).find("NO_EMPLOYEES"), std::string::npos);
}

TEST(Tiers, RatesFollowMonthlyEnrolment) {
  // Singles 30 for six months, then 34; families 10: 384 and 120 months.
  const Tiers months{384, 0, 0, 120};
  const Tiers amounts = monthly_amounts(410'400, {600, 1, 1, 1'500}, months);
  EXPECT_DOUBLE_EQ(amounts[0], 600);
  EXPECT_DOUBLE_EQ(amounts[3], 1'500);
  EXPECT_DOUBLE_EQ(over_months(amounts, months), 410'400);
}

TEST(Quotes, TheFirstPrincipleIsTheQuotingOne) {
  MadeUpRun run = one_group(PricingBasis{});
  run.plan.options.principles = {"standard_deviation", "expected_value"};
  const Quotes quotes = run.priced();
  EXPECT_DOUBLE_EQ(quotes.number("quoted_premium_usd", 0),
                   quotes.number("premium_standard_deviation_usd", 0));
  EXPECT_NE(quotes.number("quoted_premium_usd", 0), quotes.number("premium_expected_value_usd", 0));
}

TEST(LossRatios, WeighEachCoverByItsPremium) {
  PricingBasis basis = made_up::no_loads();
  basis.specific.expense = 0.2;
  basis.aggregate.expense = 0.5;
  const Quotes quotes = one_group(basis).priced();
  // Premiums 250,000 and 100,000: (0.8 * 250 + 0.5 * 100) / 350.
  EXPECT_DOUBLE_EQ(quotes.number("target_loss_ratio", 0), 250.0 / 350);
  EXPECT_DOUBLE_EQ(quotes.number("expected_loss_ratio", 0), 250.0 / 350);
  basis.specific.theta = 0.1;  // The risk load lowers what is expected, not the target's parts.
  const Quotes loaded = one_group(basis).priced();
  EXPECT_DOUBLE_EQ(loaded.number("target_loss_ratio", 0), (220.0 + 50) / (275 + 100));
  EXPECT_DOUBLE_EQ(loaded.number("expected_loss_ratio", 0), 250.0 / 375);
}

TEST(Loads, ManagingUnderwriterAndFrontingAreSharesOfThePremium) {
  PricingBasis basis = made_up::no_loads();
  for (CoverLoads* loads : {&basis.specific, &basis.aggregate}) {
    loads->mgu_fee = 0.07;
    loads->fronting = 0.05;
  }
  EXPECT_DOUBLE_EQ(one_group(basis).priced().number("premium_expected_value_usd", 0),
                   250'000 / 0.88);
}

TEST(Loads, AStatesTaxReplacesTheBasisForItsGroups) {
  PricingBasis basis = made_up::no_loads();
  basis.specific.premium_tax = basis.aggregate.premium_tax = 0.025;
  basis.premium_tax_by_state["TX"] = 0.0175;
  MadeUpRun run = one_group(basis);
  EXPECT_DOUBLE_EQ(run.priced().number("premium_expected_value_usd", 0), 250'000 / 0.975);
  run.set("state", std::vector<std::string>{"TX"});
  EXPECT_DOUBLE_EQ(run.priced().number("premium_expected_value_usd", 0), 250'000 / 0.9825);
}

TEST(Credits, AreWhatTermsTakeOffTheSpecific) {
  MadeUpRun run = one_group();
  run.plan.exact.rows[0][0].laser_band_usd = 20'000;
  run.plan.exact.rows[0][0].mature_specific_before_asd_usd = 250'000;
  run.plan.exact.rows[0][0].claimants = 1.5;
  run.plan.exact.outside_basis_usd[0] = 1'234;
  run.set("specific_reimbursement", std::vector<double>{0.9});
  RowTally& row = run.tallies[0].rows[0];
  row.specific_before_asd =
      made_up::cell_of(repeat({7'500'000, 27'500'000, 7'500'000, 67'500'000}));
  const Quotes quotes = run.priced();
  EXPECT_DOUBLE_EQ(quotes.number("laser_credit_usd", 0), 18'000);
  EXPECT_DOUBLE_EQ(quotes.number("asd_credit_usd", 0), 75'000);
  EXPECT_DOUBLE_EQ(quotes.number("maturity_factor", 0), 0.8);
  EXPECT_DOUBLE_EQ(quotes.number("expected_claimants", 0), 1.5);
  EXPECT_DOUBLE_EQ(quotes.number("outside_basis_usd", 0), 1'234);
}

/// Flags of one_group()'s row after a change to its losses.
template <class Change>
std::string flags_after(const Change& change) {
  const MadeUpRun run = one_group();
  Losses losses = run.losses();
  change(losses.jobs[0].rows[0]);
  return price(run.portfolio, run.plan, losses, run.basis, {}).text("flags", 0);
}

TEST(Flags, NameACoverThatNeitherALawNorARunKnows) {
  EXPECT_EQ(flags_after([](RowLoss&) {}), "");
  const auto names = [](const std::string& flags) {
    return flags.find("NO_EXACT_LAW") != std::string::npos;
  };
  EXPECT_TRUE(names(flags_after([](RowLoss& row) { row.specific.mean_usd = NAN; })));
  EXPECT_TRUE(names(flags_after([](RowLoss& row) { row.aggregate[0].mean_usd = NAN; })));
}

TEST(Flags, CountHitsOfWhatWasSimulatedAlone) {
  const auto few = [](FigureSource source, std::uint64_t years) {
    const std::string flags = flags_after([&](RowLoss& row) {
      row.specific.source = source;
      row.specific.years = years;
      row.specific.hits = 3;
    });
    return flags.find("LOW_HITS") != std::string::npos;
  };
  EXPECT_TRUE(few(FigureSource::simulated, 1'000));
  EXPECT_TRUE(few(FigureSource::exact_mean, 1'000));
  EXPECT_FALSE(few(FigureSource::exact, 1'000)) << "its figures do not rest on hits";
  EXPECT_FALSE(few(FigureSource::exact_mean, 0)) << "nothing was simulated";
}

// ---- Experience and renewal ----

TEST(Experience, CarriersWithOtherCredibilityQuoteOtherRates) {
  // Manual 100 PEPM, own experience 60: carriers A and B trust it by 25% and 75%.
  EXPECT_DOUBLE_EQ(experience_rated(100, 0.6, 0.25, 0).premium_usd, 90);
  EXPECT_DOUBLE_EQ(experience_rated(100, 0.6, 0.75, 0).premium_usd, 70);
}

TEST(Experience, StopsAtTheFloor) {
  EXPECT_DOUBLE_EQ(experience_rated(100, 0.1, 0.75, 0.6).premium_usd, 60);
  EXPECT_TRUE(experience_rated(100, 0.1, 0.75, 0.6).at_floor);
  EXPECT_FALSE(experience_rated(100, 0.6, 0.75, 0.6).at_floor);
  EXPECT_DOUBLE_EQ(experience_rated(100, 3, 0.5, 0.6).premium_usd, 200);
}

TEST(Experience, WithoutAFactorOrWeightIsTheManualRate) {
  EXPECT_EQ(experience_rated(100, std::nan(""), 0.75, 0.6).premium_usd, 100);
  EXPECT_EQ(experience_rated(100, 0.1, 0, 0.6).premium_usd, 100);
  const Quotes quotes = one_group().priced();
  EXPECT_EQ(quotes.number("credibility", 0), 0);
  EXPECT_TRUE(std::isnan(quotes.number("experience_factor_specific", 0)));
  EXPECT_EQ(quotes.number("percent_to_manual", 0), 1);
}

/// Two years of the group as it is, 2024 and 2025, priced for 2026.
MadeUpRun with_experience(const std::vector<double>& paid, const std::vector<double>& above) {
  MadeUpRun run = one_group();
  run.portfolio.policy_year = 2026;
  Table& table = run.portfolio.experience;
  table.rows = 2;
  table.columns = {
      {"group", 1, std::vector<std::uint32_t>{0, 0}},
      {"period", 1, std::vector<std::uint16_t>{2024, 2025}},
      {"months", 1, std::vector<std::uint8_t>{12, 12}},
      {"employee_months", 4, std::vector<std::uint32_t>{360, 60, 0, 120, 180, 30, 0, 60}},
      {"paid_usd", 1, paid},
      {"paid_above_deductible_usd", 1, above},
      {"deductible_usd", 1, std::vector<double>{80'000, 90'000}}};
  return run;
}

TEST(Experience, FactorsAreSumsOfPaidOverSumsOfExpected) {
  // Without trend: 540 and 270 employee-months against 540 a year.
  const MadeUpRun run = with_experience({600'000, 400'000}, {90'000, 60'000});
  const ExperienceMeans means{{800'000, 800'000}, {200'000, 180'000}};
  const Quotes quotes = run.priced(means);
  const double above = 200'000 + 90'000, all = 800'000 + 400'000;
  EXPECT_DOUBLE_EQ(quotes.number("experience_factor_specific", 0), 150'000 / above);
  EXPECT_DOUBLE_EQ(quotes.number("experience_factor_aggregate", 0), 850'000 / (all - above));
  // 810 employee-months are 67.5 life-years.
  EXPECT_DOUBLE_EQ(quotes.number("credibility", 0), 67.5 / (67.5 + 274));
}

TEST(Experience, OfWhatNothingIsExpectedHasNoFactor) {
  const MadeUpRun run = with_experience({600'000, 400'000}, {90'000, 60'000});
  const Quotes below = run.priced({{800'000, 800'000}, {0, 0}});
  EXPECT_TRUE(std::isnan(below.number("experience_factor_specific", 0)));
  EXPECT_DOUBLE_EQ(below.number("experience_factor_aggregate", 0), 850'000 / 1'200'000.0);
  const Quotes above = run.priced({{200'000, 180'000}, {200'000, 180'000}});
  EXPECT_DOUBLE_EQ(above.number("experience_factor_specific", 0), 150'000 / 290'000.0);
  EXPECT_TRUE(std::isnan(above.number("experience_factor_aggregate", 0)));
}

TEST(Experience, IsBlendedIntoEachCoverOfTheQuote) {
  MadeUpRun run = with_experience({600'000, 400'000}, {90'000, 60'000});
  run.set("credibility", std::vector<double>{0.5});
  const Quotes quotes = run.priced({{800'000, 800'000}, {200'000, 180'000}});
  const double specific = 200'000 * (0.5 * 150.0 / 290 + 0.5);
  const double aggregate = 50'000 * (0.5 * 850.0 / 910 + 0.5);
  EXPECT_DOUBLE_EQ(quotes.number("quoted_specific_premium_usd", 0), specific);
  EXPECT_DOUBLE_EQ(quotes.number("quoted_aggregate_premium_usd", 0), aggregate);
  EXPECT_DOUBLE_EQ(quotes.number("percent_to_manual", 0), (specific + aggregate) / 250'000);
  EXPECT_DOUBLE_EQ(quotes.number("manual_specific_premium_usd", 0), 200'000);
  EXPECT_DOUBLE_EQ(quotes.number("premium_expected_value_usd", 0), 250'000);
  EXPECT_EQ(quotes.text("flags", 0).find("MANUAL_FLOOR"), std::string::npos);
}

TEST(Experience, AtTheFloorIsFlagged) {
  MadeUpRun run = with_experience({600'000, 400'000}, {0, 0});
  run.set("credibility", std::vector<double>{0.9});
  const Quotes quotes = run.priced({{800'000, 800'000}, {200'000, 180'000}});
  EXPECT_DOUBLE_EQ(quotes.number("quoted_specific_premium_usd", 0), 120'000);
  EXPECT_NE(quotes.text("flags", 0).find("MANUAL_FLOOR"), std::string::npos);
}

TEST(Experience, TrendMovesThresholdsUpAndExpectationsDown) {
  MadeUpRun run = with_experience({1, 1}, {0, 0});
  run.portfolio.market["trend"] = 0.08;
  const std::vector<ExperiencePeriod> periods = experience_periods(run.portfolio);
  ASSERT_EQ(periods.size(), 2u);
  EXPECT_DOUBLE_EQ(periods[0].trend_factor, 1.08 * 1.08);
  EXPECT_DOUBLE_EQ(periods[0].threshold_usd, 93'312);
  EXPECT_DOUBLE_EQ(periods[1].threshold_usd, 97'200);
  const auto experience = group_experience(run.portfolio, group_facts(run.portfolio),
                                           {{800'000, 800'000}, {200'000, 180'000}}, 274);
  EXPECT_DOUBLE_EQ(experience[0].periods[0].expected_usd, 800'000 / (1.08 * 1.08));
  EXPECT_DOUBLE_EQ(experience[0].periods[1].expected_above_usd, 180'000 / 1.08 / 2);
}

TEST(Experience, ShorterPeriodsAreNearerToThePolicy) {
  MadeUpRun run = with_experience({1, 1}, {0, 0});
  run.portfolio.market["trend"] = 0.08;
  run.portfolio.experience.columns[2].values = std::vector<std::uint8_t>{12, 18};
  // 2025 began a year before the policy; its middle is 3 months later than that of 12 months.
  EXPECT_DOUBLE_EQ(experience_periods(run.portfolio)[1].trend_factor, std::pow(1.08, 0.75));
}

TEST(Experience, WithoutEnrolmentOrYearIsLeftOutAndFlagged) {
  MadeUpRun no_year = with_experience({600'000, 400'000}, {90'000, 60'000});
  no_year.portfolio.policy_year = 0;
  no_year.portfolio.market["trend"] = 0.08;
  EXPECT_TRUE(experience_periods(no_year.portfolio).empty());
  EXPECT_NE(no_year.priced().text("flags", 0).find("EXPERIENCE_LEFT_OUT"), std::string::npos);
  EXPECT_EQ(no_year.priced().number("credibility", 0), 0);

  MadeUpRun half = with_experience({600'000, 400'000}, {90'000, 60'000});
  half.portfolio.experience.columns[3].values =
      std::vector<std::uint32_t>{0, 0, 0, 0, 180, 30, 0, 60};
  const Quotes quotes = half.priced({{NAN, 800'000}, {NAN, 180'000}});
  EXPECT_DOUBLE_EQ(quotes.number("experience_factor_specific", 0), 60'000 / 90'000.0);
  EXPECT_NE(quotes.text("flags", 0).find("EXPERIENCE_LEFT_OUT"), std::string::npos);
}

TEST(Experience, IsComparedWithABookOfBareDeductibles) {
  MadeUpRun run = with_experience({1, 1}, {0, 0});
  run.portfolio.market["trend"] = 0.08;
  run.portfolio.members.rows = 90;
  run.portfolio.members.columns = {{"scale", 1, std::vector<double>(90, 1.5)},
                                   {"laser_usd", 1, std::vector<double>(90, 200'000)}};
  run.set("specific_limit_usd", std::vector<double>{1e6});
  run.portfolio.quote_specific_usd = {50'000};
  const auto second = experience_book(run.portfolio, 1);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->rows, std::vector<std::size_t>{1});
  EXPECT_EQ(second->portfolio.groups.number("specific_deductible_usd", 0, 0), 97'200);
  EXPECT_EQ(second->portfolio.groups.number("employees", 0, 0, 3), 10);
  EXPECT_FALSE(second->portfolio.groups.has("specific_limit_usd"));
  EXPECT_FALSE(second->portfolio.members.has("laser_usd"));
  EXPECT_EQ(second->portfolio.members.number("scale", 89, 0), 1.5);
  EXPECT_TRUE(second->portfolio.quote_specific_usd.empty());
  EXPECT_FALSE(experience_book(run.portfolio, 2));
}

MadeUpRun renewal(double cap) {
  MadeUpRun run = one_group();
  run.set("new_or_renewal", std::vector<std::uint8_t>{1});
  run.set("rate_cap", std::vector<double>{cap});
  // 12 * (30 * 200 + 5 * 400 + 10 * 550) = 162,000 today.
  run.set("current_rate_usd", std::vector<double>{200, 400, 350, 550}, 4);
  return run;
}

TEST(Renewal, ChangeIsAgainstTodaysRatesAtTheQuotedEnrolment) {
  const Quotes quotes = renewal(inf).priced();
  EXPECT_DOUBLE_EQ(quotes.number("renewal_change", 0), 200.0 / 162 - 1);
  EXPECT_EQ(quotes.text("flags", 0), "");
  EXPECT_TRUE(std::isnan(one_group().priced().number("renewal_change", 0)));
}

TEST(Renewal, ACapHoldsTheSpecificAfterAllLoads) {
  const Quotes quotes = renewal(0.2).priced();
  EXPECT_DOUBLE_EQ(quotes.number("quoted_specific_premium_usd", 0), 1.2 * 162'000);
  EXPECT_DOUBLE_EQ(quotes.number("renewal_change", 0), 0.2);
  EXPECT_EQ(quotes.number("quoted_aggregate_premium_usd", 0), 50'000);
  EXPECT_EQ(quotes.text("flags", 0), "RATE_CAPPED");
  const double rate = quotes.number("specific_rate_ee_usd", 0);
  EXPECT_DOUBLE_EQ(12 * rate * 67.75, 1.2 * 162'000);
  EXPECT_EQ(renewal(0.5).priced().text("flags", 0), "");
}

TEST(Renewal, ACapIsNoPromiseToANewPolicyOrForALowerDeductible) {
  MadeUpRun run = renewal(0.2);
  run.set("new_or_renewal", std::vector<std::uint8_t>{0});
  EXPECT_EQ(run.priced().text("flags", 0), "");
  run = renewal(0.2);
  run.set("specific_deductible_usd", std::vector<double>{125'000});
  EXPECT_EQ(run.priced().text("flags", 0), "");
  run.set("specific_deductible_usd", std::vector<double>{75'000});
  EXPECT_EQ(run.priced().text("flags", 0), "RATE_CAPPED");
}

// ---- The employer's maximum ----

/// d = 100,000, attachment 750,000.
struct Terms {
  QuoteKey quote;
  GroupFacts group;

  Terms() {
    quote.specific_deductible_usd = 100'000;
    quote.has_aggregate = true;
    quote.aggregate_attachment_usd = 750'000;
  }
  double maximum() const { return employer_maximum(quote, group).usd(); }
};

TEST(EmployerMaximum, IsTheAttachmentAndWhatDoesNotCountToIt) {
  Terms terms;
  EXPECT_EQ(terms.maximum(), 750'000);
  terms.group.aggregating_specific_usd = 75'000;
  EXPECT_EQ(terms.maximum(), 825'000);
  terms.group.lasers_usd = {80'000, 150'000, 300'000};  // the first is below the deductible
  EXPECT_EQ(terms.maximum(), 825'000 + 50'000 + 200'000);
}

TEST(EmployerMaximum, WhatCountsIsStoppedByTheAttachment) {
  Terms terms;
  terms.group.aggregating_specific_usd = 75'000;
  terms.group.lasers_usd = {300'000};
  terms.group.counts.laser_band = true;
  EXPECT_EQ(terms.maximum(), 825'000);
  terms.group.counts.asd_absorbed = true;
  EXPECT_EQ(terms.maximum(), 750'000);
  terms.group.counts.laser_band = false;
  EXPECT_EQ(terms.maximum(), 950'000);
}

TEST(EmployerMaximum, LasersThatUseTheAggregatingSpecificUpLeaveTheLarger) {
  Terms terms;
  terms.group.asd_counts_lasers = true;
  terms.group.aggregating_specific_usd = 75'000;
  terms.group.lasers_usd = {150'000};
  EXPECT_EQ(terms.maximum(), 750'000 + 75'000);
  terms.group.lasers_usd = {150'000, 150'000};
  EXPECT_EQ(terms.maximum(), 750'000 + 100'000);
}

TEST(EmployerMaximum, IsUnlimitedWhereClaimsLeak) {
  const auto with = [](auto change) {
    Terms terms;
    change(terms);
    return terms.maximum();
  };
  EXPECT_EQ(with([](Terms& t) { t.quote.has_aggregate = false; }), inf);
  EXPECT_EQ(with([](Terms& t) { t.group.aggregate_limit_usd = 1e6; }), inf);
  EXPECT_EQ(with([](Terms& t) { t.group.aggregate_reimbursement = 0.9; }), inf);
  EXPECT_EQ(with([](Terms& t) { t.group.specific_reimbursement = 0.9; }), inf);
  EXPECT_EQ(with([](Terms& t) { t.group.specific_limit_usd = 1e6; }), inf);
  EXPECT_EQ(with([](Terms& t) { t.group.excluded_members = 1; }), inf);
  EXPECT_EQ(with([](Terms& t) {
              t.quote.specific_deductible_usd = inf;
              t.group.excluded_members = 1;
              t.group.counts.not_excluded_members = true;
            }),
            inf);
}

TEST(EmployerMaximum, HasItsPartsWhereItIsOpen) {
  Terms terms;
  terms.group.aggregate_limit_usd = 1e6;
  terms.group.lasers_usd = {150'000};
  EXPECT_EQ(terms.maximum(), inf);
  EXPECT_EQ(employer_maximum(terms.quote, terms.group).parts_usd(), 800'000);
}

TEST(EmployerMaximum, IsFiniteWhereTheLeakCountsToTheAggregate) {
  Terms terms;
  terms.group.specific_reimbursement = 0.9;
  terms.group.specific_limit_usd = 1e6;
  terms.group.excluded_members = 1;
  terms.group.counts = {true, true, true, true, false};
  EXPECT_EQ(terms.maximum(), 750'000);
  Terms without_specific;
  without_specific.quote.specific_deductible_usd = inf;
  without_specific.group.specific_limit_usd = 1e6;
  without_specific.group.aggregating_specific_usd = 75'000;
  EXPECT_EQ(without_specific.maximum(), 750'000);
}

TEST(EmployerMaximum, WithTheQuotedPremiumIsTheMaximumCost) {
  const Quotes quotes = one_group().priced();
  EXPECT_EQ(quotes.number("maximum_liability_usd", 0), 750'000);
  EXPECT_DOUBLE_EQ(quotes.number("maximum_cost_usd", 0), 750'000 + 250'000);
}

TEST(Warnings, NameDeductiblesThatNoClaimReachesAndGroupsWithoutClaims) {
  MadeUpRun run = one_group();
  run.plan.exact.ground_up_usd[0] = 0;
  run.plan.quotes[0].specific_deductible_usd = 25e6;
  const Quotes quotes = run.priced();
  ASSERT_EQ(quotes.warnings.size(), 2u);
  EXPECT_EQ(quotes.warnings[0].code, "W_DEDUCTIBLE_ABOVE_CAP");
  EXPECT_EQ(quotes.warnings[0].value, "25000000");
  EXPECT_EQ(quotes.warnings[1].code, "W_NO_EXPECTED_CLAIMS");
  EXPECT_EQ(quotes.warnings[1].group, "G1");
  run.plan.exact.ground_up_usd[0] = 1;
  run.plan.quotes[0].specific_deductible_usd = inf;
  EXPECT_TRUE(run.priced().warnings.empty());
}

}  // namespace
}  // namespace corridor
