// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <vector>

#include "tests/emulation/kernel_memory.hpp"

// The unmodified kernels, compiled for this processor.
#include "kernels/cuda/tally_kernels.cu"

namespace corridor::cuda {
namespace {

constexpr int block_size = 64;

/// A column in which `zeros` of every 100 years pay nothing.
std::vector<Cents> made_up_column(std::uint64_t seed, std::size_t years, int zeros) {
  std::mt19937_64 rng(seed);
  std::lognormal_distribution<double> amount(12, 2);
  std::vector<Cents> column(years);
  for (Cents& year : column) {
    year = static_cast<int>(rng() % 100) < zeros ? 0 : 1 + static_cast<Cents>(amount(rng));
  }
  return column;
}

/// What a cut keeps, gathered and sorted.
std::vector<Cents> kept(const std::vector<Cents>& column, std::uint32_t wanted, TailCut& cut) {
  const auto years = static_cast<std::uint32_t>(column.size());
  const Cents* const columns[] = {column.data()};
  EXPECT_EQ(launch_cuts_with<block_size>(columns, 1, years, wanted, &cut, nullptr), cudaSuccess);
  std::vector<Cents> values(cut.count);
  const GatherTask task{column.data(), cut.bin, values.data()};
  EXPECT_EQ(launch_gathers_with<block_size>(&task, 1, years, nullptr), cudaSuccess);
  std::sort(values.begin(), values.end());
  return values;
}

std::vector<Cents> highest(std::vector<Cents> column, std::size_t count) {
  std::sort(column.begin(), column.end());
  return {column.end() - static_cast<std::ptrdiff_t>(count), column.end()};
}

TEST(TallyKernels, CutKeepsExactlyTheHighestPayoutsAndEnoughOfThem) {
  for (const int zeros : {0, 50, 97}) {
    const std::vector<Cents> column = made_up_column(5, 1'500, zeros);
    const auto positive = static_cast<std::uint32_t>(
        std::count_if(column.begin(), column.end(), [](Cents c) { return c > 0; }));
    for (const std::uint32_t wanted : {1u, 2u, 15u, 150u, 1'500u}) {
      TailCut cut;
      const std::vector<Cents> values = kept(column, wanted, cut);
      EXPECT_GE(cut.count, std::min(wanted, positive));
      EXPECT_LE(cut.count, positive);
      EXPECT_EQ(values, highest(column, cut.count));
    }
  }
}

TEST(TallyKernels, CutOfAColumnWithoutPayoutsKeepsNothing) {
  TailCut cut;
  EXPECT_EQ(kept(std::vector<Cents>(300, 0), 3, cut), std::vector<Cents>{});
  EXPECT_EQ(cut.count, 0u);
}

TEST(TallyKernels, TailBinsAscendWithTheAmountFromOneCentToTheLargest) {
  std::uint32_t last = tail_bin(1);
  EXPECT_EQ(last, 0u);
  for (Cents amount = 2; amount < Cents{1} << 61; amount += 1 + amount / 7) {
    const std::uint32_t bin = tail_bin(amount);
    EXPECT_GE(bin, last);
    EXPECT_EQ(tail_bin(amount - 1) <= bin, true);
    last = bin;
  }
  EXPECT_LT(tail_bin(INT64_MAX), tail_bins);
}

}  // namespace
}  // namespace corridor::cuda
