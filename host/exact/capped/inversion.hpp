// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "host/exact/capped/band_spectrum.hpp"
#include "host/exact/totals/total_law.hpp"

namespace corridor {

/// What lies above an amount in a band's years, in units: the two halves of the nodes apart, and
/// what coarser interpolation would change.
struct BandTail {
  std::array<TailAt, 2> halves;
  TailAt interpolation;
};

/// The Fourier series integrated term by term, from `amount` (units, certain amounts left out) to
/// the end of the period.
BandTail tail_of(const BandSpectrum& band, double amount);

/// What frequencies beyond the last one may add, as if they kept the last one's size.
TailAt truncation_of(const BandSpectrum& band);

TailAt operator+(const TailAt& a, const TailAt& b);
TailAt operator*(double factor, const TailAt& tail);

}  // namespace corridor
