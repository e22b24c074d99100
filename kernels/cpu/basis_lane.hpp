// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cpu/basis_block.hpp"
#include "kernels/cpu/block_persons.hpp"
#include "kernels/cpu/block_sums.hpp"
#include "kernels/cpu/rare_lanes.hpp"

namespace corridor::cpu {

/// BlockLane under a contract basis: simulate_basis_year over a block of years.
template <class Isa>
class BasisLane : BlockSums<Isa> {
 public:
  BasisLane(const GroupView& group, const LaneTables& tables, const RoundKeys& keys)
      : BlockSums<Isa>(group, tables, keys), basis_(*group.basis), persons_(group, philox_) {
    const float floor_usd = eligible_floor_usd(group);
    for (std::uint32_t y = 0; y < block_years; ++y) {
      effects_.cents_per_usd[y] = cents_per_eligible_usd;
      effects_.floor_usd[y] = floor_usd;
    }
    prepared_ = shares_.prepare(basis_);
  }

  /// False where the instruction set cannot look up the shares: run must not be called then.
  bool prepared() const { return prepared_; }

  /// As BlockLane::run.
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
    if (basis_.prior_years > 0) store_run_in(years, out, row);
    if (group_.personal_count > 0) add_persons(years, out, row);
  }

 private:
  using Sums = BlockSums<Isa>;
  using Stream = typename Isa::Stream;
  using Sums::chunk_, Sums::effects_, Sums::first_year_, Sums::group_, Sums::heads_, Sums::philox_,
      Sums::tables_, Sums::total_usd_;

  /// basis_effects of every year, on words drawn side by side.
  [[gnu::noinline]] void draw_effects() {
    Stream stream;
    for (std::uint32_t back = 0; back <= basis_.prior_years; ++back) {
      for (std::uint32_t e = 0; e < group_.effect_count; ++e) {
        const Effect& own = group_.effects[e];
        const Effect effect = back == 0 ? own : effect_before(own, back);
        stream.prepare(first_year_, effect.purpose, effect.key, philox_.keys);
        stream.draw(0, 1, chunk_.rows + 4 * e);
      }
      for (std::uint32_t y = 0; y < block_years; ++y) {
        const YearEffect effect =
            year_effect(group_, first_year_ + y, DrawnCalls{chunk_.rows, y, philox_}, back);
        years_.severity[back][y] = effect.severity * basis_.relative_scale[back];
        years_.inverse_frequency[back][y] = effect.inverse_frequency;
      }
    }
  }

  template <std::uint32_t padded_thresholds>
  [[gnu::noinline]] void sum_members() {
    this->template clear<padded_thresholds>();
    for (double& run_in : run_in_usd_) run_in = 0;
    prepare_streams();
    for (std::uint32_t first = 0; first < group_.member_count; first += chunk_members) {
      const std::uint32_t left = group_.member_count - first;
      const std::uint32_t count = left < chunk_members ? left : chunk_members;
      const BasisMembers members{group_, tables_, heads_, years_, first, count};
      draw_words(members);
      turn_into_dollars(members);
      Isa::sum_and_list(count, effects_, chunk_, total_usd_);
      if (basis_.prior_years > 0) Isa::add_up(count, prior_.rows[0], run_in_usd_);
      this->template add_listed<padded_thresholds>();
    }
  }

  CORRIDOR_HD void prepare_streams() {
    for (std::uint32_t back = 0; back <= basis_.prior_years; ++back) {
      claim_streams_[back].prepare(first_year_, claim_purpose(Purpose::claim, back), group_.key,
                                   philox_.keys);
    }
  }

  [[gnu::noinline]] void draw_words(const BasisMembers& members) {
    const std::uint32_t calls = (members.count + 3) / 4;
    claim_streams_[0].draw(members.first / 4, calls, chunk_.rows);
    for (std::uint32_t j = 0; j < basis_.prior_years; ++j) {
      claim_streams_[1 + j].draw(members.first / 4, calls, prior_.rows[j]);
    }
  }

