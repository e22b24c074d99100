// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace corridor {

/// The smallest of 0, 0.04, 0.08, 0.16, ... that a yearly effect's log-deviation does not exceed.
/// Laws of several years are made for these and interpolated between, so that a group's figures
/// depend on its own deviation and not on those of other groups.
inline double sigma_rung(double sigma) {
  if (!(sigma > 0)) return 0;
  double rung = 0.04;
  while (rung < sigma) rung *= 2;
  return rung;
}

}  // namespace corridor
