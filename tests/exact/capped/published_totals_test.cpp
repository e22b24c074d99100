// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/exact/capped/made_years.hpp"
#include "tests/oracle/cms_silver.hpp"

namespace corridor {
namespace {

/// A law of atoms, largest amounts at the lowest survivals.
TableLaw law_of(oracle::Parts atoms) {
  std::sort(atoms.begin(), atoms.end(), [](const auto& a, const auto& b) { return a.low > b.low; });
  std::vector<TableLaw::Piece> pieces;
  double low = 0;
  for (const oracle::Part& atom : atoms) {
    pieces.push_back({atom.low, atom.low, low, atom.probability});
    low += atom.probability;
  }
  return TableLaw(std::move(pieces));
}

YearModel alike_members(const TableLaw& law, double weight, double count) {
  YearModel model{{&law}, {made::years_of_cv(0)}};
  model.slices[0].persons.push_back(made::alike(0, weight, 1, count));
  return model;
}

struct Row {
  double members, cv, q95, q99;
  double payout[5], probability[5];  ///< percent, at 100, 110, 120, 125 and 130% of expected
};
constexpr double corridors[] = {1.0, 1.1, 1.2, 1.25, 1.3};

// Members alike with the law of silver plans in the 2026 actuarial value calculator's continuance
// tables (tests/oracle/cms_silver.hpp), each capped at 50,000; payouts and probabilities as shares
// of expected claims, by an FFT on a lattice of 500, which puts payouts up to 0.0023 too high.
constexpr Row published[] = {
    {100, .1941, 1.3351, 1.4917, {7.743, 3.917, 1.748, 1.114, .688}, {48.0, 29.2, 15.2, 10.4, 6.8}},
    {250, .1227, 1.2083, 1.3019, {4.897, 1.525, .332, .135, .050}, {48.8, 20.5, 5.7, 2.5, 1.0}},
    {500, .0868, 1.1460, 1.2102, {3.462, .581, .0445, .0091, .0015}, {49.1, 12.6, 1.3, .31, .06}},
    {1000, .0614, 1.1026, 1.1469, {2.448, .150, .0017, .0001, 0}, {49.4, 5.4, .09, .006, 0}},
    {2500, .0388, 1.0645, 1.0920, {1.548, .0076, 0, 0, 0}, {49.6, .58, 0, 0, 0}},
};

TEST(PublishedTotals, OfMembersAlikeWithTheSilverLaw) {
  const TableLaw law = law_of(oracle::silver_atoms());
  for (const Row& row : published) {
    const auto total =
        made::capped_total_of(alike_members(law, 1, row.members), {50'000, {}}, {{}, {0.95, 0.99}});
    ASSERT_NE(total, nullptr) << row.members;
    const double mean = total->mean_usd();
    EXPECT_NEAR(mean / row.members, 5621.23, 0.005);
    EXPECT_NEAR(total->sd_usd() / mean, row.cv, 1e-4);
    const double lattice_point = 500 / mean + 5e-5;
    EXPECT_NEAR(total->quantile(0.95) / mean, row.q95, lattice_point);
    EXPECT_NEAR(total->quantile(0.99) / mean, row.q99, lattice_point);
    for (int c = 0; c < 5; ++c) {
      const TailAt at = total->at(corridors[c] * mean);
      EXPECT_NEAR(100 * at.excess / mean, row.payout[c], 0.003) << row.members << " " << c;
      EXPECT_NEAR(100 * at.probability, row.probability[c], 0.2) << row.members << " " << c;
    }
  }
}

// Gerber, On the numerical evaluation of the distribution of aggregate claims and its stop-loss
// premiums, Insurance: Mathematics and Economics 1 (1982): a Poisson number of claims, mean 10,
// uniform from 1 to 3; the figures by the series of gamma functions. The Poisson law is the limit
// of many persons with few claims, which two numbers of persons give to the square of one over
// them.
TEST(PublishedTotals, OfACompoundPoissonLaw) {
  const TableLaw law(std::vector<TableLaw::Piece>{{3, 1, 0, 1}});
  const auto some = made::capped_total_of(alike_members(law, 1e-4, 1e5), {4, {}});
  const auto more = made::capped_total_of(alike_members(law, 0.5e-4, 2e5), {4, {}});
  ASSERT_TRUE(some != nullptr && more != nullptr);
  const auto limit = [&](double amount) {
    return 2 * more->at(amount).excess - some->at(amount).excess;
  };
  EXPECT_NEAR(more->mean_usd(), 20, 2 * more->mean_error_usd());
  EXPECT_NEAR(limit(20), 2.62552852654, 2 * more->error_at(20).excess);
  EXPECT_NEAR(limit(30), 0.256319793134, 2 * more->error_at(30).excess);
  EXPECT_LT(more->error_at(30).excess, 1e-5 * more->at(30).excess);
}

}  // namespace
}  // namespace corridor
