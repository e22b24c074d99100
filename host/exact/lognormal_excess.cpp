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

/// Integral of the call over S of the part of a piece inside the window: panels of one sigma in
/// log x, in which the call is smooth.
double piece_inside(const TableLaw::Piece& piece, Window window, double threshold, double sigma) {
  const double high = std::min(piece.top, window.high);
  const double low = std::max(piece.bottom, window.low);
  if (high < low) return 0;
  if (piece.top <= piece.bottom) return piece.width * lognormal_call(high, threshold, sigma);
  const int panels = std::max(1, static_cast<int>(std::ceil(std::log(high / low) / sigma)));
  const double ratio = std::exp(std::log(high / low) / panels);
  double integral = 0;
  for (double right = high, panel = 0; panel < panels; ++panel, right /= ratio) {
    integral += boost::math::quadrature::gauss<double, 7>::integrate(
        [&](double x) { return lognormal_call(x, threshold, sigma); }, right / ratio, right);
  }
  return integral * piece.width / (piece.top - piece.bottom);
}

}  // namespace

double lognormal_call(double x, double threshold, double sigma) {
  const double score = std::log(x / threshold) / sigma;
  return x * normal_below(score + sigma / 2) - threshold * normal_below(score - sigma / 2);
}

double lognormal_excess(const TableLaw& law, double threshold, double sigma) {
  const double reach = std::exp(deviations * sigma + sigma * sigma / 2);
  const Window window{threshold / reach, threshold * reach};
  const double certain = law.survival(window.high);
  double result = certain > 0 ? law.integral(certain) - threshold * certain : 0;
  if (certain == 0 && law.largest() > window.low) {
    result = TableLaw::tail_mass * lognormal_call(law.largest(), threshold, sigma);
  }
  const int last = law.pieces_above(window.low);
  for (int b = std::max(0, law.pieces_above(window.high) - 1); b < last; ++b) {
    result += piece_inside(law.piece(b), window, threshold, sigma);
  }
  return result;
}

}  // namespace corridor
