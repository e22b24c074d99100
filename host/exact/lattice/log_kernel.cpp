// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/log_kernel.hpp"

#include <cmath>

namespace corridor {
namespace {

constexpr int order = 5;
constexpr double reach_in_widths = 8;  // where the weights are 1e-9 of the middle one

/// The sum over j of (-1)^j He_2j(x) / (2^j j!), He Hermite's polynomials of the normal density: a
/// factor x^j / j! of a normal law's transform is so many derivatives of the density.
double hermite_sum(double x) {
  double before = 1, now = x, factor = 1, sum = 1;  // He_0, He_1
  for (int k = 1; k < 2 * order; ++k) {
    const double next = x * now - k * before;
    before = now;
    now = next;
    if (k % 2 == 0) continue;
    factor /= -(k + 1);
    sum += factor * now;
  }
  return sum;
}

}  // namespace

LogKernel::LogKernel(double width) {
  const int end = static_cast<int>(std::ceil(reach_in_widths * width));
  double whole = 0;
  for (int shift = -end; shift <= end; ++shift) {
    const double x = shift / width;
    weights_.push_back(std::exp(-x * x / 2) * hermite_sum(x));
    whole += weights_.back();
  }
  for (double& weight : weights_) weight /= whole;
}

}  // namespace corridor
