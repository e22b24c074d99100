// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/options/renewal.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "tests/lane/made_up.hpp"
#include "tests/options/made_up_run.hpp"

namespace corridor {
namespace {

using made_up::add_group_column;
using made_up::PlannedRun;

constexpr double mu = 9, sigma = 2, zero = 0.1, trend = 0.08, deductible_usd = 50'000;

/// E(X - t)+ of the lognormal law with its mass at zero.
double excess(double threshold) {
  const boost::math::normal normal;
  const double z = (std::log(threshold) - mu) / sigma;
  return (1 - zero) * (std::exp(mu + sigma * sigma / 2) * cdf(normal, sigma - z) -
                       threshold * cdf(complement(normal, z)));
}

Portfolio one_person(double persistence, bool no_new_laser, double rate_cap) {
  Portfolio book = made_up::portfolio({1});
  add_group_column(book, "effect_cv", {0});
  add_group_column(book, "specific_deductible_usd", {deductible_usd});
  add_group_column(book, "no_new_laser", {no_new_laser ? 1.0 : 0.0});
  add_group_column(book, "rate_cap", {rate_cap});
  book.market["trend"] = trend;
  book.market["persistence"] = persistence;
  return book;
}

RenewalPromise priced(const Portfolio& book, std::uint32_t years = 400'000) {
  ClaimTables tables = made_up::tables({1e12}, 0);
  tables.buckets = made_up::lognormal(mu, sigma, zero);
  PlannedRun run(book, std::move(tables), years);
  return renewal_promises(run.run(), 0).at(0);
}

double next_year_usd() { return (1 + trend) * excess(deductible_usd / (1 + trend)); }

/// Share of the top percent of spenders who are there again a year later: AHRQ, MEPS Statistical
/// Briefs 309 (2007), 354 (2008) and 481 (2012).
class MepsPersistence : public testing::TestWithParam<double> {};
INSTANTIATE_TEST_SUITE_P(Published, MepsPersistence, testing::Values(0.182, 0.200, 0.140));

TEST_P(MepsPersistence, PricesNoNewLaserAsAStopLossOnRepeatedClaims) {
  const double persistence = GetParam();
  const RenewalPromise promise = priced(one_person(persistence, true, HUGE_VAL));
  const double manual = next_year_usd();
  const double growth = 1 + trend;
  const double exact = persistence * growth * excess((deductible_usd + manual) / growth);
  EXPECT_NEAR(promise.next_year_usd / manual, 1, 0.05);
  EXPECT_NEAR(promise.new_laser_usd, persistence * promise.next_year_usd, 1e-9 * manual);
  // The manual rate itself is a mean of the same years, which moves the cost by a sliver more.
  EXPECT_NEAR(promise.cost.mean_usd, exact, 4.5 * promise.cost.se_usd);
}

TEST(RateCap, BesideNoNewLaserLetsTheRateRiseToTheCap) {
  const double persistence = 0.18, cap = 0.5, growth = 1 + trend;
  const RenewalPromise promise = priced(one_person(persistence, true, cap));
  const double manual = next_year_usd();
  const double attachment =
      ((1 + cap) * excess(deductible_usd) - (1 - persistence) * manual) / persistence;
  const double exact = persistence * growth * excess((deductible_usd + attachment) / growth);
  EXPECT_NEAR(promise.cost.mean_usd, exact, 4.5 * promise.cost.se_usd);
  EXPECT_LT(promise.cost.mean_usd, priced(one_person(persistence, true, HUGE_VAL)).cost.mean_usd);
}

TEST(RateCap, AloneLeavesTheCarrierItsLasers) {
  EXPECT_EQ(priced(one_person(0.18, false, 0.5), 20'000).cost.mean_usd, 0);
  EXPECT_GT(priced(one_person(0, false, 0.01), 20'000).cost.mean_usd, 0);
}

TEST(RenewalPromise, CostsNothingWithoutPersistence) {
  EXPECT_EQ(priced(one_person(0, true, HUGE_VAL), 20'000).cost.mean_usd, 0);
}

TEST(RenewalPromise, IsPricedAfterTheReimbursementShare) {
  Portfolio book = one_person(0.18, true, HUGE_VAL);
  const RenewalPromise whole = priced(book, 20'000);
  add_group_column(book, "specific_reimbursement", {0.5});
  const RenewalPromise half = priced(book, 20'000);
  EXPECT_NEAR(half.cost.mean_usd, whole.cost.mean_usd / 2, 0.02);
}

}  // namespace
}  // namespace corridor
