// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/totals/ratio_nodes.hpp"

#include <cmath>
#include <span>

namespace corridor {
namespace {

// Gauss-Hermite points of a standard normal score: three or five a dimension, because years farther
// back hold less of a contract's claims. Source: Abramowitz and Stegun, table 25.10, times sqrt(2).
constexpr double three[] = {-1.7320508075688772, 0, 1.7320508075688772};
constexpr double five[] = {-2.8569700138728056, -1.3556261799742659, 0, 1.3556261799742659,
                           2.8569700138728056};

std::span<const double> scores(std::uint32_t dimensions) {
  return dimensions == 1 ? std::span<const double>(five) : std::span<const double>(three);
}

/// Component `year` of the k-th of the orthonormal directions that add up to 0 (Helmert's).
double direction(std::uint32_t k, std::uint32_t year) {
  const double length = std::sqrt(double(k) * (k + 1));
  if (year < k) return 1 / length;
  return year == k ? -double(k) / length : 0;
}

/// Integral over a normal score of deviation `part` of Lagrange's polynomial of one node.
double weight_of(std::span<const double> nodes, std::size_t own, double part) {
  std::vector<double> power{1};  // coefficients of the polynomial
  for (std::size_t other = 0; other < nodes.size(); ++other) {
    if (other == own) continue;
    const double scale = nodes[own] - nodes[other];
    std::vector<double> next(power.size() + 1);
    for (std::size_t i = 0; i < power.size(); ++i) {
      next[i + 1] += power[i] / scale;
      next[i] -= power[i] * nodes[other] / scale;
    }
    power = next;
  }
  double sum = 0, moment = 1;
  for (std::size_t i = 0; i < power.size(); i += 2) {
    sum += power[i] * moment;
    moment *= part * part * static_cast<double>(i + 1);
  }
  return sum;
}

/// Calls visit(indices) for every combination of nodes of each dimension.
template <class Visit>
void each_combination(std::uint32_t dimensions, const Visit& visit) {
  const std::size_t count = scores(dimensions).size();
  std::array<std::size_t, basis_years_max> at{};
  while (true) {
    visit(at);
    std::uint32_t d = 0;
    while (d < dimensions && ++at[d] == count) at[d++] = 0;
    if (d == dimensions) return;
  }
}

}  // namespace

RatioNodes::RatioNodes(std::uint32_t years, double largest_sigma)
    : dimensions_(largest_sigma > 0 ? years - 1 : 0), largest_sigma_(largest_sigma) {
  const auto points = scores(dimensions_);
  each_combination(dimensions_, [&](const auto& at) {
    YearDeviations node{};
    for (std::uint32_t k = 1; k <= dimensions_; ++k) {
      for (std::uint32_t year = 0; year < years; ++year) {
        node[year] += largest_sigma * points[at[k - 1]] * direction(k, year);
      }
    }
    nodes_.push_back(node);
  });
}

std::vector<double> RatioNodes::weights(double sigma) const {
  const auto points = scores(dimensions_);
  std::vector<double> result;
  each_combination(dimensions_, [&](const auto& at) {
    double weight = 1;
    for (std::uint32_t k = 0; k < dimensions_; ++k) {
      weight *= weight_of(points, at[k], sigma / largest_sigma_);
    }
    result.push_back(weight);
  });
  return result;
}

}  // namespace corridor
