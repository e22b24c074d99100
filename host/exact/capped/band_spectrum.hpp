// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "host/exact/capped/severity_bands.hpp"

namespace corridor {

/// Fourier coefficients E exp(i z_k (A - origin)), z_k = 2 pi k / period, of part of the years.
struct Coefficients {
  std::vector<double> re, im;   ///< [k]
  double mean = 0, square = 0;  ///< E (A - origin) and E (A - origin)^2, in the same part

  double weight() const { return re.empty() ? 0 : re[0]; }
};

/// A band's years: every second node apart, for the error of the rule.
struct BandSpectrum {
  double origin = 0;             ///< units, certain amounts left out
  double width = 0, period = 1;  ///< all amounts lie within `width` above the origin
  Coefficients top;              ///< exp(-i z_k width)
  std::array<Coefficients, 2> halves;
  /// What one node's coefficients gain with interpolation by cubics in place of degree 5, at the
  /// weight of the whole band.
  Coefficients interpolation;
  double last_size = 0;  ///< |coefficient| where they stop
  double last_frequency = 0;
  bool died_away = false;  ///< rather than ran out of tabled degrees
  std::size_t nodes = 0;
};

/// Coefficients of a band, until they are below 1e-11 or the tabled degrees are used up.
BandSpectrum band_spectrum(const CappedPersons& persons, const std::vector<SeverityNode>& nodes,
                           const SeverityBand& band);

inline constexpr double coefficient_end = 1e-11;

}  // namespace corridor
