// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/contract_basis.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

#include "tests/plan/made_up_portfolio.hpp"

namespace corridor {
namespace {

using made_up::add_group_column;

Windows windows(int run_in, int run_out) { return {run_in, run_out, 12, HUGE_VAL}; }

Lag default_lag() { return lag_of(made_up::portfolio({1})); }

Basis basis_of(const Windows& of, const Lag& lag) {
  const std::optional<Basis> basis = make_basis(of, lag, {0, 0.18});
  EXPECT_TRUE(basis);
  return basis.value_or(Basis{});
}

/// Expected share of small and of large claims of a year `back` before the policy's.
struct MeanShare {
  double small = 0, large = 0;
};

MeanShare mean_share(const Basis& basis, std::uint32_t back) {
  MeanShare mean;
  for (std::uint32_t slot = 0; slot < month_slots; ++slot) {
    const std::uint32_t month = month_of(basis.months, slot);
    const double small = static_cast<double>(basis.shares[back].small[month]);
    const double more = static_cast<double>(basis.shares[back].large_less_small[month]);
    mean.small += small / month_slots;
    mean.large += (small + more) / month_slots;
  }
  return mean;
}

// Averages of the default curves over the twelve months of incurral, by hand: 12/12 is the mean of
// the first twelve entries.
TEST(DefaultLag, GivesTheGroundUpSharesOfTheUsualBases) {
  const auto expect = [](const Windows& of, std::uint32_t back, double small, double large) {
    const MeanShare mean = mean_share(basis_of(of, default_lag()), back);
    EXPECT_NEAR(mean.small, small, 2e-4) << basis_name(of);
    EXPECT_NEAR(mean.large, large, 2e-4) << basis_name(of);
  };
  expect(windows(0, 0), 0, .8406, .7749);
  expect(windows(0, 3), 0, .9610, .9313);
  expect(windows(0, 6), 0, .9840, .9717);
  expect(windows(0, 12), 0, .9964, .9938);
  expect(windows(12, 0), 0, .8406, .7749);
  expect(windows(12, 0), 1, .1558, .2189);
}

TEST(Basis, OfClaimsAsIncurredIsNone) {
  EXPECT_FALSE(make_basis(windows(0, Windows::without_end), default_lag(), {0.08, 0.18}));
}

TEST(Basis, HasTheFieldsName) {
  EXPECT_EQ(basis_name(windows(0, 0)), "12/12");
  EXPECT_EQ(basis_name(windows(0, 3)), "12/15");
  EXPECT_EQ(basis_name(windows(0, 12)), "12/24");
  EXPECT_EQ(basis_name(windows(3, 0)), "15/12");
  EXPECT_EQ(basis_name(windows(12, 0)), "24/12");
  EXPECT_EQ(basis_name(windows(Windows::without_end, 0)), "paid");
  EXPECT_EQ(basis_name(windows(0, Windows::without_end)), "incurred");
}

TEST(Basis, ReachesAsManyYearsBackAsTheLagHasUnpaidClaims) {
  const Lag lag = default_lag();
  EXPECT_EQ(basis_of(windows(0, 0), lag).prior_years, 0u);
  EXPECT_EQ(basis_of(windows(3, 0), lag).prior_years, 1u);
  EXPECT_EQ(basis_of(windows(12, 0), lag).prior_years, 1u);
  EXPECT_EQ(basis_of(windows(Windows::without_end, 0), lag).prior_years, 2u);
}

TEST(Basis, RunInTakesTheLastMonthsBeforeThePolicyOnly) {
  Lag lag = default_lag();
  lag.spread = 0;
  const Basis basis = basis_of(windows(3, 0), lag);
  for (std::uint32_t month = 0; month < 9; ++month) EXPECT_EQ(basis.shares[1].small[month], 0);
  // Incurred in the last month before: a fifth was paid then, all but 1.3% of the rest within a
  // year.
  EXPECT_NEAR(static_cast<double>(basis.shares[1].small[11]), .987 - .20 + .003, 1e-6);
}

TEST(Basis, OfAPolicyThatEndsEarlyLeavesLaterMonthsOut) {
  Lag lag = default_lag();
  lag.spread = 0;
  Windows nine_months = windows(0, Windows::without_end);
  nine_months.policy_months = 9;
  const Basis basis = basis_of(nine_months, lag);
  for (std::uint32_t month = 0; month < 12; ++month) {
    EXPECT_EQ(basis.shares[0].small[month], month < 9 ? 1.0f : 0.0f);
  }
}

TEST(Basis, PaidInTheFirstYearIsTwelveTwelve) {
  Portfolio book = made_up::portfolio({1, 1});
  add_group_column(book, "run_in_months", {255, 255});
  add_group_column(book, "run_out_months", {0, 0});
  add_group_column(book, "months_since_original_effective", {0, 14});
  EXPECT_EQ(specific_windows(book, 0), windows(0, 0));
  EXPECT_EQ(specific_windows(book, 1), windows(14, 0));
}

TEST(Basis, OfTheAggregateIsTheSpecificsUnlessGiven) {
  Portfolio book = made_up::portfolio({1});
  add_group_column(book, "run_in_months", {12});
  add_group_column(book, "run_out_months", {0});
  EXPECT_EQ(aggregate_windows(book, 0), windows(12, 0));
  add_group_column(book, "aggregate_run_in_months", {0});
  add_group_column(book, "aggregate_run_out_months", {3});
  EXPECT_EQ(aggregate_windows(book, 0), windows(0, 3));
}

TEST(Basis, ReachingBackFourYearsIsRefused) {
  Portfolio book = made_up::portfolio({1});
  add_group_column(book, "run_in_months", {60});
  EXPECT_TRUE(window_problems(book).empty());  // the default lag ends after two years
  book.lag_paid_fraction.assign(50, 0.5);
  book.lag_paid_fraction.back() = 1;
  const std::vector<Problem> problems = window_problems(book);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].dataset, "/groups/run_in_months");
}

