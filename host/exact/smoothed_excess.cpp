// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/smoothed_excess.hpp"

#include "host/exact/lognormal_excess.hpp"

namespace corridor {
namespace {

/// Below it a grid would need some ten thousand points, and single figures take few of the law's
/// pieces. By sigma alone: a figure must not depend on how many others are asked.
constexpr double least_grid_sigma = 1e-3;

}  // namespace

SmoothedExcess::SmoothedExcess(const TableLaw& law, double sigma, LogRange thresholds)
    : law_(law), sigma_(sigma) {
  if (sigma >= least_grid_sigma && thresholds.low <= thresholds.high) {
    grid_.emplace(law, sigma, thresholds);
  }
}

double SmoothedExcess::operator()(double threshold, double log_threshold) const {
  if (grid_ && grid_->covers(log_threshold)) return (*grid_)(log_threshold);
  return sigma_ > 0 ? lognormal_excess(law_, threshold, sigma_) : law_.excess(threshold);
}

ExcessAt SmoothedExcess::at(double threshold, double log_threshold) const {
  if (grid_ && grid_->covers(log_threshold)) return grid_->at(threshold, log_threshold);
  if (sigma_ <= 0) return {law_.excess(threshold), law_.survival(threshold)};
  return {lognormal_excess(law_, threshold, sigma_), lognormal_survival(law_, threshold, sigma_)};
}

}  // namespace corridor
