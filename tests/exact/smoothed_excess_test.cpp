// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/smoothed_excess.hpp"

#include <gtest/gtest.h>

#include "host/exact/lognormal_excess.hpp"
#include "tests/exact/integrate.hpp"
#include "tests/exact/made_table.hpp"

namespace corridor {
namespace {

struct NamedTable {
  const char* name;
  made::Table table;
  double grid_error;  ///< relative, of the grid
};

std::vector<NamedTable> tables() {
  return {{"lognormal", made::table_of(made::lognormal(7000, 4, 0.1)), 1e-8},
          {"pareto", made::table_of(made::pareto(2000, 1.9)), 1e-8},
          {"atoms", made::table_of(made::atoms({0, 100, 5000, 75000, 2e6}, {.3, .4, .2, .09, .01})),
           5e-7},
          {"one atom", made::table_of(made::constant(60000)), 5e-7}};
}

double brute_excess(const TableLaw& law, double threshold, double sigma) {
  return brute::over_normal([&](double z) {
    const double factor = std::exp(sigma * z - sigma * sigma / 2);
    return factor * law.excess(threshold / factor);
  });
}

TEST(LognormalExcess, AgreesWithABruteIntegralOverTheNormalScore) {
  for (const auto& [name, table, unused] : tables()) {
    const TableLaw law(table.data());
    for (const double sigma : {0.001, 0.03, 0.2, 0.8, 1.5}) {
      for (const double t : {10.0, 5000.0, 59000.0, 61000.0, 250000.0}) {
        const double brute = brute_excess(law, t, sigma);
        EXPECT_NEAR(lognormal_excess(law, t, sigma), brute, 2e-6 * brute + 1e-9 * law.mean())
            << name << " " << sigma << " " << t;
      }
    }
  }
}

TEST(LognormalExcess, OfAConstantClaimIsTheClosedForm) {
  const made::Table table = made::table_of(made::constant(60000));
  const TableLaw law(table.data());
  for (const double sigma : {0.001, 0.1, 0.7}) {
    for (const double t : {20000.0, 59990.0, 60000.0, 100000.0}) {
      const double exact = lognormal_call(60000, t, sigma);
      EXPECT_NEAR(lognormal_excess(law, t, sigma), exact, 1e-12 * 60000);
    }
  }
}

TEST(LognormalExcess, WithoutAThresholdWorthTheNameIsTheMean) {
  for (const auto& [name, table, unused] : tables()) {
    const TableLaw law(table.data());
    EXPECT_NEAR(lognormal_excess(law, 1e-9, 0.3), law.mean(), 2e-9 + 1e-12 * law.mean()) << name;
  }
}

TEST(ExcessGrid, HoldsTheExcessBetweenItsPoints) {
  const LogRange range{std::log(1500.0), std::log(3e6)};
  for (const auto& [name, table, error] : tables()) {
    const TableLaw law(table.data());
    for (const double sigma : {0.02, 0.05, 0.1, 0.25, 0.6, 1.3}) {
      const ExcessGrid grid(law, sigma, range);
      for (double log_t = range.low; log_t <= range.high; log_t += 0.0917) {
        const double exact = lognormal_excess(law, std::exp(log_t), sigma);
        EXPECT_NEAR(grid(log_t), exact, error * exact + 1e-9 * law.mean())
            << name << " " << sigma << " " << std::exp(log_t);
      }
    }
  }
}

TEST(ExcessGrid, AnswersAtBothEndsOfItsRange) {
  const made::Table table = made::table_of(made::lognormal(7000, 4));
  const TableLaw law(table.data());
  const LogRange range{std::log(25000.0), std::log(25000.0)};
  EXPECT_NEAR(ExcessGrid(law, 0.2, range)(range.low), lognormal_excess(law, 25000, 0.2), 1e-5);
}

TEST(ExcessGrid, AThresholdFarAboveTheLargestClaimLeavesNothing) {
  const made::Table table = made::table_of(made::constant(1000));
  const TableLaw law(table.data());
  const LogRange range{std::log(500.0), std::log(25e6)};
  EXPECT_EQ(ExcessGrid(law, 0.1, range)(range.high), 0);
}

TEST(SmoothedExcess, OfNoFactorIsTheLawsOwnExcess) {
  const made::Table table = made::table_of(made::lognormal(7000, 4));
  const TableLaw law(table.data());
  const SmoothedExcess excess(law, 0, {0, 15});
  EXPECT_EQ(excess(50000, std::log(50000)), law.excess(50000));
}

TEST(ExcessGrid, AFigureHasTheSameBitsInEveryRangeThatCoversIt) {
  const made::Table table = made::table_of(made::lognormal(7000, 4));
  const TableLaw law(table.data());
  for (const double sigma : {0.013, 0.15, 0.7}) {
    const ExcessGrid wide(law, sigma, {std::log(1e3), std::log(1e7)});
    for (const double t : {1.1e4, 3.7e4, 1e5, 9.3e5}) {
      const double at = std::log(t);
      const ExcessGrid own(law, sigma, {at, at}), other(law, sigma, {at - 1.23, at + 0.4});
      ASSERT_TRUE(own.covers(at));
      EXPECT_EQ(own(at), wide(at));
      EXPECT_EQ(other(at), wide(at));
      EXPECT_EQ(own.at(t, at).survival, wide.at(t, at).survival);
    }
  }
}

TEST(SmoothedExcess, OutsideTheRangeIsTheExcessItself) {
  const made::Table table = made::table_of(made::lognormal(7000, 4));
  const TableLaw law(table.data());
  const SmoothedExcess excess(law, 0.15, {std::log(1e4), std::log(1e5)});
  EXPECT_EQ(excess(1e6, std::log(1e6)), lognormal_excess(law, 1e6, 0.15));
  EXPECT_NEAR(excess(5e4, std::log(5e4)) / lognormal_excess(law, 5e4, 0.15), 1, 1e-8);
}

}  // namespace
}  // namespace corridor
