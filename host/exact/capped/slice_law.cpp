// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/capped/slice_law.hpp"

#include <algorithm>
#include <cmath>

#include "host/exact/capped/echoes.hpp"
#include "host/exact/capped/inversion.hpp"

namespace corridor {
namespace {

// Skewed totals are steeper in the effect than normal ones of their spread.
constexpr double node_step_factor = 0.75;

// What tables are off by in moments that nothing here measures, as a share of amounts.
constexpr double table_floor = 2e-8;

constexpr double bend_wanted = 1.5e-7;
constexpr std::size_t nodes_enough = 250;

TailAt in_dollars(const TailAt& tail, double unit_usd) {
  return {tail.probability, tail.excess * unit_usd, tail.excess_squared * unit_usd * unit_usd};
}

double conditional_cv(const CappedPersons& persons, const YearSlice& slice) {
  const NodeMoments at = node_moments(persons, slice.log_severity + slice.sigma * slice.sigma / 2);
  return at.mean > 0 ? std::sqrt(std::max(0.0, at.variance)) / at.mean : 1;
}

/// The trapezoid's error falls like exp(-c / step^2), so that of the step is at most the fourth
/// power of that of twice the step for a normal law, relative to what is integrated, and the third
/// leaves room for others. `other` is the relative difference half a step away, where the sine that
/// the error is times another value has.
double rule_error(double even, double odd, double other) {
  const double sum = even + odd, difference = std::abs(even - odd);
  if (!(sum > 0)) return difference;
  const double relative = std::hypot(difference / sum, other);
  return std::min(difference + other * sum, 2 * sum * relative * relative * relative);
}

/// What every second node changes of the mean and of its first Hermite coefficients, which the rule
/// would have to many digits if the mean were smooth; as a share of the mean.
double relative_bend(const std::vector<SeverityNode>& nodes, const YearSlice& slice) {
  if (nodes.size() < 2) return 0;
  constexpr int degrees = 5;
  double sum = 0, difference[degrees] = {};
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const double score = (nodes[i].node.log_severity - slice.log_severity) / slice.sigma;
    const double part = nodes[i].node.weight * nodes[i].moments.mean;
    sum += part;
    double before = 0, now = i % 2 == 0 ? part : -part;
    for (int k = 0; k < degrees; ++k) {
      difference[k] += now;
      // Normalized Hermite polynomials.
      const double next = (score * now - std::sqrt(k) * before) / std::sqrt(k + 1);
      before = now;
      now = next;
    }
  }
  double square = 0;
  for (const double d : difference) square += d * d;
  return sum > 0 ? std::sqrt(square) / sum : 0;
}

double relative_difference(double even, double odd) {
  return even + odd > 0 ? std::min(1.0, std::abs(even - odd) / (even + odd)) : 0;
}

TailAt size_of(const TailAt& tail) {
  return {std::abs(tail.probability), std::abs(tail.excess), std::abs(tail.excess_squared)};
}

}  // namespace

std::optional<SliceLaw> SliceLaw::make(const YearModel& model, const YearSlice& slice,
                                       const CapOfPersons& cap, const MomentTables& tables) {
  const CappedPersons persons = capped_persons(model, slice, cap, tables);
  SliceLaw law;
  law.unit_usd_ = persons.unit_usd;
  law.certain_ = persons.certain;
  if (persons.count == 0) return std::nullopt;
  const auto nodes = law.nodes_of(persons, slice);
  for (const SeverityBand& band : severity_bands(persons, nodes)) {
    law.bands_.push_back(band_spectrum(persons, nodes, band));
    if (law.bands_.back().halves[0].re.empty()) return std::nullopt;
  }
  if (echoes(persons, nodes, law.bands_)) return std::nullopt;
  double mean = 0, square = 0;
  for (const SeverityNode& node : nodes) {
    const double at = persons.certain + node.moments.mean;
    mean += node.node.weight * at;
    square += node.node.weight * (at * at + node.moments.variance);
  }
  law.mean_usd_ = mean * law.unit_usd_;
  law.square_usd_ = square * law.unit_usd_ * law.unit_usd_;
  law.check_mean(model, slice, cap, tables, nodes[nodes.size() / 2]);
  return law;
}

/// Nodes fine enough for the laws' own bends: the mean as a function of the effect bends where caps
/// pass a law's amounts, and there the trapezoid's error falls only like step^2.
std::vector<SeverityNode> SliceLaw::nodes_of(const CappedPersons& persons, const YearSlice& slice) {
  const double cv = conditional_cv(persons, slice);
  for (double factor = node_step_factor;; factor /= 2) {
    const auto effects = effect_nodes(slice, cv, factor);
    auto nodes = severity_nodes(persons, effects);
    bend_error_ = relative_bend(nodes, slice);
    if (effects.size() > 1) {
      node_ratio_ = std::exp((effects[1].log_severity - effects[0].log_severity) / 2);
    }
    if (bend_error_ < bend_wanted || nodes.size() > nodes_enough) return nodes;
  }
}

