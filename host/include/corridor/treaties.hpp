// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "corridor/portfolio.hpp"

namespace corridor {

enum class TreatyKind : std::uint8_t {
  quota_share = 0,     ///< a share of everything that earlier treaties left
  person_excess = 1,   ///< a layer of what the carrier pays for each person
  book_aggregate = 2,  ///< stop-loss on the year's total, in dollars or in points of loss ratio
  captive = 3          ///< a layer of each person that the groups of a captive pay together
};

/// One reinsurance treaty of a book. A treaty acts on what those of lower order left with the
/// carrier. data/README.md has the columns; absent values are neutral.
struct Treaty {
  static constexpr double none = std::numeric_limits<double>::infinity();
  static constexpr double unset = std::numeric_limits<double>::quiet_NaN();

  std::string name;  ///< for tables: the book's, else "1 quota share"
  TreatyKind kind = TreatyKind::quota_share;
  std::uint8_t order = 0;
  std::size_t row = 0;      ///< of /treaties
  double share = 1;         ///< part of the layer that is ceded
  double attachment_usd = 0;
  double limit_usd = none;  ///< width of the layer: of each person, or of the year
  double attachment_ratio = unset;  ///< of the premium that earlier treaties left; instead of dollars
  double limit_ratio = unset;
  double corridor_from_ratio = unset;  ///< loss ratios between which the carrier keeps the loss
  double corridor_to_ratio = unset;    ///< although the treaty covers it
  double annual_deductible_usd = 0;    ///< the layer's losses of a year that the carrier keeps first
  double annual_limit_usd = none;      ///< most that the treaty pays in a year
  double commission = 0;               ///< ceding commission, part of the ceded premium
  double premium_usd = unset;          ///< agreed; unset: by the run's principle
  std::uint16_t captive = 0;           ///< groups that it covers, /groups/captive; 0: every group

  bool of_persons() const {
    return kind == TreatyKind::person_excess || kind == TreatyKind::captive;
  }
};

/// The treaties of a book in the order in which they act.
struct Programme {
  std::vector<Treaty> treaties;
};

}  // namespace corridor
