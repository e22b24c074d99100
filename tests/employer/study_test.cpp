// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/employer/study.hpp"

#include <gtest/gtest.h>

namespace corridor {
namespace {

constexpr Enrolment fifty_employees{600, 12};

/// Net claims of 1,000 to 10,000 dollars in ten years, each cost with no cover.
OptionYears ten_years() {
  OptionYears years;
  for (Cents y = 1; y <= 10; ++y) {
    YearState state;
    state.ground_up = state.counted = y * 100'000;
    years.add(state, Terms{}, static_cast<std::uint64_t>(y == 10 ? 2 : y % 2));
  }
  return years;
}

OptionInput input_of(const OptionYears& years) {
  OptionInput input;
  input.key.specific_deductible_usd = 50'000;
  input.key.aggregate_corridor = input.key.aggregate_attachment_usd = NAN;
  input.years = &years;
  input.priced_premium_usd = 2'000;
  return input;
}

Arrangement arrangement() {
  Arrangement result;
  result.fees.administration_pepm = 3;
  result.fees.pharmacy_rebate_pepm = -1;
  result.fees.other_usd = 800;
  return result;
}

TEST(Fees, CountPerEmployeeAndMonthLessTheRebate) {
  EXPECT_EQ(fees_usd(arrangement().fees, fifty_employees), 800 + 2 * 600);
}

TEST(StudyOption, AddsFixedCostToEveryYear) {
  const OptionYears years = ten_years();
  const EmployerOption option = study_option(input_of(years), arrangement(), fifty_employees);
  EXPECT_EQ(option.fixed_usd, 4'000);
  EXPECT_EQ(option.cost.mean_usd, 9'500);
  EXPECT_EQ(option.net.mean_usd, 5'500);
  EXPECT_EQ(option.cost.percentiles[4].usd, 13'000);  // P90
  EXPECT_EQ(option.budget_at_confidence_usd, 13'000);
  EXPECT_EQ(option.break_even_mean_usd, 9'500);
  EXPECT_EQ(option.break_even_median_usd, 9'000);
  EXPECT_EQ(option.p_over_expected_10, 0.4);  // above 10,450
  EXPECT_EQ(option.p_over_expected_25, 0.3);  // above 11,875
  EXPECT_EQ(option.largest_usd, 14'000);
}

TEST(StudyOption, CountsClaimants) {
  const OptionYears years = ten_years();
  const EmployerOption option = study_option(input_of(years), arrangement(), fifty_employees);
  ASSERT_EQ(option.claimant_probability.size(), 3u);
  EXPECT_EQ(option.claimant_probability[0], 0.4);
  EXPECT_EQ(option.claimant_probability[1], 0.5);
  EXPECT_EQ(option.p_any_claimant, 0.6);
  EXPECT_NEAR(option.expected_claimants, 0.7, 1e-12);
}

TEST(StudyOption, SurplusLessDeficitIsBudgetLessCost) {
  const OptionYears years = ten_years();
  Arrangement with_budget = arrangement();
  with_budget.budget = YearlyAmount{10'000, 0};
  const EmployerOption option = study_option(input_of(years), with_budget, fifty_employees);
  EXPECT_EQ(option.budget->p_over, 0.4);
  EXPECT_EQ(option.budget->expected_surplus_usd, (5'000 + 4'000 + 3'000 + 2'000 + 1'000) / 10.0);
  EXPECT_EQ(option.budget->expected_deficit_usd, (1'000 + 2'000 + 3'000 + 4'000) / 10.0);
  EXPECT_DOUBLE_EQ(option.budget->expected_surplus_usd - option.budget->expected_deficit_usd,
                   10'000 - option.cost.mean_usd);
}

TEST(StudyOption, AYearThatCostsTheInsuredPremiumIsNotCheaper) {
  const OptionYears years = ten_years();
  Arrangement insured = arrangement();
  insured.insured_premium = YearlyAmount{9'000, 0};
  const EmployerOption option = study_option(input_of(years), insured, fifty_employees);
  EXPECT_EQ(option.insured->p_cheaper, 0.4);
  EXPECT_EQ(option.insured->expected_saving_usd, -500);
  insured.insured_premium = YearlyAmount{9'000.01, 0};
  EXPECT_EQ(study_option(input_of(years), insured, fifty_employees).insured->p_cheaper, 0.5);
}

// A fund of 6,000 and half of what is left: years 1 to 5 leave 5,000 to 1,000, years 7 to 10 cost
// 1,000 to 4,000 beyond it.
TEST(StudyOption, LevelFundingPaysTheFundAndReturnsAShare) {
  const OptionYears years = ten_years();
  Arrangement level = arrangement();
  level.level_funded = LevelFunding{0.5, YearlyAmount{6'000, 0}};
  const EmployerOption option = study_option(input_of(years), level, fifty_employees);
  EXPECT_EQ(option.level_funded->fund_monthly_usd, 500);
  EXPECT_EQ(option.level_funded->p_refund, 0.5);
  EXPECT_EQ(option.level_funded->refund.mean_usd, 750);
  EXPECT_EQ(option.level_funded->cost.mean_usd, 4'000 + 6'000 - 750 + 1'000);
}

TEST(StudyOption, LevelFundingWithoutAnyFundIsLeftOut) {
  const OptionYears years = ten_years();
  Arrangement level = arrangement();
  level.level_funded = LevelFunding{};
  EXPECT_FALSE(study_option(input_of(years), level, fifty_employees).level_funded);
}

TEST(Premium, IsTheQuotedOneWhereTheArrangementHasIt) {
  const OptionYears years = ten_years();
  Arrangement quoted = arrangement();
  quoted.premiums = {{50'000, std::nullopt, {0, 5}}, {75'000, std::nullopt, {9'999, 0}}};
  const EmployerOption option = study_option(input_of(years), quoted, fifty_employees);
  EXPECT_TRUE(option.premium_quoted);
  EXPECT_EQ(option.premium_usd, 3'000);
}

TEST(Premium, OfOneAmountForSeveralOptionsIsRefused) {
  Arrangement quoted = arrangement();
  quoted.premiums = {{std::nullopt, std::nullopt, {9'999, 0}}};
  EXPECT_NO_THROW(check_premiums(quoted, std::vector<QuoteKey>(1)));
  EXPECT_THROW(check_premiums(quoted, std::vector<QuoteKey>(2)), Error);
  quoted.premiums = {{12'345, std::nullopt, {9'999, 0}}};
  EXPECT_THROW(check_premiums(quoted, std::vector<QuoteKey>(2)), Error);
}

TEST(Enrolment, IsNeededForAmountsPerEmployee) {
  EXPECT_NO_THROW(check_enrolment(arrangement(), fifty_employees));
  EXPECT_THROW(check_enrolment(arrangement(), {0, 12}), Error);
  EXPECT_NO_THROW(check_enrolment(Arrangement{}, {0, 12}));
}

TEST(Frontier, MarksAnOptionThatIsNoBetterInMeanAndTail) {
  const OptionYears years = ten_years();
  OptionYears more = ten_years();
  for (Cents& net : more.net) net += 50'000;
  std::vector<OptionInput> inputs{input_of(years), input_of(more), input_of(more)};
  inputs[1].priced_premium_usd = 1'800;  // saves 200, costs 500
  inputs[2].priced_premium_usd = 1'000;  // saves 1,000, costs 500
  std::vector<EmployerOption> options;
  for (const OptionInput& input : inputs) {
    options.push_back(study_option(input, arrangement(), fifty_employees));
  }
  const std::vector<FrontierPoint> points = frontier(inputs, options);
  EXPECT_EQ(points[1].premium_saved_usd, 200);
  EXPECT_EQ(points[1].extra_net_usd, 500);
  EXPECT_EQ(points[1].extra_net_se_usd, 0);
  EXPECT_EQ(points[1].extra_cost_usd, 300);
  EXPECT_EQ(points[1].dominated_by, 2u);
  EXPECT_EQ(points[0].dominated_by, 2u);
  EXPECT_FALSE(points[2].dominated_by);
}

TEST(Histograms, OfAllOptionsShareTheirBins) {
  const OptionYears years = ten_years();
  std::vector<OptionInput> inputs{input_of(years), input_of(years)};
  inputs[1].priced_premium_usd = 7'000;
  std::vector<EmployerOption> options;
  for (const OptionInput& input : inputs) {
    options.push_back(study_option(input, arrangement(), fifty_employees));
  }
  set_histograms(inputs, options);
  EXPECT_EQ(options[0].histogram.edges_usd, options[1].histogram.edges_usd);
  EXPECT_NE(options[0].histogram.counts, options[1].histogram.counts);
}

TEST(SubgroupCosts, AddUpToTheOptionsCost) {
  const OptionYears years = ten_years();
  const EmployerOption option = study_option(input_of(years), arrangement(), fifty_employees);
  const std::vector<SubgroupFacts> facts{{{"A", {0, 1}}, 3'000}, {{"B", {2}}, 1'000}};
  std::vector<SubgroupYears> parts(2);
  for (const Cents net : years.net) {
    parts[0].plan_paid.push_back(net / 3);
    parts[1].plan_paid.push_back(net - net / 3);
    for (auto& part : parts) {
      part.specific_before_asd.push_back(0);
      part.counted.push_back(0);
    }
  }
  const std::vector<SubgroupCost> costs = subgroup_costs(option, years, facts, parts);
  EXPECT_NEAR(costs[0].own_cost.mean_usd + costs[1].own_cost.mean_usd, option.cost.mean_usd, 0.005);
  EXPECT_DOUBLE_EQ(costs[0].pooled_usd + costs[1].pooled_usd, option.cost.mean_usd);
  EXPECT_EQ(costs[0].pooled_usd, 7'125);  // three quarters
  EXPECT_EQ(costs[0].expected_share, 0.75);
}

}  // namespace
}  // namespace corridor
