// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/frequency_cut.hpp"

#include <gtest/gtest.h>

#include "host/exact/lognormal_excess.hpp"
#include "tests/exact/integrate.hpp"
#include "tests/exact/made_table.hpp"

namespace corridor {
namespace {

struct Year {
  double frequency, severity;
};

Year year_at(const EffectModel& model, double base, double group_score, double shared_score) {
  const double group = std::exp(model.group_sigma * (group_score - model.group_sigma / 2));
  const double shared = std::exp(model.shared_sigma * (shared_score - model.shared_sigma / 2));
  return {std::pow(group, model.frequency_share),
          base * shared * std::pow(group, 1 - model.frequency_share)};
}

/// E(X - t)+ of a person at scale 1 over both scores, each year thinned as the lane does it.
double brute_excess(const TableLaw& law, EffectModel model, double base, double exposure,
                    double threshold) {
  if (model.pandemic_probability > 0) {
    const double shocked = model.pandemic_probability, often = exposure * model.pandemic_frequency;
    model.pandemic_probability = 0;
    return (1 - shocked) * brute_excess(law, model, base, exposure, threshold) +
           shocked * brute_excess(law, model, base, often, threshold);
  }
  const bool shared = model.shared_sigma > 0 && threshold > 0;
  const double step = 1.0 / 40;
  const auto over_shared = [&](double group_score) {
    const auto at = [&](double shared_score) {
      const Year year = year_at(model, base, group_score, shared_score);
      return year.severity *
             law.thinned_excess(threshold / year.severity, exposure * year.frequency);
    };
    if (shared) return brute::over_normal(at, step, 8);
    return at(model.shared_sigma / 2);  // where the shared effects are 1, their mean
  };
  return brute::over_normal(over_shared, shared ? step : 1.0 / 4096);
}

double closed_excess(const TableLaw& law, const EffectModel& model, double base, double exposure,
                     double threshold) {
  const YearFactors factors(model, base);
  const double excess = factors.sigma > 0
                            ? lognormal_excess(law, threshold / factors.centre, factors.sigma)
                            : law.excess(threshold / factors.centre);
  return exposure * factors.frequency_mean * factors.centre * excess -
         cut_excess(law, factors, exposure, threshold);
}

double closed_mean(const TableLaw& law, const EffectModel& model, double base, double exposure) {
  const YearFactors factors(model, base);
  return exposure * factors.frequency_mean * factors.centre * law.mean() -
         cut_mean(law, factors, exposure);
}

std::vector<EffectModel> models() {
  return {{0, 0.2, 0.7, 0.5},
          {0, 0.4, 0.7, 1.0},
          {0.1, 0.3, 0.7, 0.3},
          {0.2, 0.25, 0.7, 0.8},
          {0.15, 0.2, 0.7, 1.0},
          {0, 0, 0.7, 0, 0.05, 2.5},
          {0.1, 0.25, 0.7, 0, 0.2, 3},
          {0.1, 0.3, 0.7, 0.4, 0.1, 1.5},
          {0, 0.3, 0.7, 0.4, 0.3, 0.6}};
}

std::vector<made::Table> tables() {
  return {made::table_of(made::lognormal(7000, 3)), made::table_of(made::lognormal(7000, 3, 0.2)),
          made::table_of(made::atoms({0, 900, 8000}, {.1, .6, .3})),
          made::table_of(made::constant(5000))};
}

TEST(FrequencyCut, GivesTheMeanOfABruteIntegralOverBothEffects) {
  for (const made::Table& table : tables()) {
    const TableLaw law(table.data());
    for (const EffectModel& model : models()) {
      for (const double exposure : {1.0, 0.9, 0.4}) {
        const double brute = brute_excess(law, model, 1.1, exposure, 0);
        EXPECT_NEAR(closed_mean(law, model, 1.1, exposure), brute, 1e-6 * brute)
            << model.shared_sigma << " " << model.frequency_share << " " << exposure;
      }
    }
  }
}

TEST(FrequencyCut, GivesTheExcessOfABruteIntegralOverBothEffects) {
  for (const made::Table& table : tables()) {
    const TableLaw law(table.data());
    for (const EffectModel& model : models()) {
      for (const double threshold : {950.0, 6000.0, 50000.0}) {
        const double brute = brute_excess(law, model, 0.97, 0.95, threshold);
        EXPECT_NEAR(closed_excess(law, model, 0.97, 0.95, threshold), brute,
                    1e-4 * brute + 1e-8 * law.mean())
            << model.shared_sigma << " " << model.frequency_share << " " << threshold;
      }
    }
  }
}

TEST(FrequencyCut, LeavesADeductibleThatFewReachUntouched) {
  const made::Table table = made::table_of(made::lognormal(7000, 3));
  const TableLaw law(table.data());
  EXPECT_EQ(cut_excess(law, YearFactors({0.1, 0.1, 0.7, 0.5}, 1), 1, 50000), 0);
}

TEST(FrequencyCut, IsNothingWithoutAnEffectOnFrequency) {
  const made::Table table = made::table_of(made::lognormal(7000, 3));
  const TableLaw law(table.data());
  EXPECT_EQ(cut_mean(law, YearFactors({0.1, 0.3, 0.7, 0}, 1), 1), 0);
  EXPECT_EQ(cut_excess(law, YearFactors({0.1, 0, 0.7, 0.5}, 1), 1, 1), 0);
  EXPECT_EQ(cut_mean(law, YearFactors({0.1, 0.3, 0.7, 0, 0.1, 0.8}, 1), 1), 0);
}

}  // namespace
}  // namespace corridor
