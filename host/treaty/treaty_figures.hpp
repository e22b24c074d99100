// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "host/treaty/apply.hpp"

namespace corridor {

/// Premiums of a yearly amount in dollars, one a principle of the run. NaN is a fine answer.
///
/// `yearly`  [year] cents
using PremiumsOf = std::function<std::vector<double>(std::span<const Cents> yearly)>;

/// What one treaty costs and takes, dollars a year. NaN where there is no answer.
struct TreatyFigures {
  std::uint64_t years = 0, hits = 0;  ///< hits: years with a cession
  double ceded_mean_usd = 0, ceded_se_usd = 0, ceded_sd_usd = 0;
  double subject_premium_usd = 0;    ///< what quota shares of lower order leave of the book's
  double line_usd = 0;               ///< the most that the treaty pays a year, or a person where no
                                     ///< annual limit is stated; NaN: no limit, or a quota share
  std::vector<double> premiums_usd;  ///< [principle]
  double premium_usd = 0;            ///< agreed; else a quota share's share of the subject premium,
                                     ///< other kinds' first of premiums_usd
  double commission_usd = 0;         ///< part of the premium that comes back

  double probability() const { return static_cast<double>(hits) / static_cast<double>(years); }
  double funds_usd() const { return premium_usd - commission_usd; }
  double result_usd() const { return funds_usd() - ceded_mean_usd; }  ///< the reinsurer's, expected
};

/// [treaty of the programme]. Statistics follow from exact sums and from one pass in the order of
/// the years, so they are the same for any number of threads.
///
/// `ceded`        of apply_programme, at least one year
/// `premium_usd`  of the book, NaN where nobody knows
std::vector<TreatyFigures> treaty_figures(const Programme& programme, const CededYears& ceded,
                                          double premium_usd, const PremiumsOf& premiums_of);

}  // namespace corridor
