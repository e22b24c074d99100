// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/scale_bins.hpp"

#include <cmath>
#include <map>

namespace corridor {

int quarter_octave(double scale) {
  int exponent = 0;
  const double mantissa = std::frexp(scale, &exponent);  // from a half up to 1
  int quarter = 4 * (exponent - 1);
  for (const double edge : {0.5946035575013605, 0.7071067811865476, 0.8408964152537145}) {
    if (mantissa >= edge) ++quarter;
  }
  return quarter;
}

std::vector<ScaleBin> scale_bins(const Portfolio& portfolio) {
  const Table& members = portfolio.members;
  std::map<std::pair<std::uint16_t, int>, ScaleBin> bins;
  std::map<std::pair<std::uint16_t, int>, double> exposures;
  for (std::size_t row = 0; row < members.rows; ++row) {
    const double scale = members.number("scale", row, 1);
    const double exposure = members.number("exposure", row, 1);
    const auto law = static_cast<std::uint16_t>(members.number("distribution", row, 0));
    const std::pair key{law, quarter_octave(scale)};
    ScaleBin& bin = bins[key];
    if (bin.members.empty()) bin = {law, key.second, 0, {}};
    bin.scale += exposure * scale;
    exposures[key] += exposure;
    bin.members.push_back(row);
  }
  std::vector<ScaleBin> result;
  for (auto& [key, bin] : bins) {
    bin.scale /= exposures[key];
    result.push_back(std::move(bin));
  }
  return result;
}

}  // namespace corridor
