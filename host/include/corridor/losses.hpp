// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "corridor/run_options.hpp"

namespace corridor {

/// Fewer years with a payout than this carry no interval.
inline constexpr std::uint64_t interval_hits = 200;

/// A 95% confidence interval; NaN where none is claimed.
struct Interval {
  double low_usd = std::numeric_limits<double>::quiet_NaN();
  double high_usd = std::numeric_limits<double>::quiet_NaN();
};

/// How a figure was obtained.
enum class FigureSource : std::uint8_t {
  simulated,   ///< from the years of the run
  exact_mean,  ///< mean exact; spread, probability and tail from the years, or NaN without a run
  exact,       ///< mean, SD, probability, VaR and TVaR from the law
};

/// Statistics of one figure. Where they are over the years of a run, every value follows from exact
/// integers by + - * / and square root, so it has the same bits on every machine; intervals and
/// functionals agree to 1e-12.
struct FigureLoss {
  std::uint64_t years = 0;                ///< simulated
  double mean_usd = 0;
  double sd_usd = 0;                      ///< of one year, with years - 1
  double se_usd = 0;                      ///< of the mean: sd / sqrt(years)
  std::uint64_t hits = 0;                 ///< years with an amount above 0
  double probability = 0;                 ///< hits / years
  std::vector<double> var_usd, tvar_usd;  ///< [level]; empty where no tail is kept
  Interval mean_95;                       ///< of the mean, from the run's years
  std::vector<Interval> tvar_95;          ///< [level], from the run's years
  std::vector<double> functionals;        ///< [functional], USD; of the two covers only

  FigureSource source = FigureSource::simulated;
  double simulated_usd = std::numeric_limits<double>::quiet_NaN();  ///< mean of the run's years
  double exact_usd = std::numeric_limits<double>::quiet_NaN();      ///< mean in closed form
  /// How far off the exact figures may be: an estimate for the least certain of them.
  double exact_error_usd = std::numeric_limits<double>::quiet_NaN();
};

/// One deductible of one group.
struct RowLoss {
  FigureLoss retained;             ///< claims that count to the aggregate
  FigureLoss specific_before_asd;  ///< after share and limit
  FigureLoss specific;
  std::vector<FigureLoss> aggregate;  ///< [attachment]
  std::vector<FigureLoss> total;  ///< [attachment]; one entry, the specific, without attachments
};

struct JobLosses {
  FigureLoss ground_up;
  std::vector<RowLoss> rows;  ///< [row of the job]
};

/// What a run says about losses, before any loading.
struct Losses {
  std::vector<Level> levels;    ///< of every var_usd and tvar_usd
  std::vector<JobLosses> jobs;  ///< [job of the plan]
};

/// A figure that needs the whole distribution: payouts of the years above 0, in cents, ascending,
/// to dollars. The years without a payout are known to the function that made it.
using PayoutFunction = std::function<double(std::span<const std::int64_t> payouts)>;

/// One such figure with the loads of either cover.
struct Functional {
  std::string name;
  PayoutFunction specific, aggregate;
};

}  // namespace corridor
