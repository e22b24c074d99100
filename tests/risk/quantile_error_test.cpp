// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "host/risk/quantile.hpp"

namespace corridor {
namespace {

constexpr std::uint64_t years = 20'000, beyond = 100;
constexpr double outside = static_cast<double>(beyond) / years;
constexpr int replications = 600;

/// Mean and standard deviation of numbers.
struct Moments {
  explicit Moments(const std::vector<double>& numbers) {
    for (const double number : numbers) mean += number / static_cast<double>(numbers.size());
    for (const double number : numbers) {
      sd += (number - mean) * (number - mean) / static_cast<double>(numbers.size());
    }
    sd = std::sqrt(sd);
  }
  double mean = 0, sd = 0;
};

struct Errors {
  double over_spread = 0;  ///< mean standard error over the quantile's own spread
  double own_spread = 0;   ///< deviation of the standard error over its mean
};

/// Of the quantile with `beyond` years above it, of years that are `amount` of an exponential.
template <class Amount>
Errors errors_of(Amount amount) {
  std::mt19937_64 random(20261130);
  std::exponential_distribution<double> exponential;
  std::vector<Cents> sample(years);
  std::vector<double> values, errors;
  for (int r = 0; r < replications; ++r) {
    for (Cents& year : sample) year = std::llround(1e8 * amount(exponential(random)));
    std::sort(sample.begin(), sample.end());
    const Quantile quantile = quantile_at(sample, years - beyond, outside);
    values.push_back(quantile.value_usd);
    errors.push_back(quantile.se_usd);
  }
  const Moments value(values), error(errors);
  return {error.mean / value.sd, error.sd / error.mean};
}

TEST(QuantileError, IsTheSpreadAndVariesByAQuarterOfItself) {
  const Errors errors = errors_of([](double x) { return x; });
  EXPECT_NEAR(errors.over_spread, 1, 0.12);  // the spread is known to 3%
  EXPECT_NEAR(errors.own_spread, 0.22, 0.04);
}

/// A treaty takes nine tenths of a layer that ends a little above the quantile: beyond it, years
/// lie ten times as far apart. A wider window reaches into them far too often.
TEST(QuantileError, DoesNotReachBeyondTheEndOfALayer) {
  const double from = -std::log(1.5 * outside), to = -std::log(0.8 * outside);
  const Errors errors =
      errors_of([&](double x) { return x - 0.9 * (std::clamp(x, from, to) - from); });
  EXPECT_GT(errors.over_spread, 0.8);
  EXPECT_LT(errors.over_spread, 1.3);  // twice as wide a window has 1.5
}

}  // namespace
}  // namespace corridor