TEST(Basis, WithRunInIsRefusedBesideAPandemic) {
  Portfolio book = made_up::portfolio({1, 1});
  book.market = {{"pandemic_probability", 0.02}, {"pandemic_frequency", 1.5}};
  EXPECT_TRUE(window_problems(book).empty());
  add_group_column(book, "run_in_months", {0, 3});
  const std::vector<Problem> problems = window_problems(book);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].code, "E_NOT_PRICED");
  EXPECT_EQ(problems[0].dataset, "/groups/run_in_months");
  EXPECT_EQ(problems[0].row, 1u);
  EXPECT_EQ(problems[0].value, "3");
  EXPECT_THAT(problems[0].message, testing::HasSubstr("pandemic"));
  book.market["pandemic_frequency"] = 1;
  EXPECT_TRUE(window_problems(book).empty());
}

TEST(MonthTable, GivesEveryMonthItsSlots) {
  std::mt19937_64 rng(3);
  for (int round = 0; round < 200; ++round) {
    std::vector<double> weights(12);
    for (double& weight : weights) weight = static_cast<double>(rng() % 1000);
    weights[rng() % 12] = 0;
    weights[rng() % 12] += 1;
    Lag lag = default_lag();
    lag.month_slots = slots_of(weights);
    EXPECT_EQ(std::accumulate(lag.month_slots.begin(), lag.month_slots.end(), 0), 512);
    const Basis basis = basis_of(windows(0, 0), lag);
    std::array<int, months_per_year> seen{};
    for (std::uint32_t slot = 0; slot < month_slots; ++slot) ++seen[month_of(basis.months, slot)];
    EXPECT_EQ(seen, lag.month_slots);
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (std::size_t month = 0; month < 12; ++month) {
      EXPECT_LE(std::abs(seen[month] - 512 * weights[month] / total), 1);
    }
  }
}

/// Eligible dollars must not fall where claims rise, whatever the curves.
TEST(PaidShare, TimesTheClaimRisesWithTheClaim) {
  Portfolio book = made_up::portfolio({1});
  book.lag_paid_fraction = {0.9, 1};
  book.lag_paid_fraction_large = {0.0, 1};
  book.market["incurral_spread"] = 0;
  const Basis basis = basis_of(windows(0, 0), lag_of(book));
  float before = 0;
  for (float claim = 1'000; claim < 400'000; claim *= 1.0003f) {
    const float eligible = claim * paid_share(basis.shares[0], 11, claim);
    EXPECT_GE(eligible, before * (1 - 1e-6f)) << claim;
    before = eligible;
  }
}

TEST(LargeWeight, IsTheLogarithmBetweenTheTwoSizes) {
  for (double claim = 1; claim < 1e7; claim *= 1.001) {
    const double exact = std::clamp(std::log2(claim / 25'000) / 2, 0.0, 1.0);
    EXPECT_NEAR(static_cast<double>(large_weight(static_cast<float>(claim))), exact, 0.004);
  }
  EXPECT_EQ(large_weight(0), 0);
  EXPECT_EQ(large_weight(25'000), 0);
  EXPECT_EQ(large_weight(100'000), 1);
}

}  // namespace
}  // namespace corridor
