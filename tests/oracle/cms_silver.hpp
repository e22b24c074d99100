// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/distribution/cms_2026.hpp"
#include "tests/oracle/capped_total.hpp"

namespace corridor::oracle {

/// Yearly claims of one person under the silver plan, medical and drugs, every bucket an atom at
/// its mean. Source: see cms_2026.hpp.
inline Parts silver_atoms() {
  constexpr int silver = 1;
  Parts parts;
  for (const cms_2026::Row& row : cms_2026::rows) {
    const cms_2026::Cell& cell = row.tier[silver];
    if (cell.probability > 0) parts.push_back({cell.mean_usd, cell.mean_usd, cell.probability});
  }
  return parts;
}

}  // namespace corridor::oracle
