// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
// Laws made of another by a scenario's changes, held to numerical integration of their survival.
#include <gtest/gtest.h>

#include <boost/math/quadrature/gauss_kronrod.hpp>

#include "host/distribution/cost_points.hpp"
#include "tests/distribution/laws.hpp"
#include "tests/distribution/published_laws.hpp"

namespace corridor {
namespace {

DistributionSpec made_of(const std::string& kind, const std::string& base, const Numbers& numbers) {
  DistributionSpec spec = law_of(kind, numbers);
  spec.texts = {{"base", base}};
  return spec;
}
DistributionSpec scaled(double from, double factor) {
  return made_of("scaled_above", "silver", {{"from_usd", {from}}, {"factor", {factor}}});
}
DistributionSpec more_frequent(double factor) {
  return made_of("frequency_scaled", "silver", {{"factor", {factor}}});
}
DistributionSpec rare(std::vector<double> per_million, std::vector<double> cost) {
  return made_of("with_rare", "silver",
                 {{"frequency_per_million", per_million}, {"cost_usd", cost}});
}
DistributionSpec lognormal() {
  return named(law_of("lognormal", {{"mean_usd", {8e3}}, {"cv", {4}}, {"p_zero", {.1}}}), "silver");
}
DistributionSpec published() { return named(cms_2026_law(1, sample_tail()), "silver"); }

struct Base {
  DistributionSpec law;
  double tolerance;
};
std::vector<Base> bases() { return {{lognormal(), 5e-8}, {published(), 5e-6}}; }

/// Integral of the survival over amounts, in pieces that no jump of the tests' laws falls into.
double integrated(const ClaimLaw& law, double low, double high, std::vector<double> jumps = {}) {
  std::vector<double> edges{low};
  jumps.push_back(high);
  std::sort(jumps.begin(), jumps.end());
  double sum = 0;
  for (const double jump : jumps) {
    if (jump <= low || jump > high) continue;
    for (double edge = std::max(edges.back() * 1.5, 10.0); edge < jump; edge *= 1.5) {
      edges.push_back(edge);
    }
    edges.push_back(jump);
  }
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    sum += boost::math::quadrature::gauss_kronrod<double, 31>::integrate(
        [&](double x) { return law.survival(x); }, edges[i], edges[i + 1], 5, 1e-11);
  }
  return sum;
}

/// Excess, limited expected value and the integral of the quantile, against the survival. Published
/// laws bend at every bucket's end, where the integration is less sure.
void expect_consistent(const ClaimLaw& law, const std::vector<double>& jumps = {},
                       double tolerance = 1e-9) {
  for (const double d : {0.0, 500.0, 2e4, 3e5, 1.9e6, 2.4e6, 6e6}) {
    const double above = integrated(law, d, 4e6 + d, jumps) + law.excess(4e6 + d);
    EXPECT_LT(relative_error(law.excess(d), above), tolerance) << d;
    EXPECT_LT(relative_error(law.limited_expected_value(d) + law.excess(d), law.mean()), 1e-12);
  }
  for (const double s : {.999, .7, .2, 3e-2, 1e-3, 2e-5, 1e-6, 1e-9}) {
    const double amount = law.quantile(s);
    EXPECT_LE(law.survival(amount), s * (1 + 1e-9)) << s;
    if (amount > 0) {
      EXPECT_GE(law.survival(amount * (1 - 1e-9)), s * (1 - 1e-6)) << s;
    }
    EXPECT_LT(relative_error(law.quantile_integral(0, s), law.excess(amount) + s * amount), 1e-9);
    EXPECT_LT(relative_error(law.quantile_integral(0, s) + law.quantile_integral(s, 1), law.mean()),
              1e-10);
  }
  EXPECT_EQ(law.quantile(1), 0);
}

TEST(ScaledAbove, IsConsistentWithItsSurvival) {
  for (const auto& [base, tolerance] : bases()) {
    for (const double factor : {.4, 1.3, 3.0}) {
      expect_consistent(*law_from(scaled(3e5, factor), {base}), {3e5}, tolerance);
      expect_consistent(*law_from(scaled(0, factor), {base}), {}, tolerance);
    }
  }
}

TEST(ScaledAbove, MovesWhatClaimsExceedTheAmountBy) {
  const auto base = law_from(lognormal()), law = law_from(scaled(1e5, 1.3), {lognormal()});
  EXPECT_DOUBLE_EQ(law->quantile(.2), base->quantile(.2));
  EXPECT_DOUBLE_EQ(law->quantile(1e-4), 1e5 + 1.3 * (base->quantile(1e-4) - 1e5));
  EXPECT_LT(relative_error(law->mean(), base->mean() + .3 * base->excess(1e5)), 1e-13);
  EXPECT_LT(relative_error(law->excess(2.3e5), 1.3 * base->excess(2e5)), 1e-13);
}

TEST(ScaledAbove, FromZeroIsTheLawInOtherUnits) {
  const auto base = law_from(lognormal()), law = law_from(scaled(0, 1.5), {lognormal()});
  for (const double d : {1e3, 1e5, 1e6}) {
    EXPECT_LT(relative_error(law->excess(1.5 * d), 1.5 * base->excess(d)), 1e-13);
  }
}

TEST(FrequencyScaled, IsConsistentWithItsSurvival) {
  for (const auto& [base, tolerance] : bases()) {
    for (const double factor : {.3, .9, 1.05, 1.3, 4.0}) {
      const auto law = law_from(more_frequent(factor), {base});
      expect_consistent(*law, {law->quantile(std::nextafter(1.0, 0.0))}, tolerance);
    }
  }
}

TEST(FrequencyScaled, MultipliesEveryExcessThatFewEnoughReach) {
  const auto base = law_from(lognormal());
  for (const double factor : {.3, 1.3, 4.0}) {
    const auto law = law_from(more_frequent(factor), {lognormal()});
    for (const double d : {2e4, 3e5, 5e6}) {
      EXPECT_LT(relative_error(law->excess(d), factor * base->excess(d)), 1e-14);
      EXPECT_LT(relative_error(law->survival(d), factor * base->survival(d)), 1e-14);
    }
  }
}

TEST(FrequencyScaled, GivesEverybodyClaimsWhereTheFactorIsLarge) {
  const auto base = law_from(lognormal()), law = law_from(more_frequent(4), {lognormal()});
  const double least = base->quantile(.25);
  EXPECT_EQ(law->survival(least * .999), 1);
  EXPECT_LT(law->survival(least * 1.001), 1);
  EXPECT_DOUBLE_EQ(law->limited_expected_value(least), least);
  EXPECT_LT(relative_error(law->mean(), least + 4 * base->excess(least)), 1e-13);
}

TEST(WithRare, IsConsistentWithItsSurvival) {
  for (const auto& [base, tolerance] : bases()) {
    expect_consistent(*law_from(rare({40}, {2e6}), {base}), {2e6}, tolerance);
    expect_consistent(*law_from(rare({3e4, 1, 200}, {9600, 3.5e6, 4e5}), {base}),
                      {9600, 3.5e6, 4e5}, tolerance);
    expect_consistent(*law_from(rare({6e5}, {5e4}), {base}), {5e4}, tolerance);
  }
}

TEST(WithRare, IsTheMixtureThatItIs) {
  const auto base = law_from(lognormal()), law = law_from(rare({10, 2}, {2e6, 3e6}), {lognormal()});
  for (const double x : {0.0, 1e5, 2e6, 2.5e6, 3.2e6}) {
    const auto moved = [&](double cost) { return x < cost ? 1 : base->survival(x - cost); };
    const double expected =
        (1 - 12e-6) * base->survival(x) + 10e-6 * moved(2e6) + 2e-6 * moved(3e6);
    EXPECT_LT(relative_error(law->survival(x), expected), 1e-13) << x;
  }
  EXPECT_LT(relative_error(law->mean(), base->mean() + 20 + 6), 1e-13);
}

TEST(WithRare, AddsFrequencyTimesWhatTheCostExceedsADeductibleBy) {
  // Nobody has other claims near the deductible: a continuance table that ends at 1,000.
  const DistributionSpec small =
      named(table_of("continuance",
                     {{"upper_usd", {0, 1e3}}, {"probability", {.3, .7}}, {"mean_usd", {0, 400}}}),
            "silver");
  const auto law = law_from(rare({25}, {2e6}), {small});
  EXPECT_LT(relative_error(law->excess(1e5), 25e-6 * (2e6 + .7 * 400 - 1e5)), 1e-12);
  EXPECT_LT(relative_error(law->survival(1e5), 25e-6), 1e-12);
}

TEST(WithRare, PutsThoseWithoutOtherClaimsAtTheCost) {
  const auto law = law_from(rare({40}, {2e6}), {lognormal()});
  const double above = law->survival(2e6);
  EXPECT_EQ(law->quantile(above), 2e6);
  EXPECT_EQ(law->quantile(above + 3.9e-6), 2e6);  // a tenth of 40 have no other claims
  EXPECT_LT(law->quantile(above + 4.1e-6), 2e6);
}

TEST(WithRare, OrderOfTheCostsDoesNotMatter) {
  const auto law = law_from(rare({3, 7, 5}, {1e6, 4e5, 3e6}), {published()});
  const auto sorted = law_from(rare({7, 3, 5}, {4e5, 1e6, 3e6}), {published()});
  for (const double s : {.5, 1e-4, 1e-6}) EXPECT_EQ(law->quantile(s), sorted->quantile(s));
}

TEST(ChangedLaws, MayBeMadeOfOneAnother) {
  const DistributionSpec frequent = named(more_frequent(1.1), "frequent");
  const DistributionSpec severe = named(
      made_of("scaled_above", "frequent", {{"from_usd", {5e5}}, {"factor", {1.3}}}), "severe");
  const DistributionSpec all =
      made_of("with_rare", "severe", {{"frequency_per_million", {20}}, {"cost_usd", {2e6}}});
  const auto law = law_from(all, {published(), frequent, severe});
  expect_consistent(*law, {2e6}, 5e-6);
  const auto base = law_from(published());
  const double mean = 1.1 * (base->mean() + .3 * base->excess(5e5)) + 40;
  EXPECT_LT(relative_error(law->mean(), mean), 1e-12);
}

TEST(ChangedLaws, AreRefusedWhereTheyMakeNoSense) {
  const auto codes = [](const DistributionSpec& spec) {
    std::string found;
    for (const Problem& problem : check_law(spec, {lognormal(), spec})) found += problem.code + " ";
    return found;
  };
  EXPECT_EQ(codes(rare({1, 2}, {5})), "E_LENGTH ");
  EXPECT_EQ(codes(rare({6e5, 5e5}, {5, 6})), "E_OUT_OF_RANGE ");
  EXPECT_EQ(codes(rare({-1}, {5})), "E_OUT_OF_RANGE ");
  EXPECT_EQ(codes(rare({1}, {0})), "E_OUT_OF_RANGE ");
  EXPECT_EQ(codes(more_frequent(0)), "E_OUT_OF_RANGE ");
  EXPECT_EQ(codes(scaled(-1, 2)), "E_OUT_OF_RANGE ");
  EXPECT_EQ(codes(made_of("scaled_above", "gold", {{"from_usd", {1}}, {"factor", {2}}})),
            "E_UNKNOWN_NAME ");
}

TEST(CostPoints, KeepTheMeanAndEveryonesOrder) {
  const auto law = law_from(law_of("lognormal", {{"mean_usd", {2e6}}, {"cv", {.4}}}));
  double probability = 0, mean = 0, last = 0;
  for (const CostPoint& point : cost_points(*law)) {
    probability += point.probability;
    mean += point.probability * point.cost_usd;
    EXPECT_GT(point.cost_usd, last);
    last = point.cost_usd;
  }
  EXPECT_LT(relative_error(probability, 1), 1e-12);
  EXPECT_LT(relative_error(mean, 2e6), 1e-9);
  EXPECT_GT(last, law->quantile(.01));
}

TEST(CostPoints, LeaveOutThoseWithoutACost) {
  const auto law =
      law_from(law_of("pareto", {{"alpha", {3}}, {"threshold_usd", {1e5}}, {"p_zero", {.5}}}));
  double probability = 0;
  for (const CostPoint& point : cost_points(*law)) probability += point.probability;
  EXPECT_NEAR(probability, .5, 1e-12);
}

}  // namespace
}  // namespace corridor
