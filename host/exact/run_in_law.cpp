// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/run_in_law.hpp"

#include <algorithm>
#include <cmath>

#include "host/exact/eligible_law.hpp"

namespace corridor {
namespace {

constexpr int per_octave = LatticeLaw::nodes_per_octave;
constexpr int octaves_below = 16;  ///< of the lattice below small_claim_usd: 38 cents
constexpr int small_node = octaves_below * per_octave;
constexpr int large_node = small_node + 2 * per_octave;

constexpr int factor_octaves_below = 11, factor_octaves_above = 4;
constexpr int one_node = factor_octaves_below * per_octave;
constexpr int factor_nodes = one_node + factor_octaves_above * per_octave + 1;

double first_factor() { return std::exp2(-factor_octaves_below); }

LatticeLaw nothing(int nodes) { return {0, std::vector<double>(static_cast<std::size_t>(nodes))}; }

/// Part of a year's claim of one size that the windows take, with the year's effect.
LatticeLaw year_factor(const Basis& basis, std::uint32_t back, double weight, double sigma) {
  LatticeLaw law = nothing(factor_nodes);
  const double level = double{basis.relative_scale[back]};
  for (const MonthShare& share : month_shares(basis, back)) {
    const double part = level * (share.small + weight * share.large_less_small);
    add_mass(law, first_factor(), part, share.weight);
  }
  return spread(law, sigma);
}

LatticeLaw block_factor(const Basis& basis, std::uint32_t first, std::uint32_t count, double weight,
                        double sigma) {
  LatticeLaw law = year_factor(basis, first, weight, sigma);
  for (std::uint32_t back = first + 1; back < first + count; ++back) {
    law = sum(law, year_factor(basis, back, weight, sigma));
  }
  return law;
}

bool depends_on_size(const Basis& basis, std::uint32_t first, std::uint32_t count) {
  for (std::uint32_t back = first; back < first + count; ++back) {
    for (const MonthShare& share : month_shares(basis, back)) {
      if (share.large_less_small != 0) return true;
    }
  }
  return false;
}

}  // namespace

BlockFactors::BlockFactors(const Basis& basis, std::uint32_t first, std::uint32_t count,
                           double sigma) {
  const int sizes = depends_on_size(basis, first, count) ? large_node - small_node + 1 : 1;
  for (int i = 0; i < sizes; ++i) {
    const double claim = double{small_claim_usd} * std::exp2(double(i) / per_octave);
    at_weight_.push_back(block_factor(basis, first, count, large_weight_of(claim), sigma));
  }
}

LatticeLaw BlockFactors::times(const LatticeLaw& claims) const {
  LatticeLaw product = nothing(static_cast<int>(claims.mass.size()));
  product.zero = claims.zero;
  const int last = static_cast<int>(claims.mass.size()) - 1;
  for (int i = 0; i <= last; ++i) {
    const double mass = claims.mass[static_cast<std::size_t>(i)];
    if (mass == 0) continue;
    const int size = std::clamp(i - small_node, 0, static_cast<int>(at_weight_.size()) - 1);
    const LatticeLaw& factor = at_weight_[static_cast<std::size_t>(size)];
    product.zero += mass * factor.zero;
    for (int k = 0; k < factor_nodes; ++k) {
      const auto to = static_cast<std::size_t>(std::clamp(i + k - one_node, 0, last));
      product.mass[to] += mass * factor.mass[static_cast<std::size_t>(k)];
    }
  }
  return product;
}

RunInLaw::RunInLaw(const Basis& basis, double yearly_sigma)
    : years_(basis.prior_years + 1),
      persistence_(static_cast<double>(basis.persistence.chance) / Persistence::sides) {
  for (std::uint32_t first = 0; first < years_; ++first) {
    for (std::uint32_t count = 1; first + count <= years_; ++count) {
      blocks_.emplace_back(basis, first, count, yearly_sigma);
    }
  }
}

const BlockFactors& RunInLaw::block(std::uint32_t first, std::uint32_t count) const {
  std::uint32_t at = count - 1;
  for (std::uint32_t before = 0; before < first; ++before) at += years_ - before;
  return blocks_[at];
}

// Years with one survival are a block: all covered or none. The law of the years from one on goes
// over the length of their first block, which persistence decides.
LatticeLaw RunInLaw::of(const LatticeLaw& claims, double exposure) const {
  const int nodes = static_cast<int>(claims.mass.size());
  std::vector<LatticeLaw> from(years_ + 1, nothing(nodes));
  from[years_].zero = 1;
  for (std::uint32_t year = years_; year-- > 0;) {
    double chance = 1;  // that the block has reached this length
    for (std::uint32_t count = 1; year + count <= years_; ++count) {
      LatticeLaw part = nothing(nodes);
      part.zero = 1 - exposure;
      add(part, block(year, count).times(claims), exposure);
      const bool ends = year + count == years_;
      const double weight = ends ? chance : chance * (1 - persistence_);
      add(from[year], ends ? part : sum(part, from[year + count]), weight);
      chance *= persistence_;
    }
  }
  return from[0];
}

Lattice lattice_for(const TableLaw& claims) {
  const double octaves = std::ceil(std::log2(std::max(claims.largest(), 1e6) / small_claim_usd));
  const int above = std::min(static_cast<int>(octaves) + 4, 40);
  return {double{small_claim_usd} * std::exp2(-octaves_below),
          (octaves_below + above) * per_octave + 1};
}

}  // namespace corridor
