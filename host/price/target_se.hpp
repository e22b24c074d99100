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

/// Flags TARGET_SE_NOT_REACHED and counts; one warning names the quote that would take longest.
TargetReport report_target(const Portfolio& portfolio, const RunOptions& options,
                           std::span<QuoteRow> rows, std::vector<Problem>& warnings);

}  // namespace corridor
