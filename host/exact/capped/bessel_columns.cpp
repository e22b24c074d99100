// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/capped/bessel_columns.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "host/exact/capped/frequency_block.hpp"

namespace corridor {
namespace {

// J of an order so much above its argument is below 1e-25.
int start_above(double x) { return static_cast<int>(x + 26 + 7 * std::cbrt(x)) | 1; }

constexpr std::size_t orders_max = 320;

/// J_0 to J_{degrees-1} of x into every block_frequencies-th place.
void fill(double x, int degrees, double* column) {
  std::array<double, orders_max> values{};
  const auto start = static_cast<std::size_t>(start_above(x));
  if (x < 1e-8) {
    values[0] = 1;
    values[1] = x / 2;
  } else {
    double above = 0, at = 1e-200, whole = 0;
    for (std::size_t m = start; m > 0; --m) {
      const double below = 2 * static_cast<double>(m) / x * at - above;
      above = at;
      at = below;
      values[m - 1] = below;
      if (m % 2 == 1) whole += m == 1 ? below : 2 * below;
      if (std::abs(below) > 1e150) {  // argument far below the order
        for (std::size_t i = m - 1; i <= start; ++i) values[i] *= 1e-200;
        above *= 1e-200, at *= 1e-200, whole *= 1e-200;
      }
    }
    for (double& value : values) value /= whole;
  }
  for (int m = 0; m < degrees; ++m) {
    const double sign = (m & 2) != 0 ? -1 : 1;
    column[m * block_frequencies] = (m == 0 ? 1 : 2) * sign * values[static_cast<std::size_t>(m)];
  }
}

}  // namespace

int degrees_for(double frequency) {
  const double needed = frequency / 2 + 22 + 2 * std::cbrt(frequency);
  return std::min(moment_degrees, (static_cast<int>(needed) + 2) / 2 * 2);
}

void bessel_columns(double first_z, double step_z, int degrees, std::span<double> columns) {
  for (int k = 0; k < block_frequencies; ++k) {
    fill((first_z + k * step_z) / 2, degrees, columns.data() + k);
  }
}

}  // namespace corridor
