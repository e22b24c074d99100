// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "host/exact/table_law.hpp"

namespace corridor {

/// A part of a person's law of claims: law `law` with probability `weight`. Where a year's
/// frequency is high the weight may pass 1: what is left of the whole, then below 0, comes off the
/// mass at 0 of the law, which has that much.
struct LawShare {
  std::uint32_t law = 0;  ///< index into YearModel::laws
  double weight = 1;
};

inline constexpr std::size_t law_shares_max = 5;

/// Persons whose claims have the same law: severity * scale * X + certain_usd, at most maximum_usd,
/// with X of the mixture of laws and 0 with the rest of the weight, independent of each other given
/// the year's effects.
struct AlikePersons {
  std::array<LawShare, law_shares_max> shares{};
  std::uint32_t share_count = 1;
  double scale = 1;
  double count = 1;  ///< how many, a whole number
  double certain_usd = 0;
  double maximum_usd = std::numeric_limits<double>::infinity();
  static constexpr std::uint32_t nobody = ~0u;
  std::uint32_t personal = nobody;  ///< index in GroupView::personal; `nobody` for a plain member

  std::span<const LawShare> mixture() const { return {shares.data(), share_count}; }
};

/// Years with one frequency and one ratio of the effects of successive years: the severity is
/// exp(log_severity + sigma * N) with N standard normal.
struct YearSlice {
  double weight = 1;        ///< probability; the slices' add up to 1
  double log_severity = 0;  ///< mean of the logarithm
  double sigma = 0;
  std::vector<AlikePersons> persons;
};

/// Estimates, not bounds, of how far sums over slices are off what they stand for, as shares of the
/// figures; 0 where slices are all there is.
struct SliceError {
  double mean = 0, sd = 0;
  double probability = 0, excess = 0, excess_squared = 0;  ///< of TailAt
};

/// Of years of several kinds, as if the worst kind's errors were those of all.
inline SliceError larger(const SliceError& one, const SliceError& other) {
  return {std::max(one.mean, other.mean), std::max(one.sd, other.sd),
          std::max(one.probability, other.probability), std::max(one.excess, other.excess),
          std::max(one.excess_squared, other.excess_squared)};
}

/// Claims of a group's year, person by person, for exact laws of totals. Borrows the laws.
struct YearModel {
  std::vector<const TableLaw*> laws;  ///< at scale 1; one pointer a law over a book
  std::vector<YearSlice> slices;
  SliceError slice_error = {};
};

}  // namespace corridor
