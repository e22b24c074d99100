// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/distortion.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <numeric>
#include <random>

namespace corridor {
namespace {

using Payouts = std::vector<std::int64_t>;

constexpr std::uint32_t years = 1'000'000;

double upper_quantile(double survival) {
  return quantile(complement(boost::math::normal_distribution<>{}, survival));
}
double normal_cdf(double x) { return cdf(boost::math::normal_distribution<>{}, x); }

/// Payouts above 0 of `years` years, one in the middle of each slice of survival probability:
/// amount(S) in dollars, falling in S.
template <class Amount>
Payouts quantiles(const Amount& amount) {
  Payouts payouts;
  for (std::uint32_t k = 0; k < years; ++k) {
    const double usd = amount((k + 0.5) / years);
    if (!(usd > 0)) break;
    payouts.push_back(std::llround(usd * 100));
  }
  std::reverse(payouts.begin(), payouts.end());
  return payouts;
}

double mean_usd(const Payouts& payouts) {
  return std::accumulate(payouts.begin(), payouts.end(), 0.0) / 100 / years;
}

/// Mean 7,000, coefficient of variation 4.
struct Lognormal {
  double mu = 7.437058756, sigma = 1.683215181;

  double at(double survival) const { return std::exp(mu + sigma * upper_quantile(survival)); }
  /// E[min(X, limit)] of the law with its location moved by `shift`.
  double limited_mean(double limit, double shift) const {
    const double m = mu + shift, z = (std::log(limit) - m) / sigma;
    return std::exp(m + sigma * sigma / 2) * normal_cdf(z - sigma) + limit * normal_cdf(-z);
  }
};

TEST(WangTransform, OfALimitedLognormalIsThatOfTheLawMovedByLambdaSigma) {
  const Lognormal law;
  for (const double limit : {50'000.0, 250'000.0, 1'000'000.0}) {
    const Payouts payouts = quantiles([&](double s) { return std::min(law.at(s), limit); });
    for (const double lambda : {0.1, 0.25, 0.5}) {
      const double exact = law.limited_mean(limit, lambda * law.sigma);
      // A million slices: the error is that of the slice the limit cuts.
      EXPECT_NEAR(distorted_mean_usd(payouts, *wang(years, lambda)), exact, 1e-5 * exact)
          << limit << " " << lambda;
    }
  }
}

TEST(WangTransform, OfALognormalIsItsMeanTimesExpLambdaSigma) {
  const Lognormal law;
  const Payouts payouts = quantiles([&](double s) { return law.at(s); });
  // What a million slices cannot show lies in the last of them: two parts in ten thousand of the
  // mean, more as lambda lifts the tail.
  const struct {
    double lambda, premium_usd, tolerance;
  } published[] = {{0.1, 8'283.2191, 4e-4}, {0.25, 10'662.2977, 7e-4}, {0.5, 16'240.6562, 15e-4}};
  for (const auto& row : published) {
    EXPECT_NEAR(7'000 * std::exp(row.lambda * law.sigma), row.premium_usd, 1e-4);
    EXPECT_NEAR(distorted_mean_usd(payouts, *wang(years, row.lambda)), row.premium_usd,
                row.tolerance * row.premium_usd);
  }
}

/// One person in a hundred above 96,000, Pareto with index 1.872727 there.
double pareto(double survival) {
  return survival < 0.01 ? 96'000 * std::pow(survival / 0.01, -1 / 1.872727) : 0;
}

Payouts layer(double width, double above) {
  return quantiles([=](double s) { return std::clamp(pareto(s) - above, 0.0, width); });
}

TEST(PhTransform, PricesLayersOfAParetoTailAsTheClosedForm) {
  const struct {
    double width, above, mean_usd, ph_usd;
  } published[] = {{900e3, 100e3, 919.204641, 2'614.103008},
                   {750e3, 250e3, 334.823434, 1'165.599469},
                   {500e3, 500e3, 118.265313, 470.970465},
                   {1e6, 1e6, 64.586284, 319.326112},
                   {4e6, 1e6, 107.367378, 589.444569}};
  for (const auto& row : published) {
    const Payouts payouts = layer(row.width, row.above);
    // The layer from 1 to 5 million rests on 124 slices in a million, hence the second decimal.
    const double tolerance = row.above < 1e6 ? 2e-4 : 3e-3;
    EXPECT_NEAR(mean_usd(payouts), row.mean_usd, tolerance * row.mean_usd) << row.above;
    EXPECT_NEAR(distorted_mean_usd(payouts, *proportional_hazard(years, 1.2)), row.ph_usd,
                tolerance * row.ph_usd)
        << row.above;
  }
}

TEST(Distortions, AddUpOverLayers) {
  const auto total = [&](const std::vector<double>& g) {
    return distorted_mean_usd(layer(150e3, 100e3), g) + distorted_mean_usd(layer(750e3, 250e3), g);
  };
  for (const Distortion& g : {proportional_hazard(years, 1.2), wang(years, 0.3)}) {
    const double whole = distorted_mean_usd(layer(900e3, 100e3), *g);
    EXPECT_NEAR(total(*g), whole, 1e-7 * whole);  // each payout is rounded to cents in its layer
  }
}

TEST(Distortions, AreTheIntegralOverTheEmpiricalSurvival) {
  // Four years: 0, 100, 100, 700 cents. S is 3/4 up to 100 and 1/4 up to 700.
  const Payouts payouts{100, 100, 700};
  const std::vector<double> g{0, 0.5, 0.7, 0.9, 1};
  EXPECT_DOUBLE_EQ(distorted_mean_usd(payouts, g), (100 * 0.9 + 600 * 0.5) / 100);
}

TEST(Distortions, WithoutALoadAreTheMean) {
  std::mt19937_64 random(5);
  Payouts payouts(900'000);
  for (std::int64_t& payout : payouts) payout = static_cast<std::int64_t>(random() >> 24) + 1;
  std::sort(payouts.begin(), payouts.end());
  const double mean = mean_usd(payouts);
  EXPECT_NEAR(distorted_mean_usd(payouts, *proportional_hazard(years, 1)), mean, 1e-12 * mean);
  EXPECT_NEAR(distorted_mean_usd(payouts, *wang(years, 0)), mean, 1e-12 * mean);
  EXPECT_NEAR(distorted_mean_usd(payouts, *wang(years, 1e-13)), mean, 1e-11 * mean);
}

TEST(Distortions, AreDistributionFunctionsThatLoad) {
  for (const Distortion& g : {proportional_hazard(1'000, 1.3), wang(1'000, 0.4)}) {
    EXPECT_EQ(g->front(), 0);
    EXPECT_EQ(g->back(), 1);
    EXPECT_TRUE(std::is_sorted(g->begin(), g->end()));
    for (std::size_t k = 1; k < 1'000; ++k) EXPECT_GT((*g)[k], static_cast<double>(k) / 1'000);
  }
}

TEST(Distortions, OfNoPayoutAreNothing) { EXPECT_EQ(distorted_mean_usd({}, *wang(10, 0.3)), 0); }

}  // namespace
}  // namespace corridor
