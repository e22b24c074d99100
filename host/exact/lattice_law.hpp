// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/exact/table_law.hpp"

namespace corridor {

/// A law on amounts in equal ratios, with a mass at 0. Masses stand for the law in the mean of
/// smooth functions: cubics between neighbours are exact, so the error goes with the fourth power
/// of the step, and single masses may be slightly negative.
struct LatticeLaw {
  static constexpr int nodes_per_octave = 32;

  double zero = 0;
  std::vector<double> mass;  ///< [node] at first * ratio^node
};

/// first * 2^(node / 32).
double lattice_amount(double first, double node);

/// Law of a sum of two independent laws on the same lattice. What falls off its ends stays at them.
LatticeLaw sum(const LatticeLaw& a, const LatticeLaw& b);

/// Adds `weight` times `b`, of the same size.
void add(LatticeLaw& a, const LatticeLaw& b, double weight);

/// Adds a mass at an amount, split over the four nodes around it; below the lattice between 0 and
/// its first node, so that the mean is kept.
void add_mass(LatticeLaw& law, double first, double amount, double mass);

/// Law of the product with an independent lognormal of mean 1.
LatticeLaw spread(const LatticeLaw& law, double sigma);

/// Puts a law on the lattice.
LatticeLaw on_lattice(const TableLaw& law, double first, int nodes);

/// The law in straight pieces: excesses at the nodes are those of the lattice.
TableLaw pieces_of(const LatticeLaw& law, double first);

}  // namespace corridor
