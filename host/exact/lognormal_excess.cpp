// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lognormal_excess.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <numbers>

namespace corridor {
namespace {

/// Beyond so many deviations the factor decides nothing: the call is x - t above and 0 below.
constexpr double deviations = 9;

double normal_below(double z) { return std::erfc(-z / std::numbers::sqrt2) / 2; }

/// The claims for which the factor decides whether they pass the threshold.
struct Window {
  double low, high;
};

/// Gauss-Legendre with three points, for panels far narrower than sigma.
template <class Function>
double narrow_integral(const Function& g, double low, double high) {
  const double middle = (low + high) / 2, half = (high - low) / 2;
  const double away = half * 0.7745966692414834;  // sqrt(3 / 5)
  return half * (5 * (g(middle - away) + g(middle + away)) + 8 * g(middle)) / 9;
}

/// Integral over S of g(X) on the part of a piece inside the window: panels of one sigma in log x,
/// in which g is smooth.
template <class Function>
double piece_inside(const TableLaw::Piece& piece, Window window, double sigma, const Function& g) {
  const double high = std::min(piece.top, window.high);
  const double low = std::max(piece.bottom, window.low);
  if (high < low) return 0;
  if (piece.top <= piece.bottom) return piece.width * g(high);
  const double density = piece.width / (piece.top - piece.bottom);
  if (high < low * (1 + sigma / 8)) return narrow_integral(g, low, high) * density;
  const int panels = std::max(1, static_cast<int>(std::ceil(std::log(high / low) / sigma)));
  const double ratio = std::exp(std::log(high / low) / panels);
  double integral = 0;
  for (double right = high, panel = 0; panel < panels; ++panel, right /= ratio) {
    integral += boost::math::quadrature::gauss<double, 7>::integrate(g, right / ratio, right);
  }
  return integral * density;
}

Window window_of(double threshold, double sigma) {
  const double reach = std::exp(deviations * sigma + sigma * sigma / 2);
  return {threshold / reach, threshold * reach};
}

/// Integral over S of g(X) where X lies inside the window.
template <class Function>
double inside(const TableLaw& law, Window window, double sigma, const Function& g) {
  double result = 0;
  const int last = law.pieces_above(window.low);
  for (int b = std::max(0, law.pieces_above(window.high) - 1); b < last; ++b) {
    result += piece_inside(law.piece(b), window, sigma, g);
  }
  return result;
}

}  // namespace

double lognormal_call(double x, double threshold, double sigma) {
  const double score = std::log(x / threshold) / sigma;
  return x * normal_below(score + sigma / 2) - threshold * normal_below(score - sigma / 2);
}

double lognormal_excess(const TableLaw& law, double threshold, double sigma) {
  const Window window = window_of(threshold, sigma);
  const double certain = law.survival(window.high);
  return law.integral(certain) - threshold * certain +
         inside(law, window, sigma, [&](double x) { return lognormal_call(x, threshold, sigma); });
}

double lognormal_survival(const TableLaw& law, double threshold, double sigma) {
  const Window window = window_of(threshold, sigma);
  return law.survival(window.high) + inside(law, window, sigma, [&](double x) {
           return normal_below(std::log(x / threshold) / sigma - sigma / 2);
         });
}

}  // namespace corridor
