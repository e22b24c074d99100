// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/lattice_total.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/exact/lattice/made_group.hpp"

namespace corridor {
namespace {

using made::layer;
using made::persons;
using made::years;

constexpr double thousand = 1000;

std::unique_ptr<TotalLaw> total(const YearModel& model, const PersonFunction& of_claims,
                                const TotalDemand& demand) {
  LatticeRows rows;
  return lattice_total(model, of_claims, {}, rows, demand);
}

/// One uniform piece of a law: between two amounts with a probability.
TableLaw uniform_law(double low, double high, double probability) {
  return TableLaw({{high, low, 0, probability}, {0, 0, probability, 1 - probability}});
}

double binomial(int n, int k, double p) {
  return std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) +
                  k * std::log(p) + (n - k) * std::log1p(-p));
}

// A claim of 3,000 with probability p is 2,000 above the deductible: a binomial number of them.
TEST(LatticeTotal, AtomsAddUpToABinomial) {
  const TableLaw law = uniform_law(3 * thousand, 3 * thousand, 0.1);
  const YearModel model = years({&law}, 0, {persons(0, 1, 20)});
  const TotalDemand demand{{0, 2 * thousand, 5 * thousand, 9 * thousand}, {0.5, 0.9, 0.99}};
  const auto of = total(model, layer(thousand, 2 * thousand), demand);
  EXPECT_NEAR(of->mean_usd(), 20 * 0.1 * 2 * thousand, 1e-6);
  EXPECT_NEAR(of->sd_usd(), 2 * thousand * std::sqrt(20 * 0.09), 1e-6);
  for (const double amount : demand.amounts_usd) {
    double probability = 0, excess = 0, square = 0;
    for (int k = 0; k <= 20; ++k) {
      const double above = k * 2 * thousand - amount;
      if (above <= 0) continue;
      probability += binomial(20, k, 0.1);
      excess += binomial(20, k, 0.1) * above;
      square += binomial(20, k, 0.1) * above * above;
    }
    const TailAt at = of->at(amount);
    EXPECT_NEAR(at.probability, probability, 1e-8) << amount;
    EXPECT_NEAR(at.excess / excess, 1, 1e-8) << amount;
    EXPECT_NEAR(at.excess_squared / square, 1, 1e-7) << amount;
  }
  EXPECT_NEAR(of->quantile(0.5), 4 * thousand, 1e-6);
  EXPECT_NEAR(of->quantile(0.9), 8 * thousand, 1e-6);
  EXPECT_NEAR(of->quantile(0.99), 12 * thousand, 1e-6);
}

}  // namespace
}  // namespace corridor
