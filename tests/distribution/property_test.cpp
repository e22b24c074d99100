// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>

#include "host/distribution/compile.hpp"
#include "host/distribution/law_kind.hpp"
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

/// Any kind with numbers of any size, most of them not a law.
DistributionSpec random_nonsense() {
  const auto kinds = law_kinds();
  const LawKind& kind =
      *kinds[static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(kinds.size())))];
  const auto number = [] {
    return *rc::gen::element(0.0, 1.0, 2.0, -1.0, 0.5, 1e-300, 1e300, 1e9, HUGE_VAL, -HUGE_VAL,
                             std::numeric_limits<double>::quiet_NaN());
  };
  const auto numbers = [&] {
    std::vector<double> values;
    for (int i = *rc::gen::inRange(0, 6); i > 0; --i) values.push_back(number());
    return values;
  };
  DistributionSpec spec = law_of(std::string(kind.name), {});
  for (const ParameterSet set : kind.parameters) {
    for (const AttributeRule& rule : set) spec.numbers[std::string(rule.name)] = {number()};
    if (*rc::gen::arbitrary<bool>()) break;
  }
  for (const AttributeRule& rule : kind.optional) spec.numbers[std::string(rule.name)] = numbers();
  for (const ColumnRule& rule : kind.columns) spec.columns[std::string(rule.name)] = numbers();
  for (const std::string_view part : kind.parts) spec.texts[std::string(part)] = "law";
  return spec;
}

TEST(Nonsense, IsRefusedOrMakesAnOrderlyTable) {
  EXPECT_TRUE(rc::check([] {
    const DistributionSpec spec = random_nonsense();
    std::unique_ptr<ClaimLaw> law;
    try {
      law = law_from(spec);
    } catch (const Error& error) {
      RC_ASSERT(error.kind() == ErrorKind::bad_data);
      return;
    }
    RC_ASSERT(disorders(compile_table(*law, cap)) == 0);
  }));
}

DistributionSpec random_parametric() {
  const double mean = std::exp(uniform(3, 13)), cv = std::exp(uniform(-2.5, 2.5));
  const DistributionSpec specs[] = {
      law_of("lognormal", {{"mean_usd", {mean}}, {"cv", {cv}}}),
      law_of("gamma", {{"mean_usd", {mean}}, {"cv", {cv}}}),
      law_of("weibull", {{"shape", {uniform(.15, 4)}}, {"scale_usd", {mean}}}),
      law_of("pareto", {{"alpha", {uniform(1.05, 6)}}, {"threshold_usd", {mean}}}),
      law_of("generalized_pareto", {{"xi", {uniform(-.9, .95)}},
                                    {"sigma_usd", {mean}},
                                    {"threshold_usd", {*rc::gen::element(0.0, 1e5)}}})};
  DistributionSpec spec = specs[*rc::gen::inRange(0, 5)];
  spec.numbers["p_zero"] = {*rc::gen::element(0.0, .1, .7)};
  return spec;
}

TEST(RandomLaws, ParametricKeepsItsMeansInOrder) {
  EXPECT_TRUE(rc::check([] { check(random_parametric()); }));
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
