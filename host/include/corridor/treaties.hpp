// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
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
/// carrier; treaties of one order stand side by side. data/README.md has the columns; absent values
/// are neutral. Amounts are of the whole layer, before the share.
struct Treaty {
  static constexpr double none = std::numeric_limits<double>::infinity();
  static constexpr double unset = std::numeric_limits<double>::quiet_NaN();

  std::string name;  ///< for tables: the book's, else "1 quota share", 1 for row 0
  TreatyKind kind = TreatyKind::quota_share;
  std::uint8_t order = 0;
  std::size_t row = 0;      ///< of /treaties
  double share = 1;         ///< part of the layer that is ceded
  double attachment_usd = 0;  ///< of persons: on the whole payout, whatever a quota share took of it
  double limit_usd = none;  ///< width of the layer: of each person, or of the year
  double attachment_ratio = unset;  ///< of the premium that quota shares of lower order left;
  double limit_ratio = unset;       ///< instead of dollars, of an aggregate alone
  double corridor_from_ratio = unset;  ///< loss ratios, as above, between which the carrier keeps
  double corridor_to_ratio = unset;    ///< the loss although the treaty covers it
  double annual_deductible_usd = 0;    ///< of persons: the layer's losses of a year that the carrier
                                       ///< keeps first
  double annual_limit_usd = none;      ///< of persons: most of them that the treaty shares in then
  double commission = 0;               ///< ceding commission, part of the ceded premium
  double premium_usd = unset;          ///< agreed; unset: by the run's principle
  std::uint16_t captive = 0;           ///< groups that it covers, /groups/captive; 0: every group

  bool of_persons() const {
    return kind == TreatyKind::person_excess || kind == TreatyKind::captive;
  }
  bool in_ratios() const {
    return !(std::isnan(attachment_ratio) && std::isnan(limit_ratio) &&
             std::isnan(corridor_from_ratio) && std::isnan(corridor_to_ratio));
  }
};

/// The treaties of a book in the order in which they act.
struct Programme {
  std::vector<Treaty> treaties;
};

}  // namespace corridor
