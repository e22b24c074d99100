// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/excess_grid.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

constexpr int cells_per_step = 16;
constexpr int margin = 3;  ///< grid points beyond each end, for the interpolation

double grid_step(double sigma) { return std::min(sigma / 4, 0.05); }

/// Numbers of the first and the last point: point n lies at n steps, whatever the range, so that a
/// figure does not depend on what else is asked.
struct Points {
  int first, last;
};
Points points_for(double step, LogRange range) {
  return {static_cast<int>(std::floor(range.low / step)) - margin,
          static_cast<int>(std::ceil(range.high / step)) + margin};
}

/// Half width of the weights, in cells: eight deviations and the shift of the tilted factor.
int reach(double sigma, double cell) {
  return static_cast<int>(std::ceil((8 * sigma + sigma * sigma / 2) / cell));
}

/// Mean of E(X - t)+ over each of `count` cells of equal width in log t, the first around
/// `first` widths; uniform in t inside a cell.
std::vector<double> cell_means(const TableLaw& law, int first, double cell, int count) {
  std::vector<double> means;
  means.reserve(static_cast<std::size_t>(count));
  double left = std::exp((first - 0.5) * cell);
  double left_square = law.excess_squared(left);
  for (int n = first; n < first + count; ++n) {
    const double right = std::exp((n + 0.5) * cell);
    const double right_square = law.excess_squared(right);
    means.push_back((left_square - right_square) / (2 * (right - left)));
    left = right;
    left_square = right_square;
  }
  return means;
}

/// Normal weights of the log of t / f under the factor's size-biased law, at -reach .. reach cells.
/// A point uniform in t over a cell of log-width c has mean c^2/12 and variance c^2/12 in log t, up
/// to c^4: both are taken off.
std::vector<double> normal_weights(double sigma, double cell, int half) {
  const double square = cell * cell;
  const double mean = -sigma * sigma / 2 - (square / 12 - square * square / 720);
  const double variance = sigma * sigma - (square / 12 - square * square / 240);
  std::vector<double> weights;
  double total = 0;
  for (int i = -half; i <= half; ++i) {
    const double distance = i * cell - mean;
    weights.push_back(std::exp(-distance * distance / (2 * variance)));
    total += weights.back();
  }
  for (double& weight : weights) weight /= total;
  return weights;
}

/// Four partial sums, so that the additions do not wait for one another.
double dot(const double* a, const double* b, std::size_t count) {
  double sums[4] = {};
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    for (std::size_t j = 0; j < 4; ++j) sums[j] += a[i + j] * b[i + j];
  }
  for (; i < count; ++i) sums[0] += a[i] * b[i];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/// Lagrange's interpolation through six equidistant values, `u` in [0, 1) between the middle two.
double interpolated(const double* y, double u) {
  const double a = u + 2, b = u + 1, c = u, d = u - 1, e = u - 2, f = u - 3;
  const double ab = a * b, cd = c * d, ef = e * f;
  return cd * ef * (a * y[1] / 24 - b * y[0] / 120) + ab * ef * (c * y[3] - d * y[2]) / 12 +
         ab * cd * (e * y[5] / 120 - f * y[4] / 24);
}

/// Its slope in u.
double slope_of_interpolated(const double* y, double u) {
  const double a = u + 2, b = u + 1, c = u, d = u - 1, e = u - 2, f = u - 3;
  const double ab = a * b, cd = c * d, ef = e * f;
  const double outer = a * y[1] / 24 - b * y[0] / 120, outer_slope = y[1] / 24 - y[0] / 120;
  const double inner = (c * y[3] - d * y[2]) / 12, inner_slope = (y[3] - y[2]) / 12;
  const double far = e * y[5] / 120 - f * y[4] / 24, far_slope = y[5] / 120 - y[4] / 24;
  return ((c + d) * ef + cd * (e + f)) * outer + cd * ef * outer_slope +
         ((a + b) * ef + ab * (e + f)) * inner + ab * ef * inner_slope +
         ((a + b) * cd + ab * (c + d)) * far + ab * cd * far_slope;
}

}  // namespace

ExcessGrid::ExcessGrid(const TableLaw& law, double sigma, LogRange thresholds)
    : step_(grid_step(sigma)) {
  const Points points = points_for(step_, thresholds);
  first_ = points.first;
  const double cell = step_ / cells_per_step;
  const int half = reach(sigma, cell);
  const std::vector<double> weights = normal_weights(sigma, cell, half);
  const std::vector<double> means =
      cell_means(law, points.first * cells_per_step - half, cell,
                 (points.last - points.first) * cells_per_step + 2 * half + 1);
  least_interpolated_in_log_ = 1e-12 * law.mean();
  values_.resize(static_cast<std::size_t>(points.last - points.first + 1));
  for (std::size_t k = 0; k < values_.size(); ++k) {
    values_[k] = dot(weights.data(), means.data() + k * cells_per_step, weights.size());
    logs_.push_back(std::log(values_[k]));
  }
}

bool ExcessGrid::covers(double log_threshold) const {
  const double left = std::floor(log_threshold / step_) - first_;
  return left >= 2 && left + margin < static_cast<double>(values_.size());
}

ExcessGrid::Place ExcessGrid::place_of(double log_threshold) const {
  const double position = log_threshold / step_, left = std::floor(position);
  return {static_cast<std::size_t>(left - first_) - 2, position - left};
}

double ExcessGrid::operator()(double log_threshold) const {
  const auto [first, inside] = place_of(log_threshold);
  if (values_[first + 5] > least_interpolated_in_log_) {
    return std::exp(interpolated(logs_.data() + first, inside));
  }
  return std::max(0.0, interpolated(values_.data() + first, inside));
}

ExcessAt ExcessGrid::at(double threshold, double log_threshold) const {
  const auto [first, inside] = place_of(log_threshold);
  if (values_[first + 5] > least_interpolated_in_log_) {
    const double excess = std::exp(interpolated(logs_.data() + first, inside));
    const double slope = slope_of_interpolated(logs_.data() + first, inside);
    return {excess, std::clamp(-excess * slope / (step_ * threshold), 0.0, 1.0)};
  }
  const double slope = slope_of_interpolated(values_.data() + first, inside);
  return {std::max(0.0, interpolated(values_.data() + first, inside)),
          std::clamp(-slope / (step_ * threshold), 0.0, 1.0)};
}

}  // namespace corridor
