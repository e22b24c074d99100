// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <numbers>

#include "host/distribution/compile.hpp"
#include "tests/distribution/laws.hpp"
#include "tests/distribution/table_figures.hpp"

namespace corridor {
namespace {

constexpr double cvs[] = {.005, .02, .03, .055, .103, .193, .4, 1, 2};

double sigma_of(double cv) { return std::sqrt(std::log1p(cv * cv)); }

EffectLaw severity(double cv) { return {-std::log1p(cv * cv) / 2, sigma_of(cv), false}; }

/// Second moment of the table's factor, line by line.
double table_second_moment(const std::vector<Bucket>& table) {
  const double floor = survival_floor, at_floor = line_at(table[0], floor);
  double sum = floor * at_floor * at_floor;
  for (int b = 0; b < sloped_bucket_count; ++b) {
    const Bucket& bucket = table[static_cast<std::size_t>(b)];
    const double left = line_at(bucket, edge(b)), right = line_at(bucket, edge(b + 1));
    sum += (edge(b + 1) - edge(b)) * (left * left + left * right + right * right) / 3;
  }
  return sum;
}

TEST(EffectTable, MeanIsOne) {
  for (const double cv : cvs) {
    EXPECT_NEAR(table_mean(compile_effect(severity(cv))), 1, 1e-8) << cv;
  }
}

TEST(EffectTable, HasTheLognormalsVariance) {
  for (const double cv : cvs) {
    const auto table = compile_effect(severity(cv));
    const double mean = table_mean(table), variance = table_second_moment(table) - mean * mean;
    EXPECT_LT(relative_error(variance, cv * cv), 3e-5) << cv;
  }
}

TEST(EffectTable, FallsAsSurvivalRises) {
  for (const double cv : cvs) EXPECT_EQ(disorders(compile_effect(severity(cv))), 0) << cv;
}

TEST(EffectTable, DecreasingFactorRisesWithSurvivalAndKeepsItsMean) {
  for (const double cv : cvs) {
    const EffectLaw inverse{std::log1p(cv * cv) / 2, sigma_of(cv), true};
    const auto table = compile_effect(inverse);
    EXPECT_EQ(disorders(table, false), 0) << cv;
    EXPECT_LT(relative_error(table_mean(table), 1 + cv * cv), 1e-8) << cv;
  }
}

TEST(EffectTable, DecreasingFactorIsTheReciprocalOfTheFrequency) {
  const double cv = .193, v = std::log1p(cv * cv);
  const auto frequency = compile_effect({-v / 2, std::sqrt(v), false});
  const auto inverse = compile_effect({v / 2, std::sqrt(v), true});
  for (float survival = 0x1p-30f; survival < .875f; survival *= 1.3f) {
    EXPECT_NEAR(quantile(frequency.data(), survival) * quantile(inverse.data(), survival), 1, 2e-3)
        << survival;
  }
}

/// Mean of 1 / factor over a table's lines.
double mean_reciprocal(const std::vector<Bucket>& table) {
  double sum = survival_floor / line_at(table[0], survival_floor);
  for (int b = 0; b < sloped_bucket_count; ++b) {
    const Bucket& bucket = table[static_cast<std::size_t>(b)];
    const double left = line_at(bucket, edge(b)), right = line_at(bucket, edge(b + 1));
    sum += (edge(b + 1) - edge(b)) * std::log(right / left) / (right - left);
  }
  return sum;
}

TEST(EffectTable, FrequencyHasMeanOne) {
  for (const double cv : {.02, .055, .103, .193, .4}) {
    const double v = std::log1p(cv * cv);
    EXPECT_NEAR(mean_reciprocal(compile_effect({v / 2, std::sqrt(v), true})), 1, 4e-6) << cv;
  }
}

/// E(F - a)+ of a table of 1 / F, line by line; 1 / F rises with S.
double frequency_excess(const std::vector<Bucket>& table, double a) {
  double sum = survival_floor * (1 / line_at(table[0], survival_floor) - a);
  for (int b = 0; b < sloped_bucket_count; ++b) {
    const Bucket& bucket = table[static_cast<std::size_t>(b)];
    const double low = edge(b), left = line_at(bucket, low), right = line_at(bucket, edge(b + 1));
    if (left >= 1 / a) break;
    const double end = std::min(right, 1 / a);
    const double part = right > left ? (end - left) / (right - left) : 1;
    const double mean = end > left ? std::log(end / left) / (end - left) : 1 / left;
    sum += (edge(b + 1) - low) * part * (mean - a);
  }
  return sum;
}

// The last two buckets keep the mean, at the cost of what lies above amounts within them. Shares of
// the years with a higher frequency know nothing of it.
TEST(EffectTable, FrequencyPaysWhatTheLognormalPays) {
  for (const double cv : {.055, .103, .193, .4}) {
    const double v = std::log1p(cv * cv), sigma = std::sqrt(v);
    const auto table = compile_effect({v / 2, sigma, true});
    for (const double score : {-1.0, 0.0, 1.0, 2.0}) {
      const double a = std::exp(-v / 2 + sigma * score);
      const auto normal = [](double z) { return std::erfc(-z / std::numbers::sqrt2) / 2; };
      const double exact = normal(sigma - score) - a * normal(-score);
      EXPECT_LT(relative_error(frequency_excess(table, a), exact), score < 0 ? 5e-5 : 1e-5)
          << cv << " " << score;
    }
  }
}

TEST(EffectTable, MiddleIsTheMedian) {
  for (const double cv : cvs) {
    const EffectLaw effect = severity(cv);
    const auto table = compile_effect(effect);
    // S = 1/2 is a bucket edge: the two lines beside it straddle the median.
    const auto right = static_cast<double>(quantile(table.data(), .5f));
    const auto left = static_cast<double>(quantile(table.data(), std::nextafter(.5f, 0.0f)));
    EXPECT_LT(relative_error((left + right) / 2, std::exp(effect.location)), 2e-3 * (1 + cv));
  }
}

TEST(EffectTable, ConstantFactorIsTheSameEverywhere) {
  for (const bool decreasing : {false, true}) {
    const auto table = compile_effect({std::log(1.25), 0, decreasing});
    for (const float survival : {0x1p-40f, 0x1p-14f, .3f, .9999f, 1.0f}) {
      EXPECT_EQ(quantile(table.data(), survival), 1.25f);
    }
  }
}

/// Share of all survivals whose factor is `value`; each bucket is as likely as it is wide.
double share_of(const std::vector<Bucket>& table, float value) {
  double share = 0;
  for (int b = 0; b < sloped_bucket_count; ++b) {
    const Bucket& bucket = table[static_cast<std::size_t>(b)];
    if (bucket.intercept == value) share += edge(b + 1) - (b == 0 ? 0 : edge(b));
  }
  return share;
}

TEST(PandemicTable, HoldsTwoFactorsWithTheStatedProbability) {
  for (const double q : {1e-4, 0.01, 1 / 30.0, 0.1, 0.37, 0.5, 0.999}) {
    for (const double frequency : {0.7, 1.5, 4.0}) {
      const auto table = compile_effect({0, 0, false, q, frequency});
      const auto inverse = static_cast<float>(1 / frequency);
      ASSERT_EQ(table.size(), std::size_t{bucket_count});
      for (const Bucket& bucket : table) ASSERT_EQ(bucket.slope, 0);
      EXPECT_NEAR(share_of(table, inverse), q, 1e-12) << q;
      EXPECT_NEAR(share_of(table, 1), 1 - q, 1e-12) << q;
    }
  }
}

TEST(PandemicTable, OfEveryYearHoldsOneFactor) {
  for (const Bucket& bucket : compile_effect({0, 0, false, 1, 1.25})) {
    EXPECT_EQ(bucket.intercept, 0.8f);
  }
}

// As the lane draws it: 2^16 words spread evenly over all 32 bits.
TEST(PandemicTable, IsDrawnAsOftenAsStated) {
  const auto table = compile_effect({0, 0, false, 0.05, 2});
  constexpr std::uint32_t draws = 1 << 16;
  std::uint32_t shocked = 0;
  for (std::uint32_t i = 0; i < draws; ++i) {
    const std::uint32_t word = (i << 16) + (1u << 15);
    const float survival = needs_refining(word) ? refined_survival(word, 0) : survival_of(word);
    shocked += quantile(table.data(), survival) == 0.5f;
  }
  EXPECT_NEAR(shocked / double{draws}, 0.05, 1e-3);
}

}  // namespace
}  // namespace corridor
