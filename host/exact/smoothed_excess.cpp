// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/smoothed_excess.hpp"

#include "host/exact/lognormal_excess.hpp"

namespace corridor {
namespace {

/// Seconds for one figure without a grid: the panels grow with sigma, and with the pieces.
double direct_seconds(const TableLaw& law, double sigma) {
  return 3e-6 + 250e-6 * sigma * (0.5 + law.piece_count() / (2.0 * sloped_bucket_count));
}

}  // namespace

SmoothedExcess::SmoothedExcess(const TableLaw& law, double sigma, LogRange thresholds,
                               std::size_t uses)
    : law_(law), sigma_(sigma) {
  const double direct = static_cast<double>(uses) * direct_seconds(law, sigma);
  if (sigma > 0 && direct > ExcessGrid::build_seconds(sigma, thresholds)) {
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
