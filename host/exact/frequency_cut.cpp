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

constexpr double infinite = std::numeric_limits<double>::infinity();

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

/// The group effect of one person in one state of the frequency: what it cuts off at S, and the
/// closed forms over it. Where the group's effect leaves the frequency alone the cut is the same in
/// all years of the state, and one lognormal stands for all effects on severity.
struct GroupCut {
  GroupCut(const YearFactors& factors, double of_exposure, Precision precision = {})
      : last_score(precision.last_score),
        moves(factors.model.group_moves_frequency()),
        sigma(moves ? factors.model.group_sigma : factors.sigma),
        share(moves ? factors.model.frequency_share : 0),
        shared(moves ? factors.model.shared_sigma : 0),
        exposure(of_exposure),
        frequency_mean(factors.group_frequency_mean),
        on_frequency(sigma * share),
        panel(moves ? precision.panel * on_frequency : 1) {}

  /// No year cuts a claim with S below this.
  double first_survival() const {
    if (!moves) return 1 / exposure;
    return std::exp(-on_frequency * (last_score + sigma / 2)) / exposure;
  }

  /// Score of the group above which a claim at S is cut: exposure * frequency * S > 1.
  double score(double survival) const {
    if (!moves) return exposure * survival > 1 ? -infinite : infinite;
    return -std::log(exposure * survival) / on_frequency + sigma / 2;
  }

  /// Score above which severity * x exceeds the threshold, `ratio` = threshold / x without the
  /// group's effect.
  double score_over(double ratio) const {
    const double on_severity = sigma * (1 - share);
    if (on_severity > 0) return std::log(ratio) / on_severity + sigma / 2;
    return ratio < 1 ? -infinite : infinite;
  }

  double mean_above(double z) const { return exposure * normal_below(sigma - z); }
  double frequency_above(double z) const {
    return exposure * frequency_mean * normal_below(on_frequency - z);
  }

  double last_score;
  bool moves;
  double sigma, share, shared, exposure, frequency_mean, on_frequency, panel;
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

/// Over the effects of the years of one state.
double cut_over(Figure figure, const TableLaw& law, const YearFactors& factors, double exposure,
                double threshold) {
  const Precision precision = figure == Figure::survival ? of_persons : Precision{};
  const GroupCut group(factors, exposure, precision);
  const auto severity = [&](double z) {
    return factors.base * std::exp(group.shared * (z - group.shared / 2));
  };
  if (group.first_survival() >= 1) return 0;
  const double largest = severity(precision.last_score + group.shared);
  if (last_survival(law, group, threshold, largest) <= group.first_survival()) return 0;
  return over_shared_scores(group.shared, precision, [&](double z) {
    return cut_at(figure, law, group, threshold, severity(z));
  });
}

double mean_cut(const TableLaw& law, const YearFactors& factors, double exposure) {
  const GroupCut group(factors, exposure);
  if (group.first_survival() >= 1) return 0;
  return factors.base *
         over_survival(law, group.first_survival(), 1, group.panel,
                       [&](double s, double x) { return x * group.mean_above(group.score(s)); });
}

/// A figure in the years of each state, weighted.
template <class CutOf>
double over_states(const YearFactors& factors, double exposure, const CutOf& cut_of) {
  double sum = 0;
  for (const FrequencyState& state : factors.states) {
    if (state.probability > 0) sum += state.probability * cut_of(exposure * state.frequency);
  }
  return sum;
}

}  // namespace

double cut_mean(const TableLaw& law, const YearFactors& factors, double exposure) {
  return over_states(factors, exposure,
                     [&](double often) { return mean_cut(law, factors, often); });
}

double cut_excess(const TableLaw& law, const YearFactors& factors, double exposure,
                  double threshold) {
  return over_states(factors, exposure, [&](double often) {
    return cut_over(Figure::excess, law, factors, often, threshold);
  });
}

double cut_survival(const TableLaw& law, const YearFactors& factors, double exposure,
                    double threshold) {
  return over_states(factors, exposure, [&](double often) {
    return cut_over(Figure::survival, law, factors, often, threshold);
  });
}

}  // namespace corridor
