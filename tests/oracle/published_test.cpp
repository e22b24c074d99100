// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "tests/oracle/cms_silver.hpp"

namespace corridor::oracle {
namespace {

constexpr double cap = 50'000;

/// Lattices fine enough that their rounding is a hundredth of the tolerances, long enough that what
/// wraps round is nothing.
struct Mesh {
  double step;
  std::size_t points;
};
Mesh mesh_for(double members) {
  if (members <= 100) return {20, 1u << 17};
  return members <= 1000 ? Mesh{40, 1u << 18} : Mesh{50, 1u << 19};
}

Aggregate silver_group(double members, double cv) {
  const Mesh mesh = mesh_for(members);
  return {{{silver_atoms(), 1, members}}, cv, cap, mesh.step, mesh.points};
}

double payout_percent(const Aggregate& aggregate, double corridor) {
  return 100 * aggregate.at(corridor * aggregate.mean()).payout_usd / aggregate.mean();
}

double probability_percent(const Aggregate& aggregate, double corridor) {
  return 100 * aggregate.at(corridor * aggregate.mean()).probability;
}

struct Row {
  double members, cv, q95, q99;
  double payout[5], probability[5];  ///< percent, at 100, 110, 120, 125 and 130% of expected
};
constexpr double corridors[] = {1.0, 1.1, 1.2, 1.25, 1.3};

// Expected payout as a percentage of expected retained claims and the probability of one, members
// independent and alike with the silver law of cms_2026.hpp as atoms at bucket means, each person's
// claims capped at 50,000. Worked out by an FFT on a lattice of 500, which puts the payouts up to
// 0.0023 too high.
constexpr Row published[] = {
    {25,
     .3881,
     1.7007,
     2.0565,
     {15.499, 11.379, 8.160, 6.850, 5.717},
     {45.9, 36.4, 28.0, 24.3, 21.0}},
    {50,
     .2744,
     1.4837,
     1.7167,
     {10.953, 6.925, 4.143, 3.139, 2.345},
     {47.1, 33.6, 22.4, 17.9, 14.0}},
    {100, .1941, 1.3351, 1.4917, {7.743, 3.917, 1.748, 1.114, .688}, {48.0, 29.2, 15.2, 10.4, 6.8}},
    {250, .1227, 1.2083, 1.3019, {4.897, 1.525, .332, .135, .050}, {48.8, 20.5, 5.7, 2.5, 1.0}},
    {500, .0868, 1.1460, 1.2102, {3.462, .581, .0445, .0091, .0015}, {49.1, 12.6, 1.3, .31, .06}},
    {1000, .0614, 1.1026, 1.1469, {2.448, .150, .0017, .0001, 0}, {49.4, 5.4, .09, .006, 0}},
    {2500, .0388, 1.0645, 1.0920, {1.548, .0076, 0, 0, 0}, {49.6, .58, 0, 0, 0}},
};

void expect_row(const Row& row) {
  const Aggregate aggregate = silver_group(row.members, 0);
  EXPECT_NEAR(aggregate.mean() / row.members, 5621.23, 0.005);
  EXPECT_NEAR(aggregate.deviation() / aggregate.mean(), row.cv, 1e-4);
  const double lattice_point =
      500 / aggregate.mean() + 5e-5;  // percentiles are points of a lattice
  EXPECT_NEAR(aggregate.percentile(0.95) / aggregate.mean(), row.q95, lattice_point);
  EXPECT_NEAR(aggregate.percentile(0.99) / aggregate.mean(), row.q99, lattice_point);
  for (int c = 0; c < 5; ++c) {
    EXPECT_NEAR(payout_percent(aggregate, corridors[c]), row.payout[c], 0.003)
        << row.members << " members, corridor " << corridors[c];
    EXPECT_NEAR(probability_percent(aggregate, corridors[c]), row.probability[c], 0.2)
        << row.members << " members, corridor " << corridors[c];
  }
}

TEST(PublishedAggregate, ConvolutionGivesTheTableByGroupSize) {
  for (const Row& row : published) expect_row(row);
}

TEST(PublishedAggregate, ConvolutionGivesTheLatticeFreeFigures) {
  const struct {
    double members, payout[5];
  } exact[] = {{25, {15.4968, 11.3766, 8.1582, 6.8486, 5.7156}},
               {250, {4.8958, 1.5243, .3315, .1347, .0500}},
               {1000, {2.4478, .1494, .0016, .0001, 0}}};
  for (const auto& row : exact) {
    const Aggregate aggregate = silver_group(row.members, 0);
    for (int c = 0; c < 5; ++c) {
      EXPECT_NEAR(payout_percent(aggregate, corridors[c]), row.payout[c], 1.5e-4)
          << row.members << " members, corridor " << corridors[c];
    }
  }
}

// What the rating does not know about a group acts on every claim before the specific deductible
// caps it: G lognormal with CV 10%, attachment 125% of what is expected with G.
void expect_with_effect(double members, double payout, double probability) {
  const Aggregate aggregate = silver_group(members, 0.10);
  EXPECT_NEAR(payout_percent(aggregate, 1.25), payout, 2e-4) << members;
  EXPECT_NEAR(probability_percent(aggregate, 1.25), probability, 0.02) << members;
}

TEST(PublishedAggregate, GroupEffectInsideTheCapGivesThePublishedPrice) {
  expect_with_effect(100, 1.3759, 11.69);
  expect_with_effect(250, .2977, 4.448);
  expect_with_effect(1000, .0200, .572);
}

// The same uncertainty as a multiplier of the capped total, which the cap then does not damp.
TEST(PublishedAggregate, MultiplierOutsideTheCapGivesThePublishedPrice) {
  const struct {
    double members, payout, probability;
  } published_outside[] = {{25, 7.390, 24.6}, {50, 3.778, 18.9}, {100, 1.757, 12.9},
                           {250, .584, 6.7},  {500, .265, 3.9},  {1000, .139, 2.4}};
  for (const auto& row : published_outside) {
    const Aggregate aggregate = silver_group(row.members, 0);
    const double attachment = 1.25 * aggregate.mean();
    double payout = 0, probability = 0;
    over_factor(0.10, [&](double weight, double factor) {
      const AggregateFigures figures = aggregate.at(attachment / factor);
      payout += weight * factor * figures.payout_usd;
      probability += weight * figures.probability;
    });
    EXPECT_NEAR(100 * payout / aggregate.mean(), row.payout, 0.003) << row.members;
    EXPECT_NEAR(100 * probability, row.probability, 0.2) << row.members;
  }
}

// Mean, zero claims and limited expected values of the law itself, per person and year.
TEST(PublishedAggregate, SilverLawHasThePublishedLimitedExpectedValues) {
  const std::vector<Persons> one{{silver_atoms(), 1, 1}};
  EXPECT_NEAR(capped_mean(one, 1, INFINITY), 7386.3105, 5e-4);
  EXPECT_NEAR(capped_mean(one, 1, 10e3), 3073.14, 0.005);
  EXPECT_NEAR(capped_mean(one, 1, 20e3), 4119.40, 0.005);
  EXPECT_NEAR(capped_mean(one, 1, 25e3), 4478.89, 0.005);
  EXPECT_NEAR(capped_mean(one, 1, 50e3), 5621.23, 0.005);
  EXPECT_NEAR(capped_mean(one, 1, 100e3), 6671.84, 0.005);
}

}  // namespace
}  // namespace corridor::oracle
