// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "host/distribution/compile.hpp"
#include "tests/distribution/sweep.hpp"
#include "tests/distribution/table_figures.hpp"

namespace corridor {
namespace {

constexpr double cap = 25e6;

/// A law and its table, both capped as the lane caps.
struct Compiled {
  std::unique_ptr<ClaimLaw> law;
  std::vector<Bucket> table;

  explicit Compiled(const DistributionSpec& spec, std::vector<DistributionSpec> parts = {})
      : law(law_from(spec, std::move(parts))), table(compile_table(*law, cap)) {}

  double excess(double d) const { return law->excess(d) - law->excess(cap); }
  double compiled_excess(double d) const {
    return table_excess(table, d) - table_excess(table, cap);
  }
  double mean() const { return law->limited_expected_value(cap); }
  double compiled_mean() const { return compiled_excess(0); }

  /// Worst relative error of E[max(X - d, 0)] for d from 5,000 to 2,000,000 where at least one
  /// person in a billion is above d.
  double worst_excess_error() const {
    double worst = 0;
    for (double d = 5e3; d <= 2e6; d *= 1.01) {
      if (law->survival(d) < 1e-9) break;
      worst = std::max(worst, relative_error(compiled_excess(d), excess(d)));
    }
    return worst;
  }
};

class Cms2026Table : public testing::TestWithParam<std::size_t> {};

INSTANTIATE_TEST_SUITE_P(Tiers, Cms2026Table, testing::Range<std::size_t>(0, 4),
                         [](const auto& row) { return cms_2026::tiers[row.param]; });

TEST_P(Cms2026Table, LimitedValuesToTheEndOfThePublishedTableAreReproduced) {
  const Compiled silver_like(cms_2026_law(GetParam()));
  for (const cms_2026::Row& row : cms_2026::rows) {
    if (row.upper_usd > 100e3) break;
    const double published = row.tier[GetParam()].limited_expected_value_usd;
    const double tolerance = row.upper_usd >= 2000 ? 1e-4 * published : 1e-4 * silver_like.mean();
    EXPECT_NEAR(silver_like.compiled_mean() - silver_like.compiled_excess(row.upper_usd), published,
                tolerance)
        << row.upper_usd;
  }
}

TEST_P(Cms2026Table, LimitedValuesBetweenThePublishedOnesAreTheLaws) {
  const Compiled compiled(cms_2026_law(GetParam()));
  for (double d = 50; d <= 400e3; d *= 1.005) {
    EXPECT_NEAR(compiled.compiled_excess(d), compiled.excess(d), 5e-5 * compiled.mean()) << d;
  }
}

TEST(SampleLawTable, ExcessIsTheLawsAtEveryDeductible) {
  for (std::size_t tier = 0; tier < 4; ++tier) {
    EXPECT_LT(Compiled(cms_2026_law(tier, sample_tail())).worst_excess_error(), 8e-5);
  }
}

class Cms2015Table : public testing::TestWithParam<std::size_t> {};

INSTANTIATE_TEST_SUITE_P(Curves, Cms2015Table, testing::Range<std::size_t>(0, 6),
                         [](const auto& row) {
                           std::string name = cms_2015::curves[row.param];
                           for (char& c : name) c = c == ' ' ? '_' : c;
                           return name;
                         });

TEST_P(Cms2015Table, LimitedValuesToTwoMillionAreReproduced) {
  const Compiled compiled(cms_2015_law(GetParam()));
  for (const cms_2015::Row& row : cms_2015::rows) {
    if (std::isinf(row.threshold_usd)) break;
    const double published = row.limited_expected_value_usd[GetParam()];
    EXPECT_NEAR(compiled.compiled_mean() - compiled.compiled_excess(row.threshold_usd), published,
                1e-4 * compiled.mean())
        << row.threshold_usd;
  }
}

TEST(SmoothLawTable, ExcessIsTheLawsToTwoPartsInAHundredThousand) {
  const SweptLaw laws[] = {
      {"lognormal 1.2", law_of("lognormal", {{"mu", {6.9}}, {"sigma", {1.2}}}), {}},
      {"lognormal 1.76", law_of("lognormal", {{"mu", {6.9}}, {"sigma", {1.76}}}), {}},
      {"lognormal 2.2", law_of("lognormal", {{"mu", {6.9}}, {"sigma", {2.2}}}), {}},
      {"gamma", law_of("gamma", {{"shape", {.2}}, {"scale_usd", {4e4}}}), {}},
      {"weibull", law_of("weibull", {{"shape", {.5}}, {"scale_usd", {5e3}}}), {}},
      {"pareto", law_of("pareto", {{"alpha", {2}}, {"threshold_usd", {1e3}}}), {}},
      {"generalized_pareto",
       law_of("generalized_pareto",
              {{"xi", {.366}}, {"sigma_usd", {54667}}, {"threshold_usd", {1e5}}}),
       {}},
  };
  for (const SweptLaw& law : laws) {
    EXPECT_LT(Compiled(law.spec).worst_excess_error(), 2e-5) << law.label;
  }
}

TEST(JumpTable, ExcessIsOffByLittleUnlessTheJumpMeetsABucketEdge) {
  const auto with = [](double p_zero) {
    return Compiled(
        law_of("pareto", {{"alpha", {1.8727}}, {"threshold_usd", {96e3}}, {"p_zero", {p_zero}}}));
  };
  EXPECT_LT(with(.99).worst_excess_error(), 8e-3);
  EXPECT_LT(with(1 - .009765625).worst_excess_error(), 2e-5);  // 1.25 / 2^7, an edge
}

/// A change of the sample book's silver law.
Compiled changed(const std::string& kind, const Numbers& numbers) {
  DistributionSpec spec = law_of(kind, numbers);
  spec.texts["base"] = "silver";
  return Compiled(spec, {named(cms_2026_law(1, sample_tail()), "silver")});
}

TEST(ChangedLawTable, ExcessIsTheLawsWhereNothingJumps) {
  EXPECT_LT(changed("frequency_scaled", {{"factor", {1.1}}}).worst_excess_error(), 8e-5);
  EXPECT_LT(changed("frequency_scaled", {{"factor", {.7}}}).worst_excess_error(), 8e-5);
  EXPECT_LT(changed("scaled_above", {{"from_usd", {5e5}}, {"factor", {1.3}}}).worst_excess_error(),
            8e-5);
}

TEST(ChangedLawTable, ExcessIsOffByLittleNextToARareCost) {
  for (const double per_million : {.5, 5., 50.}) {
    const Compiled law =
        changed("with_rare", {{"frequency_per_million", {per_million}}, {"cost_usd", {1.5e6}}});
    EXPECT_LT(law.worst_excess_error(), 2e-4) << per_million;
  }
  const Compiled frequent =
      changed("with_rare", {{"frequency_per_million", {3e4}}, {"cost_usd", {9600}}});
  EXPECT_LT(frequent.worst_excess_error(), 1e-4);
}

}  // namespace
}  // namespace corridor
