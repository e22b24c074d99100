// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/totals/frequency_nodes.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace corridor {
namespace {

/// A short piece's density is nearly a line, and what it weighs is not.
constexpr double least_nodes = 4, spare_nodes = 2;

struct LegendreValue {
  double value, slope;
};

LegendreValue legendre(std::size_t degree, double x) {
  double before = 1, now = x;
  for (std::size_t k = 2; k <= degree; ++k) {
    const auto of = static_cast<double>(k);
    const double next = ((2 * of - 1) * x * now - (of - 1) * before) / of;
    before = now;
    now = next;
  }
  return {now, static_cast<double>(degree) * (x * now - before) / (x * x - 1)};
}

/// Adds the nodes of one piece, weighted by the normal density up to a factor.
void add_piece(double low, double high, double step, std::vector<FrequencyNode>& nodes) {
  const double half = (high - low) / 2, middle = (high + low) / 2;
  const auto count = static_cast<std::size_t>(
      std::max(least_nodes, std::ceil(std::numbers::pi * half / step) + spare_nodes));
  for (std::size_t i = 0; i < count; ++i) {
    const double guess = (static_cast<double>(i) + 0.75) / (static_cast<double>(count) + 0.5);
    double x = -std::cos(std::numbers::pi * guess);
    for (int k = 0; k < 10; ++k) {
      const LegendreValue at = legendre(count, x);
      const double off = at.value / at.slope;
      x -= off;
      if (std::abs(off) < 1e-15) break;
    }
    const double slope = legendre(count, x).slope, score = middle + half * x;
    const double weight = half * 2 / ((1 - x * x) * slope * slope);
    nodes.push_back({score, weight * std::exp(-score * score / 2)});
  }
}

}  // namespace

std::vector<FrequencyNode> frequency_nodes(const std::vector<double>& bends, ScoreRange range,
                                           double step) {
  std::vector<FrequencyNode> nodes;
  double from = range.low;
  for (const double bend : bends) {
    if (!(bend > from && bend < range.high)) continue;
    add_piece(from, bend, step, nodes);
    from = bend;
  }
  add_piece(from, range.high, step, nodes);
  double whole = 0;
  for (const FrequencyNode& node : nodes) whole += node.weight;
  for (FrequencyNode& node : nodes) node.weight /= whole;
  return nodes;
}

}  // namespace corridor
