// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/options/regression.hpp"

namespace corridor {
namespace {

constexpr double explained = 1e-9;

}  // namespace

Regression::Regression(std::size_t controls, std::size_t targets)
    : controls_(controls),
      targets_(targets),
      sums_(controls + targets),
      products_(controls * (controls + targets)) {}

void Regression::add(std::span<const double> controls, std::span<const double> targets) {
  ++count_;
  const std::size_t width = controls_ + targets_;
  for (std::size_t i = 0; i < controls_; ++i) {
    sums_[i] += controls[i];
    double* row = products_.data() + i * width;
    for (std::size_t j = 0; j < controls_; ++j) row[j] += controls[i] * controls[j];
    for (std::size_t t = 0; t < targets_; ++t) row[controls_ + t] += controls[i] * targets[t];
  }
  for (std::size_t t = 0; t < targets_; ++t) sums_[controls_ + t] += targets[t];
}

std::vector<std::vector<double>> Regression::slopes() const {
  const std::size_t width = controls_ + targets_;
  const auto count = static_cast<double>(count_);
  std::vector<double> left = products_;  // centred, then eliminated
  std::vector<double> variance(controls_);
  for (std::size_t i = 0; i < controls_; ++i) {
    for (std::size_t j = 0; j < width; ++j) left[i * width + j] -= sums_[i] * sums_[j] / count;
    variance[i] = left[i * width + i];
  }
  std::vector<bool> used(controls_, false);
  for (std::size_t i = 0; i < controls_; ++i) {
    const double pivot = left[i * width + i];
    used[i] = pivot > explained * variance[i];
    if (!used[i]) continue;
    for (std::size_t k = i + 1; k < controls_; ++k) {
      const double factor = left[k * width + i] / pivot;
      for (std::size_t j = i; j < width; ++j) left[k * width + j] -= factor * left[i * width + j];
    }
  }
  std::vector<std::vector<double>> slopes(targets_, std::vector<double>(controls_, 0));
  for (std::size_t t = 0; t < targets_; ++t) {
    for (std::size_t i = controls_; i-- > 0;) {
      if (!used[i]) continue;
      double rest = left[i * width + controls_ + t];
      for (std::size_t j = i + 1; j < controls_; ++j) rest -= left[i * width + j] * slopes[t][j];
      slopes[t][i] = rest / left[i * width + i];
    }
  }
  return slopes;
}

}  // namespace corridor
