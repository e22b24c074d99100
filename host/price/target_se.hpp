// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "corridor/quotes.hpp"
#include "host/price/quote_row.hpp"

namespace corridor {

/// Years after which every simulated mean of the row's covers without a closed form has a standard
/// error of at most `target_se` of it: 1 / se^2 grows with the years. 0 where every mean has a
/// closed form or cannot pay; infinite where a cover has not paid yet. Expects target_se > 0.
double years_for_target(const QuoteRow& row, double target_se);

/// The same of every group of a portfolio: the most that one of its quotes takes. [group]
std::vector<double> years_for_target(const Portfolio& portfolio, const Plan& plan,
                                     const Losses& losses);

/// Years to simulate next where `needed` years are wanted: by steps of a fifth from the years
/// simulated, so that many groups take the same years, up to sixteen times, and `most` at most.
std::uint32_t next_years(std::uint32_t simulated, double needed, std::uint32_t most);

/// How far the rows of a run came, in parts.
class TargetCount {
 public:
  TargetCount(double target_se, std::uint32_t max_years)
      : report_{target_se, 0, 0, max_years} {}

  /// Flags TARGET_SE_NOT_REACHED and counts.
  void add(std::span<QuoteRow> rows);
  const TargetReport& report() const { return report_; }
  /// A warning that names the quote which would take longest; none where all reached it.
  void append_warning(const Portfolio& portfolio, std::vector<Problem>& warnings) const;

 private:
  struct Missed {
    std::string group_id;
    double deductible_usd = 0, attachment_usd = 0;
    bool has_aggregate = false;
    std::uint64_t years = 0;  ///< simulated
  };

  TargetReport report_;
  std::size_t missed_ = 0;
  Missed longest_;
};

}  // namespace corridor
