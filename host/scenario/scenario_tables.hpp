// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <span>
#include <string>
#include <vector>

#include "corridor/result_file.hpp"
#include "corridor/run_options.hpp"
#include "kernels/lane/cents.hpp"

namespace corridor {

/// One yearly amount of the book in both runs. Borrows its years.
struct PairedMetric {
  std::string metric;                                                ///< "gross"
  std::span<const Cents> base, stressed;                             ///< [year], the same years
  double base_exact_usd = std::numeric_limits<double>::quiet_NaN();  ///< means in closed form
  double stressed_exact_usd = std::numeric_limits<double>::quiet_NaN();
};

/// A group's expected year, dollars.
struct GroupFigures {
  double specific_deductible_usd = 0;   ///< infinite: no specific
  double aggregate_attachment_usd = 0;  ///< NaN: no aggregate
  double specific_usd = 0, aggregate_usd = 0;
  double premium_usd = 0;
  bool exact = false;  ///< both expected payouts are
};
struct PairedGroup {
  std::string group_id;
  GroupFigures base, stressed;
  double change_se_usd = 0;  ///< of both covers together; 0 where all expected payouts are exact
};

/// The book's premium in both runs.
struct PairedPremium {
  double base_usd = 0, stressed_usd = 0;
};

/// Table "changes": every figure of every metric in both runs.
ResultTable change_table(std::span<const PairedMetric> metrics, std::span<const Level> levels);

/// Table "loss_ratio": payouts over their premium, and how often they are more.
///
/// `premiums`  [of `metrics`]
ResultTable paired_loss_ratio_table(std::span<const PairedMetric> metrics,
                                    std::span<const PairedPremium> premiums);

/// Table "exceedance": what is exceeded once in so many years, in both runs.
ResultTable paired_exceedance_table(std::span<const PairedMetric> metrics,
                                    std::span<const double> periods_years);

/// Table "groups": every group's expected payouts, premium and loss ratio in both runs.
ResultTable paired_group_table(std::span<const PairedGroup> groups);

}  // namespace corridor
