// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/capped/chebyshev_moments.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "host/exact/capped/frequency_loops.hpp"

namespace corridor {
namespace {

/// Points x = 2 y - 1 in [-1, 1] with weights, to sum Chebyshev polynomials over.
struct Points {
  std::vector<double> x, weight;

  void add(double y, double w) {
    x.push_back(2 * y - 1);
    weight.push_back(w);
  }
};

/// Sums over the points of weight * T_m(x), m below `degrees`.
std::vector<double> sums_over(Points& points, std::size_t degrees) {
  while (points.x.size() % chebyshev_points != 0) points.add(0, 0);
  std::vector<double> sums(degrees);
  frequency_loops().add_chebyshev(points.x.data(), points.weight.data(), points.x.size(),
                                  sums.data(), degrees);
  return sums;
}

struct GaussRule {
  int points;
  double place[4], weight[4];  ///< of an interval from -1 to 1, weights adding up to 1
};
// Abramowitz and Stegun, Handbook of Mathematical Functions, table 25.4.
constexpr GaussRule two{2, {-0.5773502691896257, 0.5773502691896257}, {0.5, 0.5}};
constexpr GaussRule three{
    3, {-0.7745966692414834, 0, 0.7745966692414834}, {5.0 / 18, 8.0 / 18, 5.0 / 18}};
constexpr GaussRule four{
    4,
    {-0.8611363115940526, -0.3399810435848563, 0.3399810435848563, 0.8611363115940526},
    {0.1739274225687269, 0.3260725774312731, 0.3260725774312731, 0.1739274225687269}};

/// At least the angle between two values of y, where T_m(2 y - 1) = cos(m angle).
double angle_between(double low, double high) {
  const auto half = [](double a, double b) {  // both at most a half, or nearly
    return 2 * (std::sqrt(b) - std::sqrt(a)) / std::sqrt(1 - b);
  };
  if (high <= 0.5) return half(low, high);
  if (low >= 0.5) return half(1 - high, 1 - low);
  return half(low, 0.5) + half(1 - high, 0.5);
}

/// A law seen through a cap: what Y is made of.
class CappedLaw {
 public:
  CappedLaw(const TableLaw& law, double kappa, std::size_t degrees)
      : degrees_(static_cast<double>(degrees)) {
    for (int i = 0; i < law.piece_count(); ++i) add(law.piece(i), kappa);
    points_.add(1, capped_);
  }

  void fill(std::span<double> moments) {
    const std::vector<double> at_points = sums_over(points_, moments.size());
    const std::vector<double> at_ends = sums_over(ends_, moments.size() + 1);
    for (std::size_t m = 0; m < moments.size(); ++m) {
      // Integral of T_m: T_{m+1} / (2 (m + 1)) - T_{m-1} / (2 (m - 1)).
      const auto degree = static_cast<double>(m);
      const double lower = m < 2 ? 0 : at_ends[m - 1] / (degree - 1);
      const double whole = m == 0 ? 2 * at_ends[1] : at_ends[m + 1] / (degree + 1);
      moments[m] = at_points[m] + (whole - lower) / 4;
    }
  }

 private:
  void add(const TableLaw::Piece& piece, double kappa) {
    const double top = std::max(piece.top, piece.bottom) / kappa;
    const double bottom = std::min(piece.top, piece.bottom) / kappa;
    if (bottom >= 1) {
      capped_ += piece.width;
    } else if (top > 1) {
      const double below = (1 - bottom) / (top - bottom);
      capped_ += piece.width * (1 - below);
      add_uniform(bottom, 1, piece.width * below);
    } else {
      add_uniform(bottom, top, piece.width);
    }
  }

  void add_uniform(double low, double high, double probability) {
    if (high - low < 1e-14) return points_.add(std::max(0.0, (low + high) / 2), probability);
    const double waves = degrees_ * angle_between(std::max(0.0, low), high);
    if (waves > 1) {
      const double density = probability / (high - low);
      ends_.add(high, density);
      ends_.add(low, -density);
      return;
    }
    const GaussRule& rule = waves < 0.02 ? two : waves < 0.2 ? three : four;
    for (int g = 0; g < rule.points; ++g) {
      points_.add((low + high) / 2 + (high - low) / 2 * rule.place[g],
                  probability * rule.weight[g]);
    }
  }

  double degrees_, capped_ = 0;
  Points points_, ends_;
};

}  // namespace

void chebyshev_moments(const TableLaw& law, double kappa, std::span<double> moments) {
  CappedLaw(law, kappa, moments.size()).fill(moments);
}

}  // namespace corridor
