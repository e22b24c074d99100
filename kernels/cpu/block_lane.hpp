// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cpu/instruction_set.hpp"
#include "kernels/cpu/table_head.hpp"

namespace corridor::cpu {

/// Years that are simulated side by side, and members between two flushes of their sum.
inline constexpr std::uint32_t block_years = 64;
inline constexpr std::uint32_t chunk_members = flush_every;
inline constexpr std::uint32_t chunk_draws = chunk_members * block_years;

/// Compress-stores write whole vectors.
inline constexpr std::uint32_t list_slack = 16;

/// What a year does to every claim, [year of the block].
struct alignas(64) BlockEffects {
  double cents_per_usd[block_years];
  float severity[block_years];
  float inverse_frequency[block_years];
  float floor_usd[block_years];
};

/// A chunk of members on its way from words to claims.
struct alignas(64) Chunk {
  std::uint32_t rows[chunk_members][block_years];  ///< [member][year]: words, then bits of claims
  std::uint32_t listed[chunk_draws + list_slack];  ///< member * block_years + year, claims to list
  std::uint32_t listed_count;
};

/// The members of a chunk and what their claims need.
struct ChunkMembers {
  const GroupView& group;
  const LaneTables& tables;
  const TableHead* heads;  ///< of the group's table 0
  const Philox& philox;
  std::uint32_t first_year, first, count;
};

/// A claim whose survival lies outside what a driver's vectors look up, by the lane's own function.
CORRIDOR_HD float rare_claim(const ChunkMembers& members, std::uint32_t row, std::uint32_t year,
                             std::uint32_t word, float inverse_frequency) {
  const std::uint32_t index = members.first + row;
  return claim_usd(members.group, members.group.members[index], index, word,
                   members.first_year + year, inverse_frequency, members.philox);
}

/// A generator that hands out calls drawn beforehand, in the order drawn; tails it draws itself.
struct DrawnCalls {
  const std::uint32_t (*rows)[block_years];  ///< [4 * call + word][year]
  std::uint32_t year;
  const Philox& philox;
  mutable std::uint32_t next = 0;

  CORRIDOR_HD Words operator()(Counter counter) const {
    if (counter.y >> 24 == static_cast<std::uint32_t>(Purpose::claim_tail)) return philox(counter);
    const std::uint32_t row = 4 * next++;
    return {{rows[row][year], rows[row + 1][year], rows[row + 2][year], rows[row + 3][year]}};
  }
};

/// store_transposed for instruction sets that have nothing better.
CORRIDOR_HD void store_transposed_plainly(const Cents* from, std::uint64_t from_stride, Cents* to,
                                          std::uint64_t to_stride) {
  for (std::uint32_t k = 0; k < 8; ++k) {
    for (std::uint32_t y = 0; y < 8; ++y) to[k * to_stride + y] = from[y * from_stride + k];
  }
}

/// The lane over a block of years. `Isa` gives what differs between instruction sets:
///   Stream                                    Philox with the rounds done that no member changes
///   Stream::prepare(first_year, purpose, key, keys)
///   Stream::draw(first_call, calls, rows)     the words of `calls` calls, four rows each
///   claims<thinned>(members, effects, chunk, total_usd)
///       turns the chunk's words into claims before the year's effect, adds them up in member order
///       from 0, flushes the sums into total_usd and lists the claims above floor_usd
///   add_excesses<count>(cents, thresholds, excess)
///       excess[k] += excess_over(cents, thresholds[k]); count is a multiple of 8, all are aligned
///   store_transposed(from, from_stride, to, to_stride)
///       to[k * to_stride + y] = from[y * from_stride + k] for eight y and eight k
template <class Isa>
class BlockLane {
 public:
  CORRIDOR_HD BlockLane(const GroupView& group, const LaneTables& tables, const RoundKeys& keys)
      : group_(group), tables_(tables), philox_{keys} {
    heads_ = tables.heads == nullptr ? nullptr
                                     : tables.heads + (group.tables - tables.data) / bucket_count;
  }

  /// Years [first_year, first_year + years) into rows [row, row + years) of `out`.
  /// A function of its own: drawn into its caller's loop, the compiler finds fewer registers.
  [[gnu::noinline]] void run(std::uint32_t first_year, std::uint32_t years, SumsView out,
                             std::uint64_t row) {
    first_year_ = first_year;
    if (group_.basis != nullptr) {
      run_on_basis(years, out, row);
      return;
    }
    draw_effects();
    switch ((group_.threshold_count + 7) / 8) {
      case 1:
        sum_members<8>();
        break;
      case 2:
        sum_members<16>();
        break;
      case 3:
        sum_members<24>();
        break;
      default:
        sum_members<32>();
        break;
    }
    store_sums(years, out, row);
    add_personal(years, out, row);
  }

 private:
  /// Contract bases go year by year through the lane's own function.
  CORRIDOR_HD void run_on_basis(std::uint32_t years, SumsView out, std::uint64_t row) const {
    for (std::uint32_t y = 0; y < years; ++y) {
      store(group_, simulate_year(group_, first_year_ + y, philox_), out, row + y);
    }
  }

  static constexpr std::uint32_t persons_a_draw = chunk_members / 4;
  static constexpr std::uint32_t tile = 8;

