// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/table_law.hpp"

#include <gtest/gtest.h>

#include "tests/exact/integrate.hpp"
#include "tests/exact/made_table.hpp"

namespace corridor {
namespace {

struct NamedTable {
  const char* name;
  made::Table table;
};

std::vector<NamedTable> tables() {
  return {
      {"lognormal", made::table_of(made::lognormal(7000, 4))},
      {"lognormal with zeros", made::table_of(made::lognormal(7000, 2, 0.15))},
      {"pareto", made::table_of(made::pareto(2000, 1.2))},
      {"constant", made::table_of(made::constant(60000))},
      {"atoms", made::table_of(made::atoms({0, 100, 5000, 75000, 2e6}, {.3, .4, .2, .09, .01}))},
      {"nothing", made::table_of(made::constant(0))}};
}

std::vector<double> thresholds_of(const TableLaw& law) {
  std::vector<double> thresholds{0, 1e-9, 0.01, 1, 777.77, 5000, 60000, 1e5, 3.3e6};
  for (int b = 0; b < sloped_bucket_count; b += 13) {
    thresholds.push_back(law.piece(b).top);
    thresholds.push_back(law.piece(b).bottom);
    thresholds.push_back(law.piece(b).top * (1 + 1e-12));
  }
  thresholds.push_back(2 * law.largest() + 1);
  return thresholds;
}

TEST(TableLaw, AgreesWithABruteIntegralOverTheDraws) {
  for (const auto& [name, table] : tables()) {
    const TableLaw law(table.data());
    const double mean = brute::over_table(table.data(), [](double x) { return x; });
    EXPECT_NEAR(law.mean(), mean, 1e-9 * mean) << name;
    for (const double t : {0.0, 0.5, 777.77, 4999.0, 5001.0, 60001.0, 1e5, 3.3e6}) {
      const auto excess = [t](double x) { return std::max(x - t, 0.0); };
      const auto squared = [t](double x) { return std::pow(std::max(x - t, 0.0), 2); };
      const double brute_excess = brute::over_table(table.data(), excess);
      const double brute_squared = brute::over_table(table.data(), squared);
      EXPECT_NEAR(law.excess(t), brute_excess, 1e-7 * brute_excess + 1e-12 * mean) << name << t;
      EXPECT_NEAR(law.excess_squared(t), brute_squared, 1e-7 * brute_squared + 1e-9) << name << t;
      const double brute_limited =
          brute::over_table(table.data(), [t](double x) { return std::min(x, t); });
      EXPECT_NEAR(law.limited(t), brute_limited, 2e-6 * brute_limited + 1e-12) << name << t;
    }
  }
}

TEST(TableLaw, SurvivalCountsTheDrawsAboveAThreshold) {
  for (const auto& [name, table] : tables()) {
    const TableLaw law(table.data());
    for (const double t : {0.0, 777.77, 4999.0, 5001.0, 60001.0, 1e5, 3.3e6}) {
      const double brute =
          brute::over_table(table.data(), [t](double x) { return x > t ? 1.0 : 0.0; });
      EXPECT_NEAR(law.survival(t), brute, 1e-4 * brute) << name << " " << t;
    }
  }
}

TEST(TableLaw, QuantileIsTheLanesQuantile) {
  for (const auto& [name, table] : tables()) {
    const TableLaw law(table.data());
    for (float s = 0x1p-40f; s < 1; s *= 1.37f) {
      const double drawn = quantile(table.data(), s);
      EXPECT_NEAR(law.quantile(s), drawn, 1e-6 * drawn + 1e-6) << name << " " << s;
    }
  }
}

TEST(TableLaw, LimitedAndExcessMakeTheMeanAtEveryThreshold) {
  for (const auto& [name, table] : tables()) {
    const TableLaw law(table.data());
    for (const double t : thresholds_of(law)) {
      EXPECT_NEAR(law.limited(t) + law.excess(t), law.mean(), 1e-12 * law.mean()) << name << t;
      EXPECT_GE(law.excess(t), 0) << name << " " << t;
      EXPECT_LE(law.limited(t), t * (1 + 1e-12)) << name << " " << t;
    }
  }
}

TEST(TableLaw, ExcessFallsAndIsConvexInTheThreshold) {
  for (const auto& [name, table] : tables()) {
    const TableLaw law(table.data());
    for (double t = 10; t < 1e7; t *= 1.17) {
      const double a = law.excess(t), b = law.excess(1.1 * t), c = law.excess(1.2 * t);
      EXPECT_LE(b, a) << name << t;
      EXPECT_LE(b, (a + c) / 2 + 1e-12 * law.mean()) << name << t;
    }
  }
}

TEST(TableLaw, ChargeLessSavingsIsOneLessTheEntryRatio) {
  for (const auto& [name, table] : tables()) {
    const TableLaw law(table.data());
    if (law.mean() == 0) continue;
    for (const double ratio : {0.1, 0.5, 1.0, 1.25, 3.0, 40.0}) {
      const double t = ratio * law.mean();
      const double charge = law.excess(t) / law.mean();
      const double savings = (t - law.limited(t)) / law.mean();
      EXPECT_NEAR(charge - savings, 1 - ratio, 1e-12 * (1 + ratio)) << name;
    }
  }
}

TEST(TableLaw, AThresholdAtTheLargestClaimLeavesNothing) {
  for (const auto& [name, table] : tables()) {
    const TableLaw law(table.data());
    EXPECT_EQ(law.excess(law.largest()), 0) << name;
    EXPECT_EQ(law.survival(law.largest()), 0) << name;
    EXPECT_EQ(law.pieces_above(law.largest()), 0) << name;
  }
}

TEST(TableLaw, ThinningCutsOffTheSmallestClaimsOnceEverybodyClaims) {
  for (const auto& [name, table] : tables()) {
    const TableLaw law(table.data());
    for (const double c : {0.25, 1.0, 1.1, 1.7, 6.0}) {
      const double until = std::min(1.0, 1 / c);
      for (const double t : {0.0, 120.0, 5001.0, 80000.0}) {
        const auto excess = [t](double x) { return std::max(x - t, 0.0); };
        const double brute = c * brute::over_table(table.data(), excess, 2000, until);
        EXPECT_NEAR(law.thinned_excess(t, c), brute, 1e-7 * brute + 1e-9) << name << t << c;
        EXPECT_LE(law.thinned_survival(t, c), 1);
        EXPECT_NEAR(law.thinned_limited(t, c) + law.thinned_excess(t, c), law.thinned_mean(c),
                    1e-12 * law.mean())
            << name << t << c;
      }
      EXPECT_NEAR(law.thinned_excess(0, c), law.thinned_mean(c), 1e-12 * law.mean()) << name << c;
    }
  }
}

// A table keeps the mean of every bucket, so limited expected values of the law it was made from
// are off only by the curvature inside the one bucket where the threshold lies.
TEST(TableLaw, GivesALognormalsClosedForms) {
  const made::Table table = made::table_of(made::lognormal(7000, 4));
  const TableLaw law(table.data());
  EXPECT_NEAR(law.mean(), 7000, 1e-6 * 7000);
  const struct {
    double threshold, survival, limited, excess;
  } exact[] = {{50e3, .02223267106, 5507.372243, 1492.627757},
               {100e3, .007728791319, 6161.635188, 838.364812},
               {250e3, .001509256723, 6678.639429, 321.360571},
               {500e3, .0003655459719, 6867.130763, 132.869237},
               {1e6, .00007549203565, 6952.346738, 47.653262}};
  for (const auto& row : exact) {
    EXPECT_NEAR(law.survival(row.threshold), row.survival, 3e-3 * row.survival);
    EXPECT_NEAR(law.limited(row.threshold), row.limited, 1e-4 * row.limited);
    EXPECT_NEAR(law.excess(row.threshold), row.excess, 3e-4 * row.excess);
  }
}

// Wang (2000), A class of distortion operators for pricing financial and insurance risks, Journal
// of Risk and Insurance 67, table 1: expected loss of layers of a Pareto law with shape 1.2 and
// scale 2,000, printed to the dollar. (Its first layer is a known misprint and left out.)
TEST(TableLaw, PricesWangsLayers) {
  const made::Table table = made::table_of(made::pareto(2000, 1.2));
  const TableLaw law(table.data());
  const auto layer = [&](double from, double to) { return law.limited(to) - law.limited(from); };
  EXPECT_NEAR(layer(100e3, 200e3), 582, 0.51);
  EXPECT_NEAR(layer(400e3, 500e3), 150, 0.51);
  EXPECT_NEAR(layer(1000e3, 2000e3), 373, 0.51);
}

// Pittarello, Luini, Marchione (2024), GEMAct, Annals of Actuarial Science, section 3.5: 20 xs 5
// per loss, four losses a year on average, gamma with shape 5 and scale 1: 3.51.
TEST(TableLaw, PricesAnExcessOfLossLayerOfGammaClaims) {
  // A gamma with a whole shape is a sum of exponentials: P(X > x) = e^-x sum x^k / k!.
  const auto survival = [](double x, int shape) {
    double term = std::exp(-x), sum = term;
    for (int k = 1; k < shape; ++k) sum += term *= x / k;
    return sum;
  };
  const auto quantile = [=](double s) {
    double low = 0, high = 100;
    for (int i = 0; i < 200; ++i) {
      const double middle = (low + high) / 2;
      (survival(middle, 5) > s ? low : high) = middle;
    }
    return low;
  };
  const made::Table table =
      made::table_of({quantile, [=](double s) { return 5 * survival(quantile(s), 6); }});
  const TableLaw law(table.data());
  EXPECT_NEAR(4 * (law.limited(25) - law.limited(5)), 3.51, 0.005);
}

}  // namespace
}  // namespace corridor
