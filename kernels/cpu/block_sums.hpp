// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cpu/block.hpp"

namespace corridor::cpu {

/// What every lane over a block of years keeps: sums of the members by year, in whole cents where
/// claims are listed. See BlockLane for `Isa`.
template <class Isa>
class BlockSums {
 protected:
  CORRIDOR_HD BlockSums(const GroupView& group, const LaneTables& tables, const RoundKeys& keys)
      : group_(group), tables_(tables), philox_{keys} {
    heads_ = tables.heads == nullptr ? nullptr
                                     : tables.heads + (group.tables - tables.data) / bucket_count;
  }

  static constexpr std::uint32_t tile = 8;

  template <std::uint32_t padded_thresholds>
  CORRIDOR_HD void clear() {
    for (std::uint32_t y = 0; y < block_years; ++y) total_usd_[y] = 0;
    for (std::uint32_t y = 0; y < block_years; ++y) cut_[y] = 0;
    for (std::uint32_t i = 0; i < block_years * padded_thresholds; ++i) excess_[i] = 0;
    for (std::uint32_t k = 0; k < padded_thresholds; ++k) {
      thresholds_[k] = k < group_.threshold_count ? group_.thresholds[k] : unlimited;
    }
    excess_stride_ = padded_thresholds;
    const auto maximum = static_cast<double>(group_.maximum);
    plain_cents_most_ = maximum < cents_max ? maximum : cents_max;
  }

  /// The listed claims in whole cents. Adding the anchor leaves the cents in the low bits of the
  /// double, so they are taken from there; claims at the cap or too large for that go the long way.
  template <std::uint32_t padded_thresholds>
  CORRIDOR_HD void add_listed() {
    constexpr auto anchor = __builtin_bit_cast(std::int64_t, rounding_anchor);
    for (std::uint32_t i = 0; i < chunk_.listed_count; ++i) {
      const std::uint32_t at = chunk_.listed[i], year = at % block_years;
      const double usd = static_cast<double>(float_from_bits(chunk_.rows[at / block_years][year]));
      const double cents = usd * effects_.cents_per_usd[year];
      Cents* excess = excess_ + year * padded_thresholds;
      Cents whole = __builtin_bit_cast(std::int64_t, cents + rounding_anchor) - anchor;
      if (__builtin_expect(cents > plain_cents_most_, 0)) {
        const Cents uncapped = to_cents(cents);
        whole = smaller(uncapped, group_.maximum);
        cut_[year] += uncapped - whole;
      }
      add_excesses<padded_thresholds>(whole, excess);
    }
  }

  /// Thresholds ascend, and few claims reach those beyond the first tile: mostly deductibles with
  /// the specific limit on top.
  template <std::uint32_t padded_thresholds>
  CORRIDOR_HD void add_excesses(Cents cents, Cents* excess) const {
    Isa::template add_excesses<tile>(cents, thresholds_, excess);
#pragma GCC unroll 4
    for (std::uint32_t k = tile; k < padded_thresholds; k += tile) {
      if (__builtin_expect(cents <= thresholds_[k], 1)) return;
      Isa::template add_excesses<tile>(cents, thresholds_ + k, excess + k);
    }
  }

  CORRIDOR_HD void store_sums(std::uint32_t years, SumsView out, std::uint64_t row) const {
    for (std::uint32_t y = 0; y < years; ++y) {
      const Cents ground_up = to_cents(total_usd_[y] * effects_.cents_per_usd[y]) - cut_[y];
      out.data[row + y] = larger(ground_up, excess_[y * excess_stride_]);
    }
    const SumsView columns{out.data + out.stride + row, out.stride};
    for (std::uint32_t k = 0; k < group_.threshold_count; k += tile) {
      const std::uint32_t left = group_.threshold_count - k, count = left < tile ? left : tile;
      for (std::uint32_t y = 0; y < years; y += tile) {
        const Cents* from = excess_ + y * excess_stride_ + k;
        Cents* to = columns.data + k * columns.stride + y;
        if (count == tile && years - y >= tile) {
          Isa::store_transposed(from, excess_stride_, to, columns.stride);
        } else {
          store_some(from, count, years - y < tile ? years - y : tile, to, columns.stride);
        }
      }
    }
  }

  /// The corner of a tile that years or thresholds do not fill.
  CORRIDOR_HD void store_some(const Cents* from, std::uint32_t thresholds, std::uint32_t years,
                              Cents* to, std::uint64_t stride) const {
    for (std::uint32_t k = 0; k < thresholds; ++k) {
      for (std::uint32_t y = 0; y < years; ++y) to[k * stride + y] = from[y * excess_stride_ + k];
    }
  }

  const GroupView& group_;
  const LaneTables& tables_;
  const TableHead* heads_;
  Philox philox_;
  std::uint32_t first_year_ = 0;
  std::uint32_t excess_stride_ = 8;
  double plain_cents_most_ = 0;  ///< listed claims up to this need no cap
  BlockEffects effects_;
  Chunk chunk_;
  alignas(64) Cents thresholds_[thresholds_max];
  alignas(64) double total_usd_[block_years];
  alignas(64) Cents cut_[block_years];  ///< cents above the cap, which leave the ground-up sum
  alignas(64) Cents excess_[block_years * thresholds_max];  ///< [year][padded threshold]
};

/// Every year of [first_year, first_year + years) through `lane`, a block at a time.
template <class Lane>
CORRIDOR_HD void run_blocks(Lane& lane, std::uint32_t first_year, std::uint32_t years,
                            SumsView out) {
  for (std::uint64_t row = 0; row < years; row += block_years) {
    const auto done = static_cast<std::uint32_t>(row);
    const std::uint32_t left = years - done;
    lane.run(first_year + done, left < block_years ? left : block_years, out, row);
  }
}

}  // namespace corridor::cpu
