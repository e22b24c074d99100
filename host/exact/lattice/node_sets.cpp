// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/node_sets.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

using Nodes = std::vector<EffectNode>;

/// A table's law has kinks, which few persons do not smooth: effects are summed at severities no
/// farther apart than these logarithms, as far as so many persons times nodes go. Where merged
/// claims are smooth on the nodes' scale the latter need not be so close.
constexpr double moment_spacing = 0.04, moment_terms = 1e4, row_spacing = 0.005, row_terms = 1000;
/// Claims in logarithms are smoothed over some more than this, and their tails bend within it.
constexpr double widest_spacing = 0.2;
/// Scores of the nodes kept: years below have 3e-7 of the probability and no large totals.
constexpr double lowest_score = -5, highest_score = 6;

Nodes every_second(const Nodes& nodes, std::size_t first) {
  Nodes some;
  double whole = 0;
  for (std::size_t i = first; i < nodes.size(); i += 2) {
    some.push_back(nodes[i]);
    whole += nodes[i].weight;
  }
  for (EffectNode& node : some) node.weight /= whole;
  return some;
}

/// `nodes` or those halfway between, as the score 0 is or is not among them.
Nodes half_of(const Nodes& nodes, double centre, bool with) {
  std::size_t at = 0;
  while (nodes[at].log_severity < centre) ++at;
  return nodes.size() == 1 ? nodes : every_second(nodes, with ? at % 2 : 1 - at % 2);
}

/// Totals rise with the severity, the more in the mean of their squares.
Nodes without_rare(const Nodes& nodes, const YearSlice& years) {
  Nodes kept;
  double whole = 0;
  for (const EffectNode& node : nodes) {
    const double distance = node.log_severity - years.log_severity;
    if (distance < lowest_score * years.sigma) continue;
    if (distance > (highest_score + 2 * years.sigma) * years.sigma) break;
    kept.push_back(node);
    whole += node.weight;
  }
  for (EffectNode& node : kept) node.weight /= whole;
  return kept;
}

/// Given a severity that high percentiles come from, where a total varies least beside its mean.
/// What is above a deductible grows faster than the severity, so that the same spread is crossed in
/// fewer scores.
double conditional_cv(const GroupFamilies& group, const FamilySlice& slice) {
  constexpr double small = 0.05, high_score = 2.5;
  const double severity = slice.years.log_severity + high_score * slice.years.sigma;
  const TotalMoments moments = moments_given(group, slice, severity);
  if (!(moments.mean > 0)) return 1;
  const double growth =
      std::log(moments_given(group, slice, severity + small).mean / moments.mean) / small;
  return std::sqrt(std::max(0.0, moments.variance)) / moments.mean / std::max(1.0, growth);
}

double kinds_of(const FamilySlice& slice) {
  double kinds = 0;
  for (const Family& family : slice.families) kinds += static_cast<double>(family.persons.size());
  return kinds;
}

bool pays_from_nothing(const GroupFamilies& group) {
  return std::any_of(group.paid.begin(), group.paid.end(), [](const PaidFunction& paid) {
    return !paid.nothing() && !(paid.lines.front().from_usd > 0);
  });
}

double spacing_of(const Nodes& nodes) {
  return nodes.size() > 1 ? nodes[1].log_severity - nodes[0].log_severity : 0;
}

/// Nodes at most `widest` apart and so dense that their spacing or persons times nodes reach what
/// is asked, twice as dense as a sum over smooth laws needs at least.
struct Asked {
  double widest = 0, spacing = 0, terms = 0, density = 1;
};
Nodes dense_nodes(const GroupFamilies& group, const FamilySlice& slice, const Asked& asked) {
  const double cv = conditional_cv(group, slice);
  const double persons = kinds_of(slice) * static_cast<double>(group.slices.size());
  double factor = 0.5 / asked.density;
  Nodes nodes = effect_nodes(slice.years, cv, factor);
  while (spacing_of(nodes) > asked.widest / asked.density ||
         (spacing_of(nodes) > asked.spacing &&
          2 * persons * static_cast<double>(nodes.size()) < asked.terms)) {
    nodes = effect_nodes(slice.years, cv, factor /= 2);
  }
  return nodes;
}

}  // namespace

TwoNodeSets node_sets(const GroupFamilies& group, double density, bool smooth) {
  TwoNodeSets sets;
  const double terms = !smooth || pays_from_nothing(group) ? row_terms : 0;
  const Asked asked{widest_spacing / 2, row_spacing, terms, density};
  for (const FamilySlice& slice : group.slices) {
    const Nodes nodes = dense_nodes(group, slice, asked);
    for (const bool with : {true, false}) {
      (with ? sets.main : sets.between)
          .push_back(without_rare(half_of(nodes, slice.years.log_severity, with), slice.years));
    }
  }
  return sets;
}

SliceNodes moment_nodes(const GroupFamilies& group) {
  SliceNodes nodes;
  const Asked asked{widest_spacing, moment_spacing, moment_terms, 1};
  for (const FamilySlice& slice : group.slices) nodes.push_back(dense_nodes(group, slice, asked));
  return nodes;
}

SliceNodes every_second(const SliceNodes& nodes) {
  SliceNodes some;
  for (const Nodes& of_slice : nodes) {
    some.push_back(of_slice.size() > 2 ? every_second(of_slice, 0) : of_slice);
  }
  return some;
}

}  // namespace corridor
