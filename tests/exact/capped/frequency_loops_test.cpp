// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/capped/frequency_loops.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <cstring>
#include <random>
#include <vector>

namespace corridor {
namespace {

std::vector<const FrequencyLoops*> all_sets() {
  int count = 0;
  const FrequencyLoops* const* sets = frequency_loops_list(count);
  return {sets, sets + count};
}

std::complex<double> at(const FrequencyBlock& block, int k) { return {block.re[k], block.im[k]}; }

FrequencyBlock made_up(unsigned seed, double low, double high) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> between(low, high);
  FrequencyBlock block;
  for (int k = 0; k < block_frequencies; ++k) {
    block.re[k] = between(random);
    block.im[k] = between(random);
  }
  return block;
}

/// Rows that turn slowly, as neighbouring kappas' do.
std::vector<FrequencyBlock> turning_rows(int count, double turn) {
  std::vector<FrequencyBlock> rows(static_cast<std::size_t>(count));
  for (int r = 0; r < count; ++r) {
    for (int k = 0; k < block_frequencies; ++k) {
      const auto value = std::polar(std::exp(-0.01 * r * k / 32), turn * r * (k + 1) / 32);
      rows[static_cast<std::size_t>(r)].re[k] = value.real();
      rows[static_cast<std::size_t>(r)].im[k] = value.imag();
    }
  }
  return rows;
}

TEST(FrequencyLoops, LogarithmsFollowAPhaseBeyondOneTurn) {
  for (const FrequencyLoops* loops : all_sets()) {
    for (const double turn : {0.005, 0.05, 0.3}) {
      std::vector<FrequencyBlock> rows = turning_rows(60, turn);
      ASSERT_TRUE(loops->log_rows(rows.data(), 60, FrequencyBlock{}));
      for (int k = 0; k < block_frequencies; ++k) {
        EXPECT_NEAR(rows[59].re[k], -0.01 * 59 * k / 32, 1e-13) << loops->name;
        EXPECT_NEAR(rows[59].im[k], turn * 59 * (k + 1) / 32, 1e-12) << loops->name;
      }
    }
  }
}

TEST(FrequencyLoops, LogarithmsAreRefusedBesideAZero) {
  for (const FrequencyLoops* loops : all_sets()) {
    std::vector<FrequencyBlock> rows = turning_rows(3, 0.01);
    rows[1].re[5] = rows[1].im[5] = 0;
    EXPECT_FALSE(loops->log_rows(rows.data(), 3, FrequencyBlock{})) << loops->name;
  }
}

TEST(FrequencyLoops, ANodeIsFinishedByItsExponential) {
  for (const FrequencyLoops* loops : all_sets()) {
    const FrequencyBlock log = made_up(1, -40, 40), before = made_up(2, -1, 1);
    FrequencyBlock product = before;
    loops->finish_node(product, log, {3, 0.25, 12.5, 0.01});
    for (int k = 0; k < block_frequencies; ++k) {
      const double z = 3 + 0.25 * k;
      const auto expected =
          at(before, k) * std::exp(at(log, k) + std::complex<double>(-0.005 * z * z, 12.5 * z));
      EXPECT_NEAR(std::abs(at(product, k) - expected) / std::abs(expected), 0, 2e-14)
          << loops->name;
    }
  }
}

TEST(FrequencyLoops, SixRowsMakeAFactorAndCountsItsPower) {
  for (const FrequencyLoops* loops : all_sets()) {
    const std::vector<FrequencyBlock> rows = turning_rows(6, 0.1);
    const FrequencyBlock edge = made_up(3, -1, 1), before = made_up(4, -1, 1);
    const double weights[] = {0.01, -0.06, 0.6, 0.5, -0.06, 0.01};
    FrequencyBlock product = before;
    loops->multiply_six(product, rows.data(), weights, edge, 0.02, 13);
    for (int k = 0; k < block_frequencies; ++k) {
      std::complex<double> factor = 0.02 * at(edge, k);
      for (std::size_t q = 0; q < 6; ++q) factor += weights[q] * at(rows[q], k);
      EXPECT_NEAR(std::abs(at(product, k) - at(before, k) * std::pow(factor, 13)), 0, 1e-13);
    }
  }
}

// Elementwise loops in one order of operations: what a processor offers must not show.
TEST(FrequencyLoops, AllInstructionSetsGiveTheSameBits) {
  const auto run = [](const FrequencyLoops& loops) {
    std::vector<FrequencyBlock> rows = turning_rows(9, 0.2), out;
    loops.log_rows(rows.data(), 9, FrequencyBlock{});
    out = rows;
    FrequencyBlock sum{}, product = made_up(5, -1, 1);
    const double weights[] = {0.3, -1.7, 2, 5, 0.1, 0, 0.7, 1, 1};
    loops.add_weighted(sum, rows.data(), weights, 9);
    loops.multiply_six(product, rows.data(), weights, rows[7], 0.3, 5);
    loops.add_corrected(product, sum, rows[8], 0.01, 7);
    loops.finish_node(product, sum, {1, 0.1, -3, 0.2});
    loops.add_block(sum, product, 0.4);
    out.push_back(sum);
    out.push_back(product);
    std::vector<double> x(2 * chebyshev_points), weight(x.size()), sums(block_frequencies);
    for (std::size_t i = 0; i < x.size(); ++i) {
      x[i] = std::cos(0.1 * static_cast<double>(i));
      weight[i] = 1 / (1.0 + static_cast<double>(i));
    }
    loops.add_chebyshev(x.data(), weight.data(), x.size(), sums.data(), sums.size());
    FrequencyBlock of_moments{};
    loops.phi_rows(sums.data(), 0, 1, 2, rows[3].re, &of_moments);
    std::copy(sums.begin(), sums.end(), sum.re);
    out.push_back(sum);
    out.push_back(of_moments);
    return out;
  };
  const auto sets = all_sets();
  const auto expected = run(*sets[0]);
  for (const FrequencyLoops* loops : sets) {
    const auto found = run(*loops);
    EXPECT_EQ(std::memcmp(found.data(), expected.data(), sizeof(FrequencyBlock) * found.size()), 0)
        << loops->name;
  }
}

}  // namespace
}  // namespace corridor
