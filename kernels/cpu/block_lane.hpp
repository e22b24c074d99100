// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cpu/basis_lane.hpp"

namespace corridor::cpu {

/// The lane over a block of years, for groups without a basis. `Isa` gives what differs between
/// instruction sets, here and for BasisLane:
///   Stream                                    Philox with the rounds done that no member changes
///   Stream::prepare(first_year, purpose, key, keys)
///   Stream::draw(first_call, calls, rows)     the words of `calls` calls, four rows each
///   claims<thinned>(members, effects, chunk, total_usd)
///       turns the chunk's words into claims before the year's effect, adds them up in member order
///       from 0, flushes the sums into total_usd and lists the claims above floor_usd
///   sum_and_list(count, effects, chunk, total_usd)
///       the second half of it: adds up, flushes and lists `count` rows of claims
///   add_up(count, rows, total_usd)            adds up and flushes alone
///   Shares, Shares::prepare(basis)
///       what it looks up of a basis; false where it cannot
///   eligible<thinned, prior>(members, shares, chunk, words, rare)
///       turns the members' words into eligible dollars, in the own words' rows, and those of the
///       years before the policy, in the rows of the first of them. Notes the years that it leaves
///       to the lane's own function, and leaves their words alone.
///   add_excesses<count>(cents, thresholds, excess)
///       excess[k] += excess_over(cents, thresholds[k]); count is a multiple of 8, all are aligned
///   store_transposed(from, from_stride, to, to_stride)
///       to[k * to_stride + y] = from[y * from_stride + k] for eight y and eight k
template <class Isa>
class BlockLane : BlockSums<Isa> {
 public:
  CORRIDOR_HD BlockLane(const GroupView& group, const LaneTables& tables, const RoundKeys& keys)
      : BlockSums<Isa>(group, tables, keys), persons_(group, philox_) {}

  /// Years [first_year, first_year + years) into rows [row, row + years) of `out`.
  /// A function of its own: drawn into its caller's loop, the compiler finds fewer registers.
  [[gnu::noinline]] void run(std::uint32_t first_year, std::uint32_t years, SumsView out,
                             std::uint64_t row) {
    first_year_ = first_year;
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
    this->store_sums(years, out, row);
    if (group_.personal_count > 0) add_persons(years, out, row);
  }

 private:
  using Sums = BlockSums<Isa>;
  using Sums::chunk_, Sums::effects_, Sums::first_year_, Sums::group_, Sums::heads_, Sums::philox_,
      Sums::tables_, Sums::total_usd_;

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
    this->template clear<padded_thresholds>();
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
      this->template add_listed<padded_thresholds>();
    }
  }

  /// A function of its own, because few groups need it.
  [[gnu::noinline]] void add_persons(std::uint32_t years, SumsView out, std::uint64_t row) {
    const auto draw = [this](const PersonalMember& person, std::uint32_t at) {
      claim_stream_.draw(person.member / 4, 1, chunk_.rows + 4 * at);
    };
    const auto effects = [this](std::uint32_t y) {
      return YearEffect{effects_.severity[y], effects_.inverse_frequency[y]};
    };
    persons_.add(first_year_, years, chunk_.rows, chunk_members / 4, 1, draw, effects, out, row);
  }

  typename Isa::Stream claim_stream_;
  BlockPersons persons_;
};

/// Fewer years are drawn one by one: a block would draw block_years for them.
inline constexpr std::uint32_t few_years = 8;

/// The `simulate` of an instruction set.
template <class Isa>
void simulate_blocks(const GroupView& group, const LaneTables& tables, const RoundKeys& keys,
                     std::uint32_t first_year, std::uint32_t years, SumsView out) {
  if (years < few_years) {
    simulate_one_by_one<Isa>(group, keys, first_year, years, out);
    return;
  }
  if (group.basis != nullptr) {
    simulate_basis_blocks<Isa>(group, tables, keys, first_year, years, out);
    return;
  }
  BlockLane<Isa> lane(group, tables, keys);
  run_blocks(lane, first_year, years, out);
}

}  // namespace corridor::cpu
