// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "corridor/scenario.hpp"

namespace corridor {

/// One of the costs of a therapy and the share of its patients who have it.
struct SharedCost {
  double share = 0, cost_usd = 0;
};

/// What the stages know of the base book that its columns do not say.
struct BaseFacts {
  std::vector<double> group_cv;                    ///< [group] of the group effect
  std::vector<double> aggregate_attachment_usd;    ///< [group] bound; NaN without an aggregate
  std::vector<std::vector<SharedCost>> therapies;  ///< [therapy of the stress]
};

/// The book under a stress. Draws belong to members and purposes, so a member's claims of a year
/// move with the law's and all else stays.
///
/// throws  Error{bad_data} where the book cannot have what the stress asks for
Portfolio stressed_book(const Portfolio& base, const Stress& stress, const BaseFacts& facts);

}  // namespace corridor
