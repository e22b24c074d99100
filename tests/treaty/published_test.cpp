// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <functional>
#include <numeric>

#include "tests/treaty/made_up_treaties.hpp"

namespace corridor {
namespace {

using made_up::person_excess;

using Survival = std::function<double(double)>;
using Probabilities = std::vector<double>;  ///< [multiple of the lattice's step]

constexpr double nan = Treaty::unset;

/// Integral of the survival function by Simpson's rule: what a layer takes of one claim.
double layer_mean(const Survival& survival, double from, double to) {
  constexpr int steps = 400;
  const double h = (to - from) / steps;
  double sum = survival(from) + survival(to);
  for (int i = 1; i < steps; ++i) sum += (i % 2 == 1 ? 4 : 2) * survival(from + i * h);
  return sum * h / 3;
}

/// One claim's loss in a layer on a lattice of `points` steps, of the same mean in every cell.
Probabilities layer_on_lattice(const Survival& survival, double from, double width, int points) {
  const double h = width / points;
  std::vector<double> limited{0};
  for (int k = 0; k < points; ++k) {
    limited.push_back(limited.back() + layer_mean(survival, from + k * h, from + (k + 1) * h));
  }
  limited.push_back(limited.back());
  Probabilities law{1 - limited[1] / h};
  for (int k = 1; k <= points; ++k) {
    const auto at = static_cast<std::size_t>(k);
    law.push_back((2 * limited[at] - limited[at - 1] - limited[at + 1]) / h);
  }
  return law;
}

/// Compound Poisson by Panjer's recursion, up to `most` steps.
Probabilities compound_poisson(double claims, const Probabilities& severity, std::size_t most) {
  Probabilities total(most + 1);
  total[0] = std::exp(claims * (severity[0] - 1));
  for (std::size_t k = 1; k <= most; ++k) {
    double sum = 0;
    for (std::size_t j = 1; j <= std::min(k, severity.size() - 1); ++j) {
      sum += static_cast<double>(j) * severity[j] * total[k - j];
    }
    total[k] = claims / static_cast<double>(k) * sum;
  }
  EXPECT_NEAR(std::accumulate(total.begin(), total.end(), 0.0), 1, 1e-9) << "lattice too short";
  return total;
}

/// Expected cession of the only treaty where a year's total, all of it in the layer of a treaty of
/// persons, is k steps with probability total[k].
double expected_ceded_usd(const Treaty& treaty, const Probabilities& total, double step_usd,
                          double premium_usd = nan) {
  std::vector<Cents> years;
  for (std::size_t k = 0; k < total.size(); ++k) {
    years.push_back(made_up::usd(static_cast<double>(k) * step_usd));
  }
  std::vector<std::vector<Cents>> layers;
  if (treaty.of_persons()) layers.push_back(years);
  const CededYears result = apply_programme({{treaty}}, years, layers, premium_usd);
  double mean = 0;
  for (std::size_t k = 0; k < total.size(); ++k) {
    mean += total[k] * static_cast<double>(result.ceded[0][k]) / 100;
  }
  return mean;
}

Survival single_parameter_pareto(double threshold, double index) {
  return [=](double x) { return std::pow(threshold / x, index); };
}

/// A class of business: expected losses in the layer, and its claims above the threshold.
struct ClassOfBusiness {
  double expected, index;
};

/// The layer's yearly losses over classes of Poisson numbers of single-parameter Pareto claims.
Probabilities yearly_layer(const std::vector<ClassOfBusiness>& classes, double threshold,
                           double width, int points, std::size_t most) {
  double claims = 0;
  Probabilities mixed(static_cast<std::size_t>(points) + 1);
  for (const ClassOfBusiness& one : classes) {
    const Survival survival = single_parameter_pareto(threshold, one.index);
    const double number = one.expected / layer_mean(survival, threshold, threshold + width);
    const Probabilities law = layer_on_lattice(survival, threshold, width, points);
    for (std::size_t k = 0; k < law.size(); ++k) mixed[k] += number * law[k];
    claims += number;
  }
  for (double& p : mixed) p /= claims;
  return compound_poisson(claims, mixed, most);
}

// Bear and Nemlick, Pricing the impact of adjustable features and loss sharing provisions of
// reinsurance treaties, PCAS LXXVII (1990), Table I, collective risk model without contagion.
// Amounts in thousands.

TEST(PublishedTreaties, BearAndNemlickAggregateDeductible) {
  // Layer 160 xs 40; 9,000 of premium at 4% and 3,000 at 3%; carrier keeps 360 a year; load 100/75.
  const Probabilities total =
      yearly_layer({{360, 0.9}, {90, 0.95}}, 40, 160, 160, 6'000);  // steps of 1
  Treaty treaty = person_excess(0, 40, 160);
  treaty.annual_deductible_usd = 360;
  const double rate = 100 * expected_ceded_usd(treaty, total, 1) / 12'000 / 0.75;
  EXPECT_NEAR(rate, 1.58, 0.005);    // as printed
  EXPECT_NEAR(rate, 1.57555, 2e-5);  // worked out by another program
}

TEST(PublishedTreaties, BearAndNemlickLossCorridor) {
  // Layer 400 xs 100; premium 10,000 at 3.2, 3.8 and 3.5%; carrier keeps 350 to 700; load 100/70.
  const Probabilities total =
      yearly_layer({{144, 1.1}, {171, 1.1}, {35, 1.1}}, 100, 400, 400, 8'000);
  const Treaty treaty = made_up::with_corridor(person_excess(0, 100, 400), 0.035, 0.07);
  const double rate = 100 * expected_ceded_usd(treaty, total, 1, 10'000) / 10'000 / 0.70;
  EXPECT_NEAR(rate, 3.67, 0.005);
  EXPECT_NEAR(rate, 3.66966, 2e-5);
}

// Pittarello, Luini and Marchione, GEMAct, Annals of Actuarial Science (2024), section 3.5.

TEST(PublishedTreaties, GemactExcessOfLoss) {
  // Poisson(4) claims of Gamma(5), 20 xs 5.
  const Survival gamma = [](double x) {
    double term = 1, sum = 1;
    for (int k = 1; k < 5; ++k) sum += term *= x / k;
    return sum * std::exp(-x);
  };
  const Probabilities total = compound_poisson(4, layer_on_lattice(gamma, 5, 20, 200), 4'000);
  const double mean = expected_ceded_usd(person_excess(0, 5, 20), total, 0.1);
  EXPECT_NEAR(mean, 3.51, 0.005);
  EXPECT_NEAR(mean, 3.509346, 1e-5);
}

TEST(PublishedTreaties, GemactPaidReinstatements) {
  // Poisson(0.5) claims of a Lomax law, scale 100, index 1.2; 100 xs 0 with an annual deductible of
  // 100 and three limits a year, of which the second and third are paid for in proportion.
  const Survival lomax = [](double x) { return std::pow(1 + x / 100, -1.2); };
  const Probabilities total = compound_poisson(0.5, layer_on_lattice(lomax, 0, 100, 400), 6'000);
  Treaty treaty = person_excess(0, 0, 100);
  treaty.annual_deductible_usd = 100;
  treaty.annual_limit_usd = 300;
  const double losses = expected_ceded_usd(treaty, total, 0.25);
  treaty.annual_limit_usd = 200;  // losses that a reinstatement follows
  const double reinstated = expected_ceded_usd(treaty, total, 0.25) / 100;
  EXPECT_NEAR(losses / (1 + reinstated), 4.319350, 1e-5);
}

// Wang, A class of distortion operators for pricing financial and insurance risks, J. Risk and
// Insurance 67 (2000), Table 1: layers in thousands of one claim, Pareto 1.2 with scale 2,000. Its
// first row is a known misprint.
TEST(PublishedTreaties, WangLayersOfOneClaim) {
  const struct {
    double from, to, expected;
  } layers[] = {{100e3, 200e3, 582}, {400e3, 500e3, 150}, {1e6, 2e6, 373}};
  const Survival pareto = [](double x) { return std::pow(2000 / (2000 + x), 1.2); };
  for (const auto& layer : layers) {
    const double width = layer.to - layer.from;
    const Probabilities law = layer_on_lattice(pareto, layer.from, width, 100);
    const double mean = expected_ceded_usd(person_excess(0, layer.from, width), law, width / 100);
    EXPECT_NEAR(mean, layer.expected, 0.51) << layer.from;
    const double closed =
        2000 / 0.2 * (std::pow(1 + layer.from / 2000, -0.2) - std::pow(1 + layer.to / 2000, -0.2));
    EXPECT_NEAR(mean, closed, 1e-4) << layer.from;
  }
}

// Stop-loss premiums of whole totals, as an aggregate treaty in dollars takes them.

Treaty stop_loss(double attachment) {
  Treaty treaty;
  treaty.kind = TreatyKind::book_aggregate;
  treaty.attachment_usd = attachment;
  return treaty;
}

/// Sum of a number of independent claims.
Probabilities compound(const Probabilities& number, const Probabilities& severity) {
  Probabilities total(number.size() * severity.size(), 0.0), power{1};
  for (const double chance : number) {
    for (std::size_t k = 0; k < power.size(); ++k) total[k] += chance * power[k];
    Probabilities next(power.size() + severity.size() - 1);
    for (std::size_t i = 0; i < power.size(); ++i) {
      for (std::size_t j = 0; j < severity.size(); ++j) next[i + j] += power[i] * severity[j];
    }
    power = std::move(next);
  }
  return total;
}

// Klugman, Panjer and Willmot, Loss Models, example 9.5: group dental, claims in steps of 25.
TEST(PublishedTreaties, LossModelsStopLossPremiums) {
  const Probabilities total = compound({.05, .1, .15, .2, .25, .15, .06, .03, .01},
                                       {0, .15, .2, .25, .125, .075, .05, .05, .05, .025, .025});
  const double premiums[] = {290.75,     267.375,        244.584375,
                             222.660625, 201.5512890625, 181.3366128906};
  double attachment = 25;
  for (const double premium : premiums) {
    EXPECT_NEAR(expected_ceded_usd(stop_loss(attachment), total, 25), premium, 1e-8) << attachment;
    attachment += 25;
  }
}

// Society of Actuaries, sample question: a geometric number of mean 4 of claims of 40, above 100.
TEST(PublishedTreaties, SocietyOfActuariesPrescriptions) {
  Probabilities number{0.2};
  for (int k = 1; k < 200; ++k) number.push_back(number.back() * 0.8);
  EXPECT_NEAR(expected_ceded_usd(stop_loss(100), number, 40), 92.16, 1e-6);
}

}  // namespace
}  // namespace corridor
