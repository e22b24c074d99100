// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/credibility.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>

#include "host/price/decimal_text.hpp"

namespace corridor {
namespace {

constexpr double effects_skewness = 3;
constexpr double total_skewness = 4;
constexpr double certain_hits = 1000;  // a count of that mean is below 400 less than once in e^230

/// Hits that a closed form implies at least: nobody adds more than the largest claim to a year, so
/// a year's claims number exact / largest or more on average.
double least_expected_hits(const CheckedMean& mean) {
  const auto years = static_cast<double>(mean.loss->years);
  if (mean.payout_probability > 0) return years * mean.payout_probability;
  if (!(mean.largest_claim_usd > 0)) return 0;
  return years * -std::expm1(-mean.exact_usd / mean.largest_claim_usd);
}

double skewness_allowance(const CheckedMean& mean, double bound) {
  double skewness = mean.largest_claim_usd / mean.loss->sd_usd + effects_skewness;
  if (mean.payout_probability > 0) {
    skewness = std::max(skewness, total_skewness / std::sqrt(mean.payout_probability));
  }
  return skewness * (2 * bound * bound + 1) /
         (6 * std::sqrt(static_cast<double>(mean.loss->years)));
}

/// A payout that never varies: equal to its closed form but for cents and the tables' last bits.
bool meets_without_spread(const CheckedMean& mean) {
  const double apart = std::abs(mean.loss->simulated_usd - mean.exact_usd);
  return apart <= 1 + 1e-6 * std::abs(mean.exact_usd);
}

bool is_counted(const CheckedMean& mean) {
  return mean.loss->hits >= credible_hits && std::isfinite(z_score(*mean.loss, mean.exact_usd));
}

std::string failure_of(const CheckedMean& mean, double bound) {
  if (!std::isfinite(mean.exact_usd)) return {};
  const FigureLoss& loss = *mean.loss;
  if (loss.hits < credible_hits) {
    const double expected = least_expected_hits(mean);
    if (expected < certain_hits) return {};
    return std::to_string(loss.hits) + " hits where the closed form implies " +
           std::to_string(std::llround(expected)) + " or more";
  }
  if (loss.se_usd == 0) {
    return meets_without_spread(mean) ? "" : "every year is the same and misses the closed form";
  }
  const double z = z_score(loss, mean.exact_usd);
  if (z <= bound && z >= -bound - skewness_allowance(mean, bound)) return {};
  return "z = " + shortest(std::round(z * 100) / 100) + ", mean " + shortest(loss.simulated_usd) +
         " against " + shortest(mean.exact_usd) + " in closed form";
}

/// Normal quantile of a run's false alarm rate, two-sided, shared among its means.
double bound_of(double false_alarm_rate, std::uint64_t means) {
  const double share =
      false_alarm_rate / (2 * static_cast<double>(std::max<std::uint64_t>(means, 1)));
  return boost::math::quantile(complement(boost::math::normal_distribution<>{}, share));
}

}  // namespace

double z_score(const FigureLoss& loss, double exact_usd) {
  if (!(loss.se_usd > 0)) return std::numeric_limits<double>::quiet_NaN();
  return (loss.simulated_usd - exact_usd) / loss.se_usd;
}

GateCheck::GateCheck(double false_alarm_rate)
    : narrowest_bound_(bound_of(false_alarm_rate, 1)) {
  gate_.false_alarm_rate = false_alarm_rate;
}

bool GateCheck::add(const CheckedMean& mean) {
  if (is_counted(mean)) {
    ++gate_.checked;
    gate_.largest_z = std::max(gate_.largest_z, std::abs(z_score(*mean.loss, mean.exact_usd)));
  }
  const bool doubtful = !failure_of(mean, narrowest_bound_).empty();
  if (doubtful) doubtful_.push_back({cells_, mean, *mean.loss});
  ++cells_;
  return doubtful;
}

GateResult GateCheck::result() const {
  GateResult result{gate_, {}};
  result.gate.z_limit = bound_of(gate_.false_alarm_rate, gate_.checked);
  for (const Doubtful& cell : doubtful_) {
    CheckedMean mean = cell.mean;
    mean.loss = &cell.loss;
    std::string reason = failure_of(mean, result.gate.z_limit);
    if (!reason.empty()) result.failures.push_back({cell.cell, std::move(reason)});
  }
  return result;
}

GateResult check_means(std::span<const CheckedMean> means, double false_alarm_rate) {
  GateCheck check(false_alarm_rate);
  for (const CheckedMean& mean : means) check.add(mean);
  return check.result();
}

}  // namespace corridor
