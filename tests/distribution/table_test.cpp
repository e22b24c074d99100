// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "host/distribution/compile.hpp"
#include "tests/distribution/sweep.hpp"
#include "tests/distribution/table_figures.hpp"

namespace corridor {
namespace {

constexpr double cap = 25e6;
constexpr double ceiling = 8 * cap;

void expect_exact_means(const ClaimLaw& law, const std::vector<Bucket>& table,
                        const std::string& label) {
  for (int b = 1; b < sloped_bucket_count; ++b) {
    const double mean = limited_mean(law, edge(b), edge(b + 1), ceiling);
    EXPECT_NEAR(bucket_mean(table, b), mean, 1e-7 * mean + 0x1p-30) << label << " bucket " << b;
  }
}

TEST(CompiledTables, NeverRiseWithSurvivalAndAreNeverNegative) {
  for (const SweptLaw& swept : all_laws()) {
    const auto table = compile_table(*law_from(swept.spec, swept.parts), cap);
    ASSERT_EQ(table.size(), static_cast<std::size_t>(bucket_count));
    EXPECT_EQ(disorders(table), 0) << swept.label;  // the last look is at S = 1
  }
}

TEST(CompiledTables, HaveTheLawsMeanInEveryBucket) {
  for (const SweptLaw& swept : all_laws()) {
    const auto law = law_from(swept.spec, swept.parts);
    expect_exact_means(*law, compile_table(*law, cap), swept.label);
  }
}

TEST(CompiledTables, HaveTheLawsMeanUnderTheCap) {
  for (const SweptLaw& swept : all_laws()) {
    const auto law = law_from(swept.spec, swept.parts);
    const auto table = compile_table(*law, cap);
    EXPECT_LT(relative_error(table_mean(table), mean_under(*law, cap)), 3e-8) << swept.label;
  }
}

TEST(CompiledTables, HoldNothingAtSurvivalOne) {
  for (const SweptLaw& swept : composed_laws()) {
    const auto table = compile_table(*law_from(swept.spec, swept.parts), cap);
    EXPECT_EQ(bits_of(quantile(table.data(), 1.0f)), 0u) << swept.label;
  }
}

TEST(CompiledTables, MeetTheLawAtBucketEdges) {
  for (const auto& [label, spec, parts] : published_laws()) {
    const auto law = law_from(spec, parts);
    const auto table = compile_table(*law, cap);
    for (int b = 1; b < sloped_bucket_count; ++b) {
      const double low = std::min(law->quantile(edge(b + 1)), ceiling);
      const double high = std::min(law->quantile(edge(b - 1)), ceiling);
      const auto at_edge = static_cast<double>(quantile(table.data(), static_cast<float>(edge(b))));
      EXPECT_GE(at_edge, low * (1 - 1e-6)) << label << " bucket " << b;
      EXPECT_LE(at_edge, high * (1 + 1e-6)) << label << " bucket " << b;
    }
  }
}

TEST(CompiledTables, SmallestSurvivalCarriesTheMeanOfAllBelow) {
  // Pareto, alpha 2: P(X > 1000 * 2^20) = 2^-40, and the mean above is twice that unless capped.
  const auto law = law_from(law_of("pareto", {{"alpha", {2}}, {"threshold_usd", {1e3}}}));
  const double at_floor = 1000 * 0x1p20;
  for (const double limit : {1e12, 2 * at_floor, at_floor / 2}) {
    const auto table = compile_table(*law, limit);
    const double tail = limited_mean(*law, 0, 0x1p-40, std::max(std::min(limit, 0x1p40), at_floor));
    const double bucket = limited_mean(*law, edge(0), edge(1), std::min(8 * limit, 0x1p40));
    const double carried = (0x1p-40 * static_cast<double>(quantile(table.data(), 0x1p-40f)) +
                            (edge(1) - edge(0)) * bucket_mean(table, 0)) /
                           edge(1);
    EXPECT_LT(relative_error(carried, (tail * 0x1p-40 + bucket * (edge(1) - edge(0))) / edge(1)),
              1e-7);
    EXPECT_NEAR(static_cast<double>(quantile(table.data(), 0x1p-40f)) / tail, 1, .08);
  }
}

TEST(CompiledTables, NoValueExceedsEightTimesTheCap) {
  const auto law = law_from(law_of("pareto", {{"alpha", {1.05}}, {"threshold_usd", {1e5}}}));
  const auto table = compile_table(*law, cap);
  EXPECT_LE(quantile(table.data(), 0x1p-40f), 8 * 25e6f);
  EXPECT_LT(relative_error(table_excess(table, 0) - table_excess(table, cap),
                           law->limited_expected_value(cap)),
            1e-5);
}

TEST(CompiledTables, MeansHoldOnTheLatticeOfDraws) {
  // All survival probabilities of unrefined draws, (2k + 1) / 2^24, evaluated as the lane does.
  const auto law = law_from(cms_2026_law(silver, sample_tail()));
  const auto table = compile_table(*law, cap);
  double sum = 0;
  constexpr int first = 1 << 9;  // S = 2^-14, where drawing begins to refine
  for (int k = first; k < (1 << 23); ++k) {
    sum += static_cast<double>(quantile(table.data(), static_cast<float>(2 * k + 1) * 0x1p-24f));
  }
  const double expected = law->quantile_integral(0x1p-14, 1);
  EXPECT_LT(relative_error(std::ldexp(sum, -23), expected), 1e-8);
}

}  // namespace
}  // namespace corridor