/// The tabled means of one node against the closed forms; persons' differences are of either sign.
void SliceLaw::check_mean(const YearModel& model, const YearSlice& slice, const CapOfPersons& cap,
                          const MomentTables& tables, const SeverityNode& node) {
  const double severity = std::exp(node.node.log_severity);
  double mean_usd = 0, square = 0;
  for (const AlikePersons& persons : slice.persons) {
    const CappedPerson person = capped_person(persons, cap);
    if (!(person.limit_usd > 0)) continue;
    const double scale = severity * persons.scale;
    const double row = std::log(person.limit_usd / scale) / kappa_step;
    double exact = 0, off = 0;
    for (const LawShare& share : persons.mixture()) {
      const double limited = scale * model.laws[share.law]->limited(person.limit_usd / scale);
      exact += share.weight * limited;
      off += share.weight *
             (person.limit_usd * tables.of(model.laws[share.law]).limited(row).mean - limited);
    }
    mean_usd += persons.count * exact;
    square += persons.count * off * persons.count * off;
  }
  table_error_usd_ = mean_usd > 0 ? mean_usd_ * std::sqrt(square) / mean_usd : 0;
  table_error_usd_ += 1e-12 * mean_usd_;
}

double SliceLaw::mean_error_usd() const { return table_error_usd_ + bend_error_ * mean_usd_; }

SliceLaw::Parts SliceLaw::parts(double amount_usd) const {
  Parts sum{};
  for (const BandSpectrum& band : bands_) {
    const BandTail tail = tail_of(band, amount_in_units(amount_usd));
    sum.even = sum.even + tail.halves[0];
    sum.odd = sum.odd + tail.halves[1];
    sum.interpolation = sum.interpolation + size_of(tail.interpolation);
  }
  return sum;
}

TailAt SliceLaw::at(double amount_usd) const {
  const Parts sum = parts(amount_usd);
  return in_dollars(sum.even + sum.odd, unit_usd_);
}

TailAt SliceLaw::truncation_at(double amount_usd) const {
  const double amount = amount_in_units(amount_usd);
  TailAt sum{};
  for (const BandSpectrum& band : bands_) {
    // Elsewhere a band's tail is all of it or nothing.
    const bool within = amount > band.origin && amount < band.origin + band.width;
    if (within) sum = sum + truncation_of(band);
  }
  return in_dollars(sum, unit_usd_);
}

TailAt SliceLaw::error_at(double amount_usd) const {
  const Parts here = parts(amount_usd);
  TailAt error = here.interpolation;
  if (node_ratio_ != 1) {
    const Parts there = parts(amount_usd * node_ratio_);
    const auto rule = [&](double TailAt::*of) {
      return rule_error(here.even.*of, here.odd.*of,
                        relative_difference(there.even.*of, there.odd.*of));
    };
    error = error + TailAt{rule(&TailAt::probability), rule(&TailAt::excess),
                           rule(&TailAt::excess_squared)};
  }
  // As if all amounts were off by a few times the bends' share, and by the tables' own error.
  const double share =
      4 * bend_error_ + table_floor + (mean_usd_ > 0 ? table_error_usd_ / mean_usd_ : 0);
  const TailAt tail = here.even + here.odd;
  const double amount = std::max(0.0, amount_in_units(amount_usd));
  if (tail.excess > 0) {  // the density taken as that of an exponential tail
    error.probability += share * amount * tail.probability * tail.probability / tail.excess;
  }
  error.excess += share * (tail.excess + amount * tail.probability);
  error.excess_squared += 2 * share * (tail.excess_squared + amount * tail.excess);
  double rounding = 0, width = 0;
  for (const BandSpectrum& band : bands_) {
    rounding += 2 * probability_beyond + 1e-15 * static_cast<double>(band.halves[0].re.size());
    width = std::max(width, band.width);
  }
  error = error + TailAt{rounding, rounding * width, rounding * width * width};
  return in_dollars(error, unit_usd_) + truncation_at(amount_usd);
}

double SliceLaw::largest_usd() const {
  double largest = 0;
  for (const BandSpectrum& band : bands_) largest = std::max(largest, band.origin + band.width);
  return (largest + certain_) * unit_usd_;
}

}  // namespace corridor
