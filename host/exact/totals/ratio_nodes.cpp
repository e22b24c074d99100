// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/totals/ratio_nodes.hpp"

#include <cmath>

namespace corridor {
namespace {

// Five Gauss-Hermite points of a standard normal score. Source: Abramowitz and Stegun, table 25.10,
// times sqrt(2).
constexpr double near = 1.3556261799742659, far = 2.8569700138728056;

// Of pairs of scores: their product's square is one of the moments to be met.
constexpr double paired = 1.7320508075688772;

/// Component `year` of the k-th of the orthonormal directions that add up to 0 (Helmert's).
double direction(std::uint32_t k, std::uint32_t year) {
  const double length = std::sqrt(double(k) * (k + 1));
  if (year < k) return 1 / length;
  return year == k ? -double(k) / length : 0;
}

using Scores = std::array<double, basis_years_max>;

/// Calls visit(scores) for every node of `dimensions` scores: the middle, both pairs of points on
/// every axis, and every pair of axes at its four corners. With one axis these are the five points.
template <class Visit>
void each_node(std::uint32_t dimensions, const Visit& visit) {
  visit(Scores{});
  for (std::uint32_t k = 0; k < dimensions; ++k) {
    for (const double at : {-near, near, -far, far}) {
      Scores scores{};
      scores[k] = at;
      visit(scores);
    }
  }
  for (std::uint32_t k = 0; k < dimensions; ++k) {
    for (std::uint32_t l = 0; l < k; ++l) {
      for (const double first : {-paired, paired}) {
        for (const double second : {-paired, paired}) {
          Scores scores{};
          scores[k] = first;
          scores[l] = second;
          visit(scores);
        }
      }
    }
  }
}

/// Weights of the nodes by kind.
struct KindWeights {
  double middle, near, far, corner;
};

/// Weights that give every moment up to the fifth of independent normal scores of deviation `part`.
/// With s = part: corners give E x^2 y^2 = s^4; near and far ones what these leave of E x^2 = s^2
/// and E x^4 = 3 s^4; the middle the rest of 1.
KindWeights weights_of(std::uint32_t dimensions, double part) {
  const double others = dimensions - 1.0;
  const double square = part * part, fourth = square * square;
  const double pair_square = paired * paired;
  KindWeights weights{};
  weights.corner = fourth / (4 * pair_square * pair_square);
  const double second = square - others * fourth / pair_square;
  const double third = 3 * fourth - others * fourth;
  const double n = near * near, f = far * far;
  weights.near = (second * f - third) / (2 * n * (f - n));
  weights.far = (third - second * n) / (2 * f * (f - n));
  weights.middle = 1 - 2 * dimensions * (weights.near + weights.far) -
                   2 * dimensions * others * weights.corner;
  return weights;
}

}  // namespace

RatioNodes::RatioNodes(std::uint32_t years, double largest_sigma)
    : dimensions_(largest_sigma > 0 ? years - 1 : 0), largest_sigma_(largest_sigma) {
  each_node(dimensions_, [&](const Scores& scores) {
    YearDeviations node{};
    for (std::uint32_t k = 1; k <= dimensions_; ++k) {
      for (std::uint32_t year = 0; year < years; ++year) {
        node[year] += largest_sigma * scores[k - 1] * direction(k, year);
      }
    }
    nodes_.push_back(node);
  });
}

std::vector<double> RatioNodes::weights(double sigma) const {
  if (dimensions_ == 0) return {1};
  const KindWeights of = weights_of(dimensions_, sigma / largest_sigma_);
  std::vector<double> result{of.middle};
  for (std::uint32_t k = 0; k < dimensions_; ++k) {
    result.insert(result.end(), {of.near, of.near, of.far, of.far});
  }
  result.resize(nodes_.size(), of.corner);
  return result;
}

}  // namespace corridor