  /// The effects of every year, by the lane's own function on words drawn side by side.
  CORRIDOR_HD void draw_effects() {
    typename Isa::Stream stream;
    for (std::uint32_t e = 0; e < group_.effect_count; ++e) {
      const Effect& effect = group_.effects[e];
      stream.prepare(first_year_, effect.purpose, effect.key, philox_.keys);
      stream.draw(0, 1, chunk_.rows + 4 * e);
    }
    for (std::uint32_t y = 0; y < block_years; ++y) {
      const YearEffect effect =
          year_effect(group_, first_year_ + y, DrawnCalls{chunk_.rows, y, philox_});
      effects_.severity[y] = effect.severity;
      effects_.inverse_frequency[y] = effect.inverse_frequency;
      effects_.cents_per_usd[y] = cents_per_usd(effect.severity);
      effects_.floor_usd[y] = listing_floor_usd(group_, effect.severity);
    }
  }

  template <std::uint32_t padded_thresholds>
  CORRIDOR_HD void sum_members() {
    clear<padded_thresholds>();
    claim_stream_.prepare(first_year_, Purpose::claim, group_.key, philox_.keys);
    for (std::uint32_t first = 0; first < group_.member_count; first += chunk_members) {
      const std::uint32_t left = group_.member_count - first;
      const std::uint32_t count = left < chunk_members ? left : chunk_members;
      claim_stream_.draw(first / 4, (count + 3) / 4, chunk_.rows);
      const ChunkMembers members{group_, tables_, heads_, philox_, first_year_, first, count};
      if (group_.thinned) {
        Isa::template claims<true>(members, effects_, chunk_, total_usd_);
      } else {
        Isa::template claims<false>(members, effects_, chunk_, total_usd_);
      }
      add_listed<padded_thresholds>();
    }
  }

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
      Isa::template add_excesses<padded_thresholds>(whole, thresholds_, excess);
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

  /// The persons with own terms, some at a time, by the lane's own function.
  CORRIDOR_HD void add_personal(std::uint32_t years, SumsView out, std::uint64_t row) {
    if (group_.personal_count == 0) return;
    if (has_families(group_)) {
      add_families(years, out, row);
      return;
    }
    const std::uint32_t first_band = band_column(group_);
    for (std::uint32_t k = 0; k < group_.threshold_count; ++k) {
      Cents* band = out.data + (first_band + k) * out.stride + row;
      for (std::uint32_t y = 0; y < years; ++y) band[y] = 0;
    }
    GroupView some = group_;
    for (std::uint32_t first = 0; first < group_.personal_count; first += persons_a_draw) {
      const std::uint32_t left = group_.personal_count - first;
      some.personal = group_.personal + first;
      some.personal_thresholds = group_.personal_thresholds + first * group_.threshold_count;
      some.personal_count = left < persons_a_draw ? left : persons_a_draw;
      for (std::uint32_t p = 0; p < some.personal_count; ++p) {
        claim_stream_.draw(some.personal[p].member / 4, 1, chunk_.rows + 4 * p);
      }
      add_drawn_persons(some, years, out, row);
    }
  }

  /// Families must not be cut, so all persons go through the lane's own function at once.
  CORRIDOR_HD void add_families(std::uint32_t years, SumsView out, std::uint64_t row) const {
    for (std::uint32_t y = 0; y < years; ++y) {
      StopLossSums sums;
      const YearEffect effect{effects_.severity[y], effects_.inverse_frequency[y]};
      add_personal_claims(group_, first_year_ + y, effect, philox_, sums);
      Cents* cell = out.data + row + y;
      *cell += sums.ground_up;
      for (std::uint32_t k = 0; k < group_.threshold_count; ++k) {
        cell[(1 + k) * out.stride] += sums.excess[k];
        cell[(band_column(group_) + k) * out.stride] = sums.band[k];
        cell[(family_column(group_) + k) * out.stride] = sums.family[k];
      }
    }
  }

  CORRIDOR_HD void add_drawn_persons(const GroupView& some, std::uint32_t years, SumsView out,
                                     std::uint64_t row) const {
    for (std::uint32_t y = 0; y < years; ++y) {
      StopLossSums sums;
      const YearEffect effect{effects_.severity[y], effects_.inverse_frequency[y]};
      add_personal_claims(some, first_year_ + y, effect, DrawnCalls{chunk_.rows, y, philox_}, sums);
      Cents* cell = out.data + row + y;
      *cell += sums.ground_up;
      for (std::uint32_t k = 0; k < some.threshold_count; ++k) {
        cell[(1 + k) * out.stride] += sums.excess[k];
        cell[(1 + some.threshold_count + k) * out.stride] += sums.band[k];
      }
    }
  }

  const GroupView& group_;
  const LaneTables& tables_;
  const TableHead* heads_;
  Philox philox_;
  std::uint32_t first_year_ = 0;
  std::uint32_t excess_stride_ = 8;
  double plain_cents_most_ = 0;  ///< listed claims up to this need no cap
  typename Isa::Stream claim_stream_;
  BlockEffects effects_;
  Chunk chunk_;
  alignas(64) Cents thresholds_[thresholds_max];
  alignas(64) double total_usd_[block_years];
  alignas(64) Cents cut_[block_years];  ///< cents above the cap, which leave the ground-up sum
  alignas(64) Cents excess_[block_years * thresholds_max];  ///< [year][padded threshold]
};

/// The `simulate` of an instruction set.
template <class Isa>
void simulate_blocks(const GroupView& group, const LaneTables& tables, const RoundKeys& keys,
                     std::uint32_t first_year, std::uint32_t years, SumsView out) {
  BlockLane<Isa> lane(group, tables, keys);
  for (std::uint64_t row = 0; row < years; row += block_years) {
    const auto done = static_cast<std::uint32_t>(row);
    const std::uint32_t left = years - done;
    lane.run(first_year + done, left < block_years ? left : block_years, out, row);
  }
}

}  // namespace corridor::cpu
