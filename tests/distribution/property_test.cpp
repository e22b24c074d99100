// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>

#include "host/distribution/compile.hpp"
#include "tests/distribution/laws.hpp"
#include "tests/distribution/table_figures.hpp"

namespace corridor {
namespace {

constexpr double cap = 25e6;

// The same cases every time, unless asked otherwise.
const int fixed_seed = setenv("RC_PARAMS", "seed=2026", 0);

double uniform(double low, double high) {
  return low + (high - low) * *rc::gen::inRange(0, 1 << 30) / (1 << 30);
}

/// Buckets of random width, probability and mean, some of them empty, some with a mean on an end.
DistributionSpec random_continuance() {
  Numbers columns{{"upper_usd", {0}}, {"probability", {uniform(0, 1)}}, {"mean_usd", {0}}};
  const int count = *rc::gen::inRange(1, 30);
  double upper = 0, sum = columns["probability"][0];
  for (int i = 0; i < count; ++i) {
    const double lower = upper, share = *rc::gen::element(0.0, .001, .3, .5, .9, 1.0);
    upper += std::exp(uniform(-2, 14));
    columns["upper_usd"].push_back(upper);
    columns["mean_usd"].push_back(lower + share * (upper - lower));
    columns["probability"].push_back(*rc::gen::inRange(0, 3) == 0 ? 0 : std::exp(uniform(-20, 0)));
    sum += columns["probability"].back();
  }
  columns["probability"].back() += 1e-6;
  for (double& p : columns["probability"]) p /= sum + 1e-6;
  return table_of("continuance", columns);
}

/// A concave curve: slopes fall from below 1.
DistributionSpec random_excess_curve() {
  Numbers columns{{"threshold_usd", {0}}, {"limited_expected_value_usd", {0}}};
  double slope = uniform(.01, 1), threshold = 0, limited = 0, step = uniform(1, 1000);
  for (int i = *rc::gen::inRange(2, 40); i > 0; --i) {
    step *= uniform(1, 2);
    threshold += step;
    limited += slope * step;
    slope *= *rc::gen::element(1.0, .99, .7, .2);
    columns["threshold_usd"].push_back(threshold);
    columns["limited_expected_value_usd"].push_back(limited);
  }
  columns["threshold_usd"].push_back(HUGE_VAL);
  columns["limited_expected_value_usd"].push_back(limited * (1 + uniform(0, .5) * slope));
  return table_of("excess_curve", columns);
}

DistributionSpec random_sample() {
  Numbers columns;
  for (int i = *rc::gen::inRange(1, 200); i > 0; --i) {
    columns["amount_usd"].push_back(std::exp(uniform(-3, 16)));
    columns["weight"].push_back(uniform(.001, 1));
  }
  return table_of("empirical", columns);
}

/// The law's own consistency, and its table's order and means.
void check(const DistributionSpec& spec) {
  const auto law = law_from(spec);
  RC_ASSERT(relative_error(law->quantile_integral(0, 1), law->mean()) < 1e-9);
  for (double s = .999; s > 1e-9; s *= .7) {
    const double amount = law->quantile(s);
    RC_ASSERT(law->survival(amount * (1 + 1e-9)) <= s * (1 + 1e-6));
    RC_ASSERT(amount == 0 || law->survival(amount * (1 - 1e-9)) >= s * (1 - 1e-6));
  }
  const auto table = compile_table(*law, cap);
  RC_ASSERT(disorders(table) == 0);
  const double expected = mean_under(*law, cap);
  RC_ASSERT(std::fabs(table_mean(table) - expected) <= 1e-7 * expected + 1e-9);
  for (int b = 1; b < sloped_bucket_count; ++b) {
    const double mean = limited_mean(*law, edge(b), edge(b + 1), 8 * cap);
    RC_ASSERT(std::fabs(bucket_mean(table, b) - mean) <= 1e-7 * mean + 1e-9);
  }
}

TEST(RandomLaws, ContinuanceKeepsItsMeansInOrder) {
  EXPECT_TRUE(rc::check([] { check(random_continuance()); }));
}

TEST(RandomLaws, ContinuanceReproducesEveryBucketMean) {
  EXPECT_TRUE(rc::check([] {
    const DistributionSpec spec = random_continuance();
    const auto law = law_from(spec);
    double people = 0, spent = 0;
    for (std::size_t i = 0; i < spec.columns.at("upper_usd").size(); ++i) {
      const double upper = spec.columns.at("upper_usd")[i];
      people += spec.columns.at("probability")[i];
      spent += spec.columns.at("probability")[i] * spec.columns.at("mean_usd")[i];
      RC_ASSERT(std::fabs(law->limited_expected_value(upper) - spent - (1 - people) * upper) <=
                1e-9 * (upper + 1));
    }
  }));
}

TEST(RandomLaws, ExcessCurveKeepsItsMeansInOrder) {
  EXPECT_TRUE(rc::check([] { check(random_excess_curve()); }));
}

TEST(RandomLaws, ExcessCurveReproducesEveryValue) {
  EXPECT_TRUE(rc::check([] {
    const DistributionSpec spec = random_excess_curve();
    const auto law = law_from(spec);
    for (std::size_t i = 0; i < spec.columns.at("threshold_usd").size(); ++i) {
      const double value = spec.columns.at("limited_expected_value_usd")[i];
      RC_ASSERT(std::fabs(law->limited_expected_value(spec.columns.at("threshold_usd")[i]) -
                          value) <= 1e-9 * law->mean());
    }
  }));
}

TEST(RandomLaws, EmpiricalKeepsItsMeansInOrder) {
  EXPECT_TRUE(rc::check([] { check(random_sample()); }));
}

TEST(RandomEffects, KeepTheirMeanInOrder) {
  EXPECT_TRUE(rc::check([] {
    const double sigma = std::exp(uniform(-9, .7)), location = uniform(-1, 1);
    const bool decreasing = *rc::gen::arbitrary<bool>();
    const auto table = compile_effect({location, sigma, decreasing});
    RC_ASSERT(disorders(table, !decreasing) == 0);
    RC_ASSERT(relative_error(table_mean(table), std::exp(location + sigma * sigma / 2)) < 3e-8);
  }));
}

}  // namespace
}  // namespace corridor
