// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "host/distribution/law_kind.hpp"
#include "host/distribution/piecewise_law.hpp"

namespace corridor {
namespace {

constexpr double repair_limit = 1e-3;     // of the mean: beyond, it is no published rounding
constexpr double repair_silence = 1e-12;  // of the mean: the rounding of the differences

constexpr ColumnRule columns[] = {
    {.name = "threshold_usd", .infinite = true},
    {.name = "limited_expected_value_usd"},
};

/// A curve of limited expected values at finite thresholds from 0 up, and the mean.
struct Curve {
  std::vector<double> threshold, limited;
  double mean = 0;

  std::size_t intervals() const { return threshold.size() - 1; }
  double width(std::size_t i) const { return threshold[i + 1] - threshold[i]; }
  double excess(std::size_t i) const { return std::max(mean - limited[i], 0.0); }
  /// Average survival of an interval: minus the slope of the excess.
  double slope(std::size_t i) const { return (limited[i + 1] - limited[i]) / width(i); }
};

Curve curve_of(const DistributionSpec& spec) {
  Curve curve{column_of(spec, "threshold_usd"), column_of(spec, "limited_expected_value_usd"), 0};
  curve.mean = curve.limited.back();
  curve.threshold.pop_back();
  curve.limited.pop_back();
  return curve;
}

/// Neighbouring intervals pooled until slopes fall.
struct Pool {
  double rise, width;
  std::size_t intervals;

