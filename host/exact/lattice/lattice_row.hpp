// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/exact/lattice/paid_function.hpp"
#include "host/exact/lattice/real_transform.hpp"

namespace corridor {

/// Points 0 to points - 1 of a lattice whose masses are multiplied by exp(-tilt * point) before a
/// transform and by exp(tilt * point) after it: what wraps round, and it does without padding,
/// comes back exp(-tilt * points) times as large.
struct LatticeShape {
  std::size_t points = 0;
  double tilt = 0;
};

/// So much tilt that wrapped mass is 1e-7 of itself, and that rounding, which the tilt enlarges by
/// the inverse, stays below 1e-9.
inline LatticeShape tilted(std::size_t points) {
  return {points, 16 / static_cast<double>(points)};
}

/// A part of a mixture of laws.
struct LawPart {
  const TableLaw* law = nullptr;
  double weight = 1;
  bool operator==(const LawPart&) const = default;
};

/// What one person adds to a total, as a transform over the frequencies of a lattice: U = E exp(iz
/// paid) - 1, log(1 + U) or a sum of such; amounts in steps of the lattice.
struct LatticeRow {
  Spectrum spectrum;
  double at_zero = 0;  ///< U or log(1 + U) where every amount above 0 has left: of P(paid = 0)
  double mean = 0;     ///< of the whole law, beyond the lattice too
  double square = 0;   ///< E paid^2; of a logarithm the variance
};

/// The rest is log(1 + U) - U.
enum class RowForm { plain, logarithm, rest };

class CellSpread;
/// Transform of masses above 0, one of which comes about with the chance `positive`, less the
/// latter.
Spectrum plain_spectrum(CellSpread& spread, double positive, const LatticeShape& shape,
                        RealTransform& transform);

/// Row of paid(scale * X), X of the mixture, 0 with the rest of the weight; amounts in steps. Of a
/// logarithm the phase goes on from frequency to frequency without jumps.
LatticeRow lattice_row(const std::vector<LawPart>& mixture, const PaidFunction& paid, double scale,
                       RowForm form, const LatticeShape& shape, RealTransform& transform);

/// U to a power of 2 or more from a plain row. Its mean is 0, and so is its square but for U^2.
LatticeRow power_of(const LatticeRow& plain, int power);

}  // namespace corridor