  CORRIDOR_HD void turn_into_dollars(const BasisMembers& members) {
    switch (basis_.prior_years * 2 + (group_.thinned ? 1 : 0)) {
      case 0:
        return look_up<false, 0>(members);
      case 1:
        return look_up<true, 0>(members);
      case 2:
        return look_up<false, 1>(members);
      case 3:
        return look_up<true, 1>(members);
      case 4:
        return look_up<false, 2>(members);
      case 5:
        return look_up<true, 2>(members);
      case 6:
        return look_up<false, 3>(members);
      default:
        return look_up<true, 3>(members);
    }
  }

  template <bool thinned, std::uint32_t prior>
  [[gnu::noinline]] void look_up(const BasisMembers& members) {
    RareLanes rare;
    Isa::template eligible<thinned, prior>(members, shares_, chunk_, prior_, rare);
    rare.visit([&](std::uint32_t m, std::uint32_t year) { draw_again<prior>(members, m, year); });
  }

  /// One person's year by the lane's own function.
  template <std::uint32_t prior>
  CORRIDOR_HD void draw_again(const BasisMembers& members, std::uint32_t m, std::uint32_t year) {
    const std::uint32_t index = members.first + m;
    const EligibleClaim claim = eligible_claim(
        group_, group_.members[index], index, chunk_.rows[m][year], first_year_ + year,
        years_.of(year), ChunkCalls{prior_, members.first, year, philox_});
    chunk_.rows[m][year] = bits_of(claim.total_usd);
    if (prior > 0) prior_.rows[0][m][year] = bits_of(claim.run_in_usd);
  }

  CORRIDOR_HD void store_run_in(std::uint32_t years, SumsView out, std::uint64_t row) const {
    Cents* column = out.data + run_in_column(group_) * out.stride + row;
    for (std::uint32_t y = 0; y < years; ++y) {
      column[y] = to_cents(run_in_usd_[y] * cents_per_eligible_usd);
    }
  }

  [[gnu::noinline]] void add_persons(std::uint32_t years, SumsView out, std::uint64_t row) {
    std::uint32_t(*rows)[block_years] = prior_.rows[0];
    constexpr std::uint32_t calls_most = prior_years_max * chunk_members / 4;
    const auto draw = [&](const PersonalMember& person, std::uint32_t at) {
      claim_streams_[0].draw(person.member / 4, 1, rows + 4 * at);
      for (std::uint32_t j = 0; j < basis_.prior_years; ++j) {
        claim_streams_[1 + j].draw(person.member / 4, 1, rows + 4 * (at + 1 + j));
      }
    };
    const auto effects = [&](std::uint32_t y) { return years_.of(y); };
    persons_.add(first_year_, years, rows, calls_most, 1 + basis_.prior_years, draw, effects, out,
                 row);
  }

  const Basis& basis_;
  bool prepared_;
  typename Isa::Shares shares_;
  BasisYears years_{};
  PriorWords prior_{};
  alignas(64) double run_in_usd_[block_years];
  Stream claim_streams_[basis_years_max];
  BlockPersons persons_;
};

/// Years by the lane's own function. `Isa` keeps each instruction set's code its own.
template <class Isa>
[[gnu::noinline]] void simulate_one_by_one(const GroupView& group, const RoundKeys& keys,
                                           std::uint32_t first_year, std::uint32_t years,
                                           SumsView out) {
  const Philox draw{keys};
  for (std::uint32_t y = 0; y < years; ++y) {
    store(group, simulate_year(group, first_year + y, draw), out, y);
  }
}

/// The `simulate` of an instruction set under a basis.
template <class Isa>
[[gnu::noinline]] void simulate_basis_blocks(const GroupView& group, const LaneTables& tables,
                                             const RoundKeys& keys, std::uint32_t first_year,
                                             std::uint32_t years, SumsView out) {
  BasisLane<Isa> lane(group, tables, keys);
  if (lane.prepared()) {
    run_blocks(lane, first_year, years, out);
    return;
  }
  simulate_one_by_one<Isa>(group, keys, first_year, years, out);
}

}  // namespace corridor::cpu
