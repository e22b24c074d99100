// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <complex>
#include <numbers>

#include "host/exact/lattice/lattice_curve.hpp"
#include "host/exact/lattice/merged_claims.hpp"
#include "host/exact/lattice/real_transform.hpp"
#include "host/exact/lattice/spectrum_loops.hpp"
#include "tests/exact/lattice/made_group.hpp"
#include "tests/exact/made_table.hpp"

namespace corridor {
namespace {

using Moments = std::array<double, 3>;

Moments moments_of(const std::vector<double>& mass) {
  Moments sum{};
  for (std::size_t k = 0; k < mass.size(); ++k) {
    double power = mass[k];
    for (double& moment : sum) {
      moment += power;
      power *= static_cast<double>(k);
    }
  }
  return sum;
}

void expect_moments(const std::vector<double>& mass, const Moments& expected, double tolerance) {
  const Moments found = moments_of(mass);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(found[i] / expected[i], 1, tolerance) << i;
}

TEST(CellSpread, KeepsThreeMoments) {
  CellSpread spread(64);
  spread.add_atom(0.3, 0.1);
  spread.add_atom(20.6, 0.2);
  spread.add_uniform(0, 10.3, 0.3);
  spread.add_uniform(5.2, 5.4, 0.15);
  spread.add_uniform(7.4, 40, 0.25);
  const auto cube = [](double x) { return x * x * x; };
  const double first = 0.03 + 4.12 + 0.3 * 5.15 + 0.15 * 5.3 + 0.25 * 23.7;
  const double second = 0.1 * 0.09 + 0.2 * 20.6 * 20.6 + 0.3 * 10.3 * 10.3 / 3 +
                        0.15 * (cube(5.4) - cube(5.2)) / 0.6 +
                        0.25 * (cube(40) - cube(7.4)) / 3 / 32.6;
  expect_moments(spread.finish(), {1, first, second}, 1e-14);
}

TEST(CellSpread, DropsWhatLiesBeyondAndLeavesTheRest) {
  CellSpread whole(256), part(64);
  for (CellSpread* spread : {&whole, &part}) {
    spread->add_uniform(3, 200, 0.7);
    spread->add_atom(100, 0.2);
  }
  const std::vector<double> all = whole.finish(), some = part.finish();
  for (std::size_t k = 0; k < 63; ++k) EXPECT_NEAR(some[k], all[k], 1e-16) << k;
}

TEST(CellSpread, GivesALawsPaidAmountsTheirClosedMoments) {
  const made::Table table = made::table_of(made::lognormal(7000, 4, 0.15));
  const TableLaw law(table.data());
  const PaidFunction paid = paid_function({{{50, 0.5}, {90, 0}, {120, 2}, {180, 0}}}, 10, 1000);
  const PaidMoments moments = paid_moments(paid, law, 0.003);
  CellSpread spread(256);
  spread.add(paid, law, 0.003, 1);
  expect_moments(spread.finish(), {moments.positive, moments.mean, moments.square}, 1e-11);
}

TEST(PaidFunction, CertainClaimsShiftItAndTheMaximumEndsIt) {
  const PersonFunction h{{{50, 0.5}, {90, 0}, {120, 2}}};
  for (const double certain : {0.0, 30.0, 100.0, 150.0, 500.0}) {
    const PaidFunction paid = paid_function(h, certain, 200);
    for (const double y : {0.0, 15.0, 70.0, 130.0, 900.0}) {
      EXPECT_NEAR(paid.certain_usd + paid(y), h(std::min(y + certain, 200.0)), 1e-12);
    }
    EXPECT_TRUE(paid.bounded());
    EXPECT_NEAR(paid.certain_usd + paid.highest(), h(200), 1e-12);
  }
}

TEST(MergedClaims, GivePaidAmountsTheMomentsOfTheirPersons) {
  const made::Table table = made::table_of(made::lognormal(7000, 4, 0.15));
  const TableLaw law(table.data());
  Family family;
  family.mixture = {{&law, 0.7}};
  family.persons = {{0, 2}, {0.4, 1}, {-0.3, 5}};
  const Family* one = &family;
  const MergedClaims merged(ClaimCells({&one, 1}, 20e3, 3e6), LogKernel());
  const PaidFunction paid = paid_function(made::layer(50, 400), 0, INFINITY);
  CellSpread direct(512), from_merged(512);
  for (const Family::Like& like : family.persons) {
    direct.add(paid, law, std::exp(like.log_scale) / 1000, 0.7 * like.count);
  }
  merged.spread(paid, 1e-3, from_merged);
  const PaidMoments moments = paid_moments(paid, merged, 1e-3);
  const Moments expected = moments_of(direct.finish());
  EXPECT_NEAR(moments.positive / expected[0], 1, 1e-4);
  EXPECT_NEAR(moments.mean / expected[1], 1, 1e-6);
  expect_moments(from_merged.finish(), {moments.positive, moments.mean, moments.square}, 1e-10);
}

TEST(LogKernel, KeepsWhatIsSlowAndTakesOutWhatIsFast) {
  constexpr double width = 5;
  const LogKernel kernel(width);
  double whole = 0, growing = 0, half = 0, fast = 0;
  for (int shift = -kernel.reach(); shift <= kernel.reach(); ++shift) {
    whole += kernel[shift];
    growing += kernel[shift] * std::exp(0.05 * shift);
    half += kernel[shift] * std::cos(std::sqrt(2 * 5.67) / width * shift);
    fast += kernel[shift] * std::cos(7 / width * shift);
  }
  EXPECT_NEAR(whole, 1, 1e-14);
  EXPECT_NEAR(growing, 1, 1e-8);  // (0.05 width)^12 / 2^6 / 6! = 1e-12, and what the ends lack
  EXPECT_NEAR(half, 0.5, 1e-3);   // Poisson(5.67): half of it is at 5 or below
  EXPECT_NEAR(fast, 0, 1e-5);     // Poisson(24.5): 5 or below
}

/// A step's excess and survival under a kernel are those of the law, but for the density's jumps.
TEST(MergedClaims, AKernelLeavesExcesses) {
  const made::Table table = made::table_of(made::lognormal(7000, 4, 0.15));
  const TableLaw law(table.data());
  Family family;
  family.mixture = {{&law, 0.7}};
  family.persons = {{0, 2}};
  const Family* one = &family;
  const ClaimCells cells({&one, 1}, 1e3, 1e8);
  const MergedClaims smooth(cells, LogKernel(12));
  EXPECT_GT(smooth.low_usd(), 2e3);
  EXPECT_LT(smooth.high_usd(), 5e7);
  for (double t = 5e3; t < 3e7; t *= 1.3) {
    EXPECT_NEAR(smooth.above(t).excess / (1.4 * law.excess(t)), 1, 4e-5) << t;
    EXPECT_NEAR(smooth.above(t).survival / (1.4 * law.survival(t)), 1, 6e-3) << t;
  }
  EXPECT_NEAR(smooth.above(smooth.high_usd()).excess / (1.4 * law.excess(smooth.high_usd())), 1,
              4e-5);
}

// Claims of one amount are no jumps of a density: a kernel would make others of them.
TEST(MergedStore, UsesNoKernelOnClaimsOfOneAmount) {
  const TableLaw law({{150e3, 150e3, 0, 0.1}, {0, 0, 0.1, 0.9}});
  FamilySlice slice;
  slice.families.push_back({0, {{&law, 1}}, {{0, 1}}});
  const Family* one = &slice.families.front();
  MergedStore store;
  const MergedClaims& merged = store.of(slice, {&one, 1}, {50e3, 100e3, 1e6}, 0.1);
  EXPECT_NEAR(merged.above(145e3).survival, 0.1, 1e-12);
  EXPECT_NEAR(merged.above(155e3).survival, 0, 1e-12);
}

TEST(RealTransform, IsTheSumThatDefinesItAndComesBack) {
  constexpr std::size_t points = 32;
  std::vector<double> mass;
  for (std::size_t k = 0; k < points; ++k)
    mass.push_back(std::sin(3.0 + static_cast<double>(k * k)));
  RealTransform transform(points);
  const Spectrum spectrum = transform.forward(mass);
  for (std::size_t j = 0; j < spectrum.size(); ++j) {
    std::complex<double> sum = 0;
    for (std::size_t k = 0; k < points; ++k) {
      sum += std::polar(mass[k], -2 * std::numbers::pi * static_cast<double>(j * k) / points);
    }
    EXPECT_NEAR(spectrum.re[j], sum.real(), 1e-13);
    EXPECT_NEAR(spectrum.im[j], sum.imag(), 1e-13);
  }
  const std::vector<double> back = transform.inverse(spectrum);
  for (std::size_t k = 0; k < points; ++k) EXPECT_NEAR(back[k], mass[k], 1e-14);
}

TEST(SpectrumLoops, ExponentialIsThatOfTheLibrary) {
  for (const double re : {-650.0, -3.25, -1e-9, 0.0, 0.4, 12.0}) {
    for (const double im : {-90000.5, -7.1, 0.0, 0.8, 2.0, 3.9, 5.5, 1234.5}) {
      double sum_re = 0, sum_im = 0;
      const double one = 1, zero = 0;
      add_exponential({&sum_re, &sum_im}, {&re, &im}, {&one, &zero}, 2, 1);
      const std::complex<double> expected = 2.0 * std::exp(std::complex<double>(re, im));
      EXPECT_NEAR(sum_re, expected.real(), 2e-15 * std::abs(expected)) << re << " " << im;
      EXPECT_NEAR(sum_im, expected.imag(), 2e-15 * std::abs(expected)) << re << " " << im;
    }
  }
}

TEST(LatticeCurve, TurnsASmoothDensitysMassesIntoItsIntegrals) {
  std::vector<double> mass{0.25};
  constexpr double rate = 0.02;  // 3/4 of an exponential
  for (int k = 0; k < 2000; ++k) mass.push_back(0);
  CellSpread spread(mass.size());
  for (int i = 0; i < 20000; ++i) {
    const double low = 0.1 * i, high = low + 0.1;
    spread.add_uniform(low, high, 0.75 * (std::exp(-rate * low) - std::exp(-rate * high)));
  }
  std::vector<double> all = spread.finish();
  all[0] += 0.25;
  const LatticeCurve curve(all, 0.25);
  for (const double t : {0.0, 0.7, 2.5, 4.0, 17.3, 100.5, 900.0}) {
    const double left = std::exp(-rate * t);
    const Below below = curve.at(t);
    EXPECT_NEAR(1 - below.probability, 0.75 * left, 1e-5 * left) << t;
    EXPECT_NEAR(below.shortfall, t - 0.75 * (1 - left) / rate, 2e-5) << t;
  }
  EXPECT_NEAR(curve.quantile(0.9), std::log(7.5) / rate, 5e-5);
  EXPECT_EQ(curve.quantile(0.2), 0);
}

}  // namespace
}  // namespace corridor
