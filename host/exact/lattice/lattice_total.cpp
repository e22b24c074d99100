// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/lattice_total.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "host/exact/lattice/lattice_view.hpp"

namespace corridor {
namespace {

constexpr std::size_t pilot_points = 512, first_points = 2048, most_points = 16384;
constexpr double good_enough =
    4e-5;  ///< relative; the finer of two looks is nearer by several times
/// Errors so many times those that the same nodes leave come from the nodes.
constexpr double few_nodes = 2, most_density = 16;
constexpr double worth_refining = 0.6;   ///< of the error at half the points
constexpr double pilot_resolution = 32;  ///< steps below the highest quantile that a pilot needs
constexpr double end_points = 8;         ///< of a lattice, better not used
constexpr double rounding = 1e-10;
/// A table's law has kinks, which few persons do not smooth: effects are summed at severities no
/// farther apart than these logarithms, as far as so many persons times nodes go.
constexpr double moment_spacing = 0.04, moment_terms = 2e5, row_spacing = 0.005, row_terms = 1000;

/// Nodes of twice the density, in turn those of `effect_nodes` and those halfway between.
struct TwoNodeSets {
  SliceNodes main, between;
};

std::vector<EffectNode> every_second(const std::vector<EffectNode>& nodes, std::size_t first) {
  std::vector<EffectNode> some;
  double whole = 0;
  for (std::size_t i = first; i < nodes.size(); i += 2) {
    some.push_back(nodes[i]);
    whole += nodes[i].weight;
  }
  for (EffectNode& node : some) node.weight /= whole;
  return some;
}

struct GroupMoments {
  double mean = 0, sd = 0;
};

GroupMoments moments_over(const GroupFamilies& group, const SliceNodes& nodes) {
  std::vector<std::pair<double, TotalMoments>> given;
  GroupMoments over;
  for (std::size_t i = 0; i < group.slices.size(); ++i) {
    for (const EffectNode& node : nodes[i]) {
      given.emplace_back(group.slices[i].years.weight * node.weight,
                         moments_given(group, group.slices[i], node.log_severity));
      over.mean += given.back().first * given.back().second.mean;
    }
  }
  double variance = 0;
  for (const auto& [weight, moments] : given) {
    const double distance = moments.mean - over.mean;
    variance += weight * (moments.variance + distance * distance);
  }
  over.sd = std::sqrt(std::max(0.0, variance));
  return over;
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

/// `nodes` or those halfway between, as the score 0 is or is not among them.
std::vector<EffectNode> half_of(const std::vector<EffectNode>& nodes, double centre, bool with) {
  std::size_t at = 0;
  while (nodes[at].log_severity < centre) ++at;
  return nodes.size() == 1 ? nodes : every_second(nodes, with ? at % 2 : 1 - at % 2);
}

double kinds_of(const FamilySlice& slice) {
  double kinds = 0;
  for (const Family& family : slice.families) kinds += static_cast<double>(family.persons.size());
  return kinds;
}

/// Nodes so dense that their spacing or persons times nodes reach what is asked, and twice as dense
/// as a sum over smooth laws needs at least.
std::vector<EffectNode> dense_nodes(const GroupFamilies& group, const FamilySlice& slice,
                                    double spacing, double terms, double density) {
  const double cv = conditional_cv(group, slice);
  const double persons = kinds_of(slice) * static_cast<double>(group.slices.size());
  double factor = 0.5 / density;
  auto nodes = effect_nodes(slice.years, cv, factor);
  while (nodes.size() > 1 && nodes[1].log_severity - nodes[0].log_severity > spacing &&
         2 * persons * static_cast<double>(nodes.size()) < terms) {
    nodes = effect_nodes(slice.years, cv, factor /= 2);
  }
  return nodes;
}

TwoNodeSets node_sets(const GroupFamilies& group, double density) {
  TwoNodeSets sets;
  for (const FamilySlice& slice : group.slices) {
    const auto nodes = dense_nodes(group, slice, row_spacing, row_terms, density);
    sets.main.push_back(half_of(nodes, slice.years.log_severity, true));
    sets.between.push_back(half_of(nodes, slice.years.log_severity, false));
  }
  return sets;
}

TwoNodeSets moment_nodes(const GroupFamilies& group) {
  TwoNodeSets sets;
  for (const FamilySlice& slice : group.slices) {
    sets.main.push_back(dense_nodes(group, slice, moment_spacing, moment_terms, 1));
    sets.between.push_back(half_of(sets.main.back(), slice.years.log_severity, false));
  }
  return sets;
}

/// The amount that a lattice's step divides by a power of 2: the highest payment of a member, or
/// where payments start.
double unit_of(const GroupFamilies& group) {
  for (const PaidFunction& paid : group.paid) {
    if (paid.nothing()) continue;
    if (paid.bounded()) return paid.highest();
    if (paid.lines.front().from_usd > 0) return paid.lines.front().from_usd;
  }
  return 1;
}

double step_for(double reach_usd, std::size_t points, double unit_usd) {
  const double least = reach_usd / (static_cast<double>(points) - end_points);
  return std::ldexp(unit_usd, static_cast<int>(std::ceil(std::log2(least / unit_usd) - 1e-9)));
}

double difference(double a, double b) { return std::abs(a - b); }

TailAt differences(const TailAt& a, const TailAt& b) {
  return {difference(a.probability, b.probability), difference(a.excess, b.excess),
          difference(a.excess_squared, b.excess_squared)};
}

class LatticeTotal : public TotalLaw {
 public:
  LatticeTotal(const GroupFamilies& group, LatticeRows& rows, const TotalDemand& demand)
      : certain_(group.certain_usd), nodes_(node_sets(group, 1)) {
    const TwoNodeSets all_and_half = moment_nodes(group);
    moments_ = moments_over(group, all_and_half.main);
    const GroupMoments other = moments_over(group, all_and_half.between);
    moment_error_ = {difference(moments_.mean, other.mean), difference(moments_.sd, other.sd)};
    if (!(moments_.mean > 0)) return;
    look(group, rows, demand);
  }

  double mean_usd() const override { return certain_ + moments_.mean; }
  double sd_usd() const override { return moments_.sd; }
  double mean_error_usd() const override { return moment_error_.mean; }
  double sd_error_usd() const override { return moment_error_.sd; }

  TailAt at(double amount_usd) const override {
    const double t = amount_usd - certain_;
    if (t < 0 || !main_) return beside(t);
    TailAt tail = main_->at(t);
    tail.excess *= moments_.mean / main_->mean_usd();
    return tail;
  }

  TailAt error_at(double amount_usd) const override {
    const double t = amount_usd - certain_;
    if (t < 0 || !main_) return {0, moment_error_.mean, 0};
    TailAt largest{rounding, rounding * mean_usd(), 0};
    for (const double shift : {-1.0, 0.0, 1.0}) {
      const double near = std::max(0.0, t + shift * check_->step_usd());
      const TailAt other = differences(main_->at(near), check_->at(near));
      largest.probability = std::max(largest.probability, other.probability);
      largest.excess = std::max(largest.excess, other.excess);
      largest.excess_squared = std::max(largest.excess_squared, other.excess_squared);
    }
    return largest;
  }

  double quantile(double level) const override {
    return certain_ + (main_ ? main_->quantile(level) : 0);
  }
  double quantile_error(double level) const override {
    return main_ ? difference(main_->quantile(level), check_->quantile(level)) : 0;
  }

 private:
  /// Below every possible total, or where none is left to chance.
  TailAt beside(double t) const {
    if (t >= 0) return {};
    return {1, moments_.mean - t,
            moments_.sd * moments_.sd + (moments_.mean - t) * (moments_.mean - t)};
  }

  double quantile_reach(const GroupFamilies& group, LatticeRows& rows, double level) {
    // Cantelli's bound.
    double bound = moments_.mean + moments_.sd * std::sqrt(level / (1 - level));
    bound = std::min(bound, highest_total(group));
    for (int attempt = 0; attempt < 6; ++attempt) {
      const double step = step_for(bound, pilot_points, unit_);
      const LatticeView pilot(group, nodes_.between, {step, pilot_points, 0}, rows, merged_);
      const double found = pilot.quantile(level);
      if (found > pilot_resolution * step) return found + 3 * step;
      bound = std::max(found, step) * 8;
    }
    return bound;
  }

  double reach(const GroupFamilies& group, LatticeRows& rows, const TotalDemand& demand) {
    double reach = 0;
    for (const double amount : demand.amounts_usd) reach = std::max(reach, amount - certain_);
    if (demand.levels.empty()) return reach;
    const double level = *std::max_element(demand.levels.begin(), demand.levels.end());
    return std::max(reach, quantile_reach(group, rows, level));
  }

  void look(const GroupFamilies& group, LatticeRows& rows, const TotalDemand& demand) {
    unit_ = unit_of(group);
    const double reach_usd = std::max(reach(group, rows, demand), unit_ / 16);
    double before = std::numeric_limits<double>::infinity(), density = 1;
    for (std::size_t points = first_points; points <= most_points;) {
      const double step = step_for(reach_usd, points, unit_);
      const LatticeSetting coarse{2 * step, points / 2, 0.5};
      main_.emplace(group, nodes_.main, LatticeSetting{step, points, 0}, rows, merged_);
      check_.emplace(group, nodes_.between, coarse, rows, merged_);
      const double error = largest_error(demand);
      if (error < good_enough) return;
      if (density < most_density &&
          error > few_nodes * lattice_error(group, coarse, rows, demand)) {
        nodes_ = node_sets(group, density *= 2);
        continue;
      }
      if (error > worth_refining * before) return;
      before = error;
      points *= 2;
    }
  }

  /// The largest error that does not come from the nodes.
  double lattice_error(const GroupFamilies& group, const LatticeSetting& coarse, LatticeRows& rows,
                       const TotalDemand& demand) {
    std::optional<LatticeView> other(std::in_place, group, nodes_.main, coarse, rows, merged_);
    check_.swap(other);
    const double error = largest_error(demand);
    check_.swap(other);
    return error;
  }

  /// Relative, of what is asked.
  double largest_error(const TotalDemand& demand) const {
    double largest = 0;
    for (const double amount : demand.amounts_usd) {
      const double excess = at(amount).excess;
      if (excess > 1e-9 * moments_.mean) {
        largest = std::max(largest, error_at(amount).excess / excess);
      }
    }
    for (const double level : demand.levels) {
      const double amount = quantile(level);
      if (amount > certain_) {
        largest = std::max(largest, quantile_error(level) / amount);
        largest = std::max(largest, error_at(amount).excess / at(amount).excess);
      }
    }
    return largest;
  }

  double certain_ = 0, unit_ = 1;
  TwoNodeSets nodes_;
  GroupMoments moments_, moment_error_;
  MergedStore merged_;
  std::optional<LatticeView> main_, check_;
};

}  // namespace

std::unique_ptr<TotalLaw> lattice_total(const YearModel& model, const PersonFunction& of_members,
                                        std::span<const PersonFunction> of_personal,
                                        LatticeRows& rows, const TotalDemand& demand) {
  return std::make_unique<LatticeTotal>(group_families(model, of_members, of_personal), rows,
                                        demand);
}

}  // namespace corridor
