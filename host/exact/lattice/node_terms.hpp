// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "host/exact/lattice/lattice_row.hpp"
#include "host/exact/lattice/spectrum_loops.hpp"

namespace corridor {

/// What the transform of a group's total is made of in years of one severity: the exponential of a
/// sum of rows, times factors 1 + (a sum of rows), each to a power.
struct NodeTerms {
  struct Scaled {
    const LatticeRow* row = nullptr;
    double coefficient = 0;
  };
  struct Factor {
    std::uint32_t first = 0, count = 0;  ///< in linear
    double power = 1;                    ///< a whole number
  };

  double weight = 1;
  std::vector<Scaled> logarithms;
  std::vector<Scaled> linear;
  std::vector<Factor> factors;
};

/// Of the total in years of a node, in steps.
struct NodeMoments {
  double none = 1;  ///< P(total = 0)
  double mean = 0, variance = 0;
};
NodeMoments moments_of(const NodeTerms& terms);

/// Adds weight times the transform of frequencies first to first + count - 1, at most
/// `node_chunk` of them, to `sum`, which starts at `first`.
inline constexpr std::size_t node_chunk = 256;
void add_transform(const NodeTerms& terms, std::size_t first, std::size_t count, ComplexRange sum);

}  // namespace corridor
