// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/oracle/lattice.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/oracle/cms_silver.hpp"

namespace corridor::oracle {
namespace {

// Klugman, Panjer, Willmot, Loss Models, examples 9.5 and 9.6, a group dental cover: number of
// persons making a claim, claims in units of 25, and the net stop-loss premium by deductible.
TEST(Lattice, GivesThePublishedStopLossPremiumsOfADentalCover) {
  const double persons[] = {.05, .1, .15, .2, .25, .15, .06, .03, .01};
  const double claims[] = {.15, .2, .25, .125, .075, .05, .05, .05, .025, .025};
  Lattice claim(25, 128);
  for (int k = 0; k < 10; ++k) claim.add_atom(25.0 * (k + 1), claims[k]);
  Lattice total(25, 128);
  for (int n = 0; n < 9; ++n) {
    const Lattice sum = self_convolved(claim, n);
    for (std::size_t k = 0; k < total.mass.size(); ++k) total.mass[k] += persons[n] * sum.mass[k];
  }
  const double premium[] = {314.5,      290.75,         267.375,       244.584375,
                            222.660625, 201.5512890625, 181.3366128906};
  for (int k = 0; k < 7; ++k) EXPECT_NEAR(total.stop_loss(25.0 * k), premium[k], 1e-8) << 25 * k;
}

// Klugman, Panjer, Willmot, Loss Models, example 9.16: fourteen lives by face amount and mortality;
// published mean 2,054.41 and variance 1.02534e8.
TEST(Lattice, GivesThePublishedMomentsOfAGroupLifeSchedule) {
  const double face[] = {15, 16, 20, 28, 31, 18, 26, 24, 60, 14, 17, 19, 30, 55};
  const double death[] = {.00149, .00142, .00128, .00122, .00123, .00353, .00394,
                          .00484, .02182, .0005,  .0005,  .00054, .00103, .00479};
  Spectrum product(512 / 2 + 1, {1, 0});
  for (int i = 0; i < 14; ++i) {
    Lattice life(1000, 512);
    life.add_atom(0, 1 - death[i]);
    life.add_atom(1000 * face[i], death[i]);
    multiply(product, spectrum_of(life), 1);
  }
  const Lattice total = lattice_of(product, 1000, 512);
  EXPECT_NEAR(total.mean(), 2054.41, 0.005);
  EXPECT_NEAR(total.variance(), 102'534'000, 600);
}

/// The members of Panjer's class: p(n) = (a + b / n) p(n - 1).
struct CountLaw {
  double a, b;
  double nobody;  ///< probability of a total of 0
};

/// Panjer's recursion g(k) = sum_j (a + b j / k) f(j) g(k - j) / (1 - a f(0)), f the law of one
/// claim.
std::vector<double> panjer(const CountLaw& count, const std::vector<double>& claim) {
  std::vector<double> total(claim.size());
  total[0] = count.nobody;
  for (std::size_t k = 1; k < total.size(); ++k) {
    double sum = 0;
    for (std::size_t j = 1; j <= k; ++j) {
      const double share = static_cast<double>(j) / static_cast<double>(k);
      sum += (count.a + count.b * share) * claim[j] * total[k - j];
    }
    total[k] = sum / (1 - count.a * claim[0]);
  }
  return total;
}

/// Members independent and alike: a binomial number of positive claims.
std::vector<double> panjer_binomial(const Lattice& claim, int members) {
  const double positive = 1 - claim.mass[0];
  std::vector<double> given_positive = claim.mass;
  given_positive[0] = 0;
  for (double& mass : given_positive) mass /= positive;
  const double odds = positive / (1 - positive);
  return panjer({-odds, (members + 1) * odds, std::pow(1 - positive, members)}, given_positive);
}

// Gruebel, Hermesmeier (1999), Computation of compound distributions I, ASTIN Bulletin 29, table 1,
// column Panjer: a Poisson number with mean 20 of Levy claims rounded to whole numbers.
TEST(Panjer, GivesThePublishedCompoundOfRoundedLevyClaims) {
  const auto below = [](double x) { return x <= 0 ? 0 : std::erfc(std::sqrt(1 / (2 * x))); };
  std::vector<double> claim(101);
  for (int k = 0; k <= 100; ++k) claim[std::size_t(k)] = below(k + 0.5) - below(k - 0.5);
  const std::vector<double> total = panjer({0, 20, std::exp(-20 * (1 - claim[0]))}, claim);
  EXPECT_NEAR(total[10], 3.432e-5, 5e-9);
  EXPECT_NEAR(total[100], 0.001156, 5e-7);
}

// Society of Actuaries, STAM sample questions: a geometric number with mean 4 of prescriptions that
// cost 40 each; expected cost over 100 is 92.16.
TEST(Panjer, GivesThePublishedCostOfPrescriptions) {
  std::vector<double> claim(400);
  claim[1] = 1;  // in units of 40
  const std::vector<double> total = panjer({0.8, 0, 0.2}, claim);
  double over_100 = 0;
  for (std::size_t k = 3; k < total.size(); ++k) over_100 += total[k] * (40 * double(k) - 100);
  EXPECT_NEAR(over_100, 92.16, 1e-9);
}

// Goulet and others, vignette "risk" of the R package actuar: a Poisson number with mean 10 of
// gamma claims with shape 2, discretized at 0.5 on 0 to 22 without bias; printed to two decimals.
TEST(Panjer, GivesThePublishedPercentilesAndTailMeans) {
  constexpr double step = 0.5;
  const auto limited = [](double x) {  // E min(X, x) of a gamma with shape 2 and scale 1
    return 2 - std::exp(-x) * (x + 2);
  };
  std::vector<double> claim(400);
  claim[0] = 1 - limited(step) / step;
  for (int k = 1; k < 44; ++k) {
    claim[std::size_t(k)] =
        (2 * limited(k * step) - limited((k - 1) * step) - limited((k + 1) * step)) / step;
  }
  claim[44] = (limited(22) - limited(21.5)) / step - std::exp(-22.0) * 23;
  Lattice total(step, claim.size());
  total.mass = panjer({0, 10, std::exp(-10 * (1 - claim[0]))}, claim);
  const struct {
    double p, percentile, tail_mean;
  } published[] = {{0.9, 30.5, 35.42}, {0.95, 34, 38.55}, {0.99, 41, 45.01}};
  for (const auto& row : published) {
    const double at = total.percentile(row.p);
    EXPECT_EQ(at, row.percentile) << row.p;
    EXPECT_NEAR(at + total.stop_loss(at) / total.survival(at), row.tail_mean, 0.0051) << row.p;
  }
}

/// The sum by its definition: one more member at a time.
std::vector<double> one_by_one(const Lattice& claim, int members) {
  std::vector<double> total(claim.mass.size());
  total[0] = 1;
  for (int i = 0; i < members; ++i) {
    std::vector<double> next(total.size());
    for (std::size_t k = 0; k < total.size(); ++k) {
      for (std::size_t j = 0; j <= k; ++j) next[k] += total[k - j] * claim.mass[j];
    }
    total = std::move(next);
  }
  return total;
}

Lattice capped_silver_claim(std::size_t points) {
  Lattice claim(2500, points);
  for (const Part& part : silver_atoms()) {
    claim.add_atom(std::min(part.low, 50'000.0), part.probability);
  }
  return claim;
}

TEST(Lattice, AgreesWithPanjersRecursionAndTheDirectConvolution) {
  constexpr int members = 6;  // a binomial recursion alternates in sign and loses digits with more
  const Lattice claim = capped_silver_claim(512);
  const Lattice transformed = self_convolved(claim, members);
  const std::vector<double> recursion = panjer_binomial(claim, members);
  const std::vector<double> direct = one_by_one(claim, members);
  for (std::size_t k = 0; k <= members * 20; ++k) {
    EXPECT_NEAR(transformed.mass[k], direct[k], 1e-14) << k;
    EXPECT_NEAR(recursion[k], direct[k], 1e-9) << k;
  }
}

TEST(Lattice, SplitsAtomsAndIntervalsWithoutMovingTheirMean) {
  Lattice lattice(100, 64);
  lattice.add_atom(1234.5, 0.25);
  lattice.add_uniform(150, 4210, 0.5);
  lattice.add_uniform(777, 777, 0.25);
  EXPECT_NEAR(lattice.total(), 1, 1e-14);
  EXPECT_NEAR(lattice.mean(), 0.25 * 1234.5 + 0.5 * 2180 + 0.25 * 777, 1e-9);
}

}  // namespace
}  // namespace corridor::oracle