  double slope() const { return rise / width; }
};

std::vector<Pool> falling_pools(const Curve& curve) {
  std::vector<Pool> pools;
  for (std::size_t i = 0; i < curve.intervals(); ++i) {
    Pool pool{curve.limited[i + 1] - curve.limited[i], curve.width(i), 1};
    while (!pools.empty() && pools.back().slope() < pool.slope()) {
      pool.rise += pools.back().rise;
      pool.width += pools.back().width;
      pool.intervals += pools.back().intervals;
      pools.pop_back();
    }
    pools.push_back(pool);
  }
  return pools;
}

/// The concave curve nearest in slope, intervals weighted by their width (pool adjacent violators).
/// It agrees with the given one except inside pools.
Curve repaired(Curve curve) {
  std::size_t i = 0;
  for (const Pool& pool : falling_pools(curve)) {
    const double start = curve.limited[i], from = curve.threshold[i];
    for (std::size_t end = i + pool.intervals - 1; i < end;) {
      ++i;
      curve.limited[i] = start + pool.slope() * (curve.threshold[i] - from);
    }
    ++i;
  }
  return curve;
}

struct Repair {
  double largest_usd = 0;
  std::size_t row = 0, count = 0;
};

Repair repair_of(const Curve& given) {
  const Curve concave = repaired(given);
  Repair repair;
  for (std::size_t i = 0; i < given.limited.size(); ++i) {
    const double change = std::fabs(concave.limited[i] - given.limited[i]);
    if (change > repair_silence * given.mean) ++repair.count;
    if (change > repair.largest_usd) {
      repair.largest_usd = change;
      repair.row = i;
    }
  }
  return repair;
}

void report(const Repair& repair, const Curve& curve, LawProblems& problems) {
  if (repair.count == 0) return;
  const bool large = repair.largest_usd > repair_limit * curve.mean;
  problems.row(
      "limited_expected_value_usd", repair.row,
      {large ? "E_NOT_CONCAVE" : "W_CONCAVITY", shown(curve.limited[repair.row]),
       "the curve is not concave (more people would be above a higher amount): " +
           std::to_string(repair.count) + " values differ from the nearest concave curve, by " +
           shown(repair.largest_usd) + " dollars at most, here",
       large ? "Check the column: limited expected values rise ever more slowly"
             : "Nothing need be done: the concave curve is used"});
  if (!large) problems.only_warn();
}

void check_thresholds(const std::vector<double>& threshold, LawProblems& problems) {
  if (threshold.size() < 4 || threshold.front() != 0 || !std::isinf(threshold.back())) {
    problems.column("threshold_usd",
                    {"E_THRESHOLDS", std::to_string(threshold.size()) + " rows",
                     "the thresholds must begin at 0, end at infinity and have two or more between",
                     "Give 0 with value 0 first and infinity with the mean last"});
  }
  for (std::size_t i = 1; i < threshold.size(); ++i) {
    if (threshold[i] > threshold[i - 1]) continue;
    problems.row("threshold_usd", i,
                 {"E_ORDER", shown(threshold[i]), "the thresholds do not ascend",
                  "Sort the rows and give each threshold once"});
  }
}

void check_values(const DistributionSpec& spec, LawProblems& problems) {
  const std::vector<double>& limited = column_of(spec, "limited_expected_value_usd");
  if (limited.front() != 0) {
    problems.row("limited_expected_value_usd", 0,
                 {"E_OUT_OF_RANGE", shown(limited.front()),
                  "claims limited to 0 have a value other than 0", "Give 0 in the first row"});
  }
  for (std::size_t i = 1; i < limited.size(); ++i) {
    if (limited[i] >= limited[i - 1]) continue;
    problems.row("limited_expected_value_usd", i,
                 {"E_ORDER", shown(limited[i]),
                  "the limited expected value falls, from " + shown(limited[i - 1]),
                  "Check the row: a higher limit never lowers the value"});
  }
}

/// Whether claims above the last finite threshold agree with the claims just below it.
void check_end(const Curve& curve, LawProblems& problems) {
  const std::size_t last = curve.intervals();
  if (curve.limited[1] > curve.threshold[1] * (1 + 1e-9)) {
    problems.row("limited_expected_value_usd", 1,
                 {"E_OUT_OF_RANGE", shown(curve.limited[1]),
                  "the value is above its threshold, " + shown(curve.threshold[1]),
                  "Check the units of both columns"});
  }
  if (curve.mean <= 0) {
    problems.row("limited_expected_value_usd", last + 1,
                 {"E_NO_CLAIMS", "0", "the mean is 0: nobody has claims", "Give the mean last"});
  }
  if (curve.excess(last) > 0 && curve.slope(last - 1) <= 0) {
    problems.row("limited_expected_value_usd", last + 1,
                 {"E_NOT_CONCAVE", shown(curve.mean),
                  "the curve is flat up to the last finite threshold and rises beyond it",
                  "Repeat the value where nothing lies above"});
  }
}

void check(const DistributionSpec& spec, LawProblems& problems) {
  check_thresholds(column_of(spec, "threshold_usd"), problems);
  check_values(spec, problems);
  if (problems.has_errors()) return;
  const Curve curve = curve_of(spec);
  report(repair_of(curve), curve, problems);
  check_end(curve, problems);
}

/// Index of the Pareto tail above the last threshold: that of the excess over the last interval.
double tail_alpha(const Curve& curve) {
  const std::size_t last = curve.intervals();
  return 1 + std::log(curve.excess(last - 1) / curve.excess(last)) /
                 std::log(curve.threshold[last] / curve.threshold[last - 1]);
}

/// Survival at threshold i inside the curve: between the averages of the intervals beside it, on
/// the straight line in logarithms through the two at their intervals' geometric middles.
double survival_between(const Curve& curve, std::size_t i) {
  const double below = curve.slope(i - 1), above = curve.slope(i);
  if (above <= 0) return above;
  const double middle_below = curve.threshold[i - 1] > 0
                                  ? std::sqrt(curve.threshold[i - 1] * curve.threshold[i])
                                  : curve.threshold[i] / 2;
  const double middle_above = std::sqrt(curve.threshold[i] * curve.threshold[i + 1]);
  const double share =
      std::log(curve.threshold[i] / middle_below) / std::log(middle_above / middle_below);
  return below * std::pow(above / below, share);
}

/// Survival at every threshold: each lies between the averages of its neighbouring intervals, so
/// that every interval can be filled with falling survival of its average.
std::vector<double> survival_at_thresholds(const Curve& curve) {
  const std::size_t last = curve.intervals();
  std::vector<double> survival(last + 1);
  for (std::size_t i = 1; i < last; ++i) survival[i] = survival_between(curve, i);
  const double first = curve.slope(0);
  survival[0] = std::clamp(2 * first - survival[1], first, 1.0);
  if (curve.excess(last) > 0) {
    survival[last] = std::min(curve.slope(last - 1),
                              curve.excess(last) * (tail_alpha(curve) - 1) / curve.threshold[last]);
  }
  return survival;
}

std::unique_ptr<ClaimLaw> make(const DistributionSpec& spec, const std::vector<DistributionSpec>&) {
  const Curve curve = repaired(curve_of(spec));
  const std::vector<double> survival = survival_at_thresholds(curve);
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < curve.intervals(); ++i) {
    const Piece interval{curve.threshold[i], curve.threshold[i + 1], survival[i], survival[i + 1],
                         0};
    const double probability = survival[i] - survival[i + 1];
    if (probability > 0) {
      const double above_end = curve.slope(i) - survival[i + 1];
      append_bucket(pieces, interval, interval.from_usd + above_end / probability * curve.width(i));
    } else {
      append_gap(pieces, interval.from_usd, interval.to_usd, survival[i]);
    }
  }
  const std::size_t last = curve.intervals();
  if (curve.excess(last) > 0) {
    const double alpha = 1 + survival[last] * curve.threshold[last] / curve.excess(last);
    append_pareto(pieces, curve.threshold[last], std::numeric_limits<double>::infinity(),
                  survival[last], alpha);
  }
  return std::make_unique<PiecewiseLaw>(std::move(pieces));
}

}  // namespace

extern const LawKind excess_curve_kind;
constinit const LawKind excess_curve_kind{.name = "excess_curve",
                                          .parameters = {},
                                          .optional = {},
                                          .columns = columns,
                                          .parts = {},
                                          .check = check,
                                          .make = make};

}  // namespace corridor
