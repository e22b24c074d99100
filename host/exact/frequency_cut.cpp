// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/frequency_cut.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <limits>
#include <numbers>

namespace corridor {
namespace {

/// How finely to integrate. Normal scores beyond the last, seen from where an integrand has its
/// weight, carry nothing.
struct Precision {
  double last_score = 8;
  double shared_step = 1.0 / 32;
  double panel = 1;  ///< of S, in deviations of the frequency
};

/// A number of persons need not be as good as dollars: within 1e-6 of them.
constexpr Precision of_persons{5, 0.5, 4};

double normal_below(double z) { return std::erfc(-z / std::numbers::sqrt2) / 2; }

double normal_density(double z) { return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi); }

/// Integral over S of g(S, X) between two values of S, piece by piece of the law, in panels of at
/// most `panel` in log S.
template <class Function>
double over_survival(const TableLaw& law, double from, double to, double panel, const Function& g) {
  double integral = 0;
  for (int b = law.piece_count() - 1; b >= 0; --b) {
    const TableLaw::Piece& piece = law.piece(b);
    const double low = std::max(from, piece.low), high = std::min(to, piece.low + piece.width);
    if (piece.low + piece.width <= from) break;
    if (high <= low) continue;
    const double slope = (piece.bottom - piece.top) / piece.width;
    const double panels = std::ceil(std::log(high / low) / panel);
    const double ratio = std::exp(std::log(high / low) / panels);
    double left = low;
    for (double i = 0; i < panels; ++i, left *= ratio) {
      integral += boost::math::quadrature::gauss<double, 7>::integrate(
          [&](double s) { return g(s, piece.top + slope * (s - piece.low)); }, left, left * ratio);
    }
  }
  return integral;
}

/// Mean of g over a standard normal score.
template <class Function>
double over_shared_scores(double sigma, Precision precision, const Function& g) {
  if (sigma <= 0) return g(0.0);
  double sum = 0;
  const double last = precision.last_score;
  for (double z = -last; z <= last + sigma; z += precision.shared_step) {
    sum += normal_density(z) * g(z);
  }
  return sum * precision.shared_step;
}

/// The group effect of one person: what it cuts off at S, and the closed forms over it.
struct GroupCut {
  GroupCut(const YearFactors& factors, double of_exposure, Precision precision = {})
      : last_score(precision.last_score),
        panel(precision.panel * factors.model.group_sigma * factors.model.frequency_share),
        sigma(factors.model.group_sigma),
        share(factors.model.frequency_share),
        exposure(of_exposure),
        frequency_mean(factors.frequency_mean),
        on_frequency(sigma * share) {}

  /// No year cuts a claim with S below this.
  double first_survival() const {
    return std::exp(-on_frequency * (last_score + sigma / 2)) / exposure;
  }

  /// Score of the group above which a claim at S is cut: exposure * frequency * S > 1.
  double score(double survival) const {
    return -std::log(exposure * survival) / on_frequency + sigma / 2;
  }

  /// Score above which severity * x exceeds the threshold, `ratio` = threshold / x without the
  /// group's effect.
  double score_over(double ratio) const {
    if (share < 1) return std::log(ratio) / (sigma * (1 - share)) + sigma / 2;
    return ratio < 1 ? -std::numeric_limits<double>::infinity()
                     : std::numeric_limits<double>::infinity();
  }

  double mean_above(double z) const { return exposure * normal_below(sigma - z); }
  double frequency_above(double z) const {
    return exposure * frequency_mean * normal_below(on_frequency - z);
  }

  double last_score, panel, sigma, share, exposure, frequency_mean, on_frequency;
};

/// Largest S whose claim can exceed the threshold when the shared effects make `severity` of it.
double last_survival(const TableLaw& law, const GroupCut& group, double threshold,
                     double severity) {
  const double growth =
      std::exp((1 - group.share) * group.sigma * (group.last_score + group.sigma / 2));
  return std::min(1.0, law.survival(threshold / (severity * growth)));
}

/// What of a claim over a threshold is cut off: its excess, or that it is there.
enum class Figure { excess, survival };

/// What is cut off when the shared effects and the base make `severity` of every claim.
double cut_at(Figure figure, const TableLaw& law, const GroupCut& group, double threshold,
              double severity) {
  const double last = last_survival(law, group, threshold, severity);
  const double first = group.first_survival();
  if (last <= first) return 0;
  return over_survival(law, first, last, group.panel, [&](double s, double x) {
    if (x <= 0) return 0.0;
    const double z = std::max(group.score(s), group.score_over(threshold / (severity * x)));
    if (figure == Figure::survival) return group.frequency_above(z);
    return severity * x * group.mean_above(z) - threshold * group.frequency_above(z);
  });
}

double cut_over(Figure figure, const TableLaw& law, const YearFactors& factors, double exposure,
                double threshold) {
  const Precision precision = figure == Figure::survival ? of_persons : Precision{};
  const GroupCut group(factors, exposure, precision);
  const double shared = factors.model.shared_sigma;
  const auto severity = [&](double z) {
    return factors.base * std::exp(shared * (z - shared / 2));
  };
  if (group.on_frequency <= 0 || group.first_survival() >= 1) return 0;
  const double largest = severity(precision.last_score + shared);
  if (last_survival(law, group, threshold, largest) <= group.first_survival()) return 0;
  return over_shared_scores(shared, precision, [&](double z) {
    return cut_at(figure, law, group, threshold, severity(z));
  });
}

}  // namespace

double cut_mean(const TableLaw& law, const YearFactors& factors, double exposure) {
  const GroupCut group(factors, exposure);
  if (group.on_frequency <= 0 || group.first_survival() >= 1) return 0;
  return factors.base *
         over_survival(law, group.first_survival(), 1, group.on_frequency,
                       [&](double s, double x) { return x * group.mean_above(group.score(s)); });
}

double cut_excess(const TableLaw& law, const YearFactors& factors, double exposure,
                  double threshold) {
  return cut_over(Figure::excess, law, factors, exposure, threshold);
}

double cut_survival(const TableLaw& law, const YearFactors& factors, double exposure,
                    double threshold) {
  return cut_over(Figure::survival, law, factors, exposure, threshold);
}

}  // namespace corridor
