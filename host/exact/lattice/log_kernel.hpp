// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace corridor {

/// Weights of shifts by whole cells, from -reach() to reach(), that add up to 1 and take what
/// oscillates faster than the kernel is wide out of a function, but hardly touch the slow rest: the
/// kernel's transform is exp(-x) (1 + x + ... + x^5 / 5!), x = (width * frequency)^2 / 2.
class LogKernel {
 public:
  /// One cell alone, which changes nothing.
  LogKernel() : weights_{1} {}
  /// `width`  in cells, 2 or more: narrower ones are not seen by their values at whole cells
  explicit LogKernel(double width);

  int reach() const { return static_cast<int>(weights_.size() / 2); }
  double operator[](int shift) const { return weights_[static_cast<std::size_t>(shift + reach())]; }

 private:
  std::vector<double> weights_;
};

}  // namespace corridor
