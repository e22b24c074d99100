// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/lattice_total.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "host/exact/lattice/group_moments.hpp"
#include "host/exact/lattice/lattice_view.hpp"

namespace corridor {
namespace {

constexpr std::size_t pilot_points = 256, first_points = 1024, most_points = 16384;
constexpr std::size_t first_points_of_jumps = 2048;
/// Relative. The finer of two looks' excesses are nearer by several times; percentiles, which few
/// nodes move, need not be.
constexpr double good_excess = 4e-5, good_percentile = 1.5e-5;
/// Looks that stay farther apart may both be off by what is between them, and to one side.
constexpr double of_unlike_looks = 2;
/// Errors so many times those that the same nodes leave come from the nodes.
constexpr double few_nodes = 2, most_density = 16;
constexpr double worth_refining = 0.6;   ///< of the error at half the points
constexpr double pilot_resolution = 32;  ///< steps below the highest quantile that a pilot needs
constexpr double end_points = 8;         ///< of a lattice, better not used
constexpr double rounding = 1e-10;
/// Widths of the kernels of merged claims, in distances of nodes. What oscillates so fast that
/// nodes take it for something slower is halved at least under the first; the second look has a
/// wider one, which shows whether either touches more.
constexpr double smoothing = 1.07, wider_smoothing = 1.3;

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

/// Of a law whose amounts are off by a fraction.
TailAt stretched(const LatticeView& view, double amount_usd, double fraction) {
  const double factor = 1 + fraction;
  const TailAt at = view.at(amount_usd / factor);
  return {at.probability, factor * at.excess, factor * factor * at.excess_squared};
}

TailAt largest_of(const TailAt& a, const TailAt& b) {
  return {std::max(a.probability, b.probability), std::max(a.excess, b.excess),
          std::max(a.excess_squared, b.excess_squared)};
}

TailAt sum_of(const TailAt& a, const TailAt& b) {
  return {a.probability + b.probability, a.excess + b.excess, a.excess_squared + b.excess_squared};
}

class LatticeTotal : public TotalLaw {
 public:
  LatticeTotal(const GroupFamilies& group, LatticeRows& rows, const TotalDemand& demand)
      : certain_(group.certain_usd), moments_(group_moments(group)) {
    if (moments_.mean > 0) look(group, rows, demand);
  }

  double mean_usd() const override { return certain_ + moments_.mean; }
  double sd_usd() const override { return moments_.sd; }
  double mean_error_usd() const override { return moments_.mean_error; }
  double sd_error_usd() const override { return moments_.sd_error; }

  TailAt at(double amount_usd) const override {
    const double t = amount_usd - certain_;
    if (t < 0 || !main_) return beside(t);
    TailAt tail = main_->at(t);
    tail.excess *= moments_.mean / main_->mean_usd();
    return tail;
  }

  TailAt error_at(double amount_usd) const override {
    const double t = amount_usd - certain_;
    if (t < 0 || !main_) return {0, moments_.mean_error, 0};
    TailAt largest{rounding, rounding * mean_usd(), 0};
    for (const double shift : {-1.0, 0.0, 1.0}) {
      const double near = std::max(0.0, t + shift * check_->step_usd());
      largest = largest_of(largest, differences(main_->at(near), check_->at(near)));
    }
    largest = {doubt_ * largest.probability, doubt_ * largest.excess,
               doubt_ * largest.excess_squared};
    largest.excess += masses_off_;
    return sum_of(largest, differences(main_->at(t), stretched(*main_, t, mean_off_)));
  }

  double quantile(double level) const override {
    return certain_ + (main_ ? main_->quantile(level) : 0);
  }
  double quantile_error(double level) const override {
    if (!main_) return 0;
    const double found = main_->quantile(level);
    return doubt_ * difference(found, check_->quantile(level)) + mean_off_ * found;
  }

 private:
  /// Below every possible total, or where none is left to chance.
  TailAt beside(double t) const {
    if (t >= 0) return {};
    return {1, moments_.mean - t,
            moments_.sd * moments_.sd + (moments_.mean - t) * (moments_.mean - t)};
  }

  LatticeView view(const GroupFamilies& group, LatticeRows& rows, const SliceNodes& nodes,
                   const LatticeSetting& setting) {
    return {group, nodes, setting, rows, merged_};
  }

  /// From few nodes and points; the look itself tells whether it was enough.
  double quantile_reach(const GroupFamilies& group, LatticeRows& rows, double level) {
    // Cantelli's bound.
    double bound = moments_.mean + moments_.sd * std::sqrt(level / (1 - level));
    bound = std::min(bound, highest_total(group));
    const SliceNodes nodes = every_second(nodes_.between);
    for (int attempt = 0; attempt < 6; ++attempt) {
      const double step = step_for(bound, pilot_points, unit_);
      const double found =
          view(group, rows, nodes, {step, pilot_points, 0, smoothing / 2}).quantile(level);
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
    bool smooth = true;
    nodes_ = node_sets(group, 1, smooth);
    double reach_usd = std::max(reach(group, rows, demand), unit_ / 16);
    double before = std::numeric_limits<double>::infinity(), density = 1;
    for (std::size_t points = first_points; points <= most_points;) {
      const double step = step_for(reach_usd, points, unit_);
      const LatticeSetting coarse{2 * step, points / 2, 0.5, wider_smoothing};
      main_ = view(group, rows, nodes_.main, {step, points, 0, smoothing});
      if (smooth && merged_.refused()) {
        nodes_ = node_sets(group, density, smooth = false);
        points = std::max(points, first_points_of_jumps);
        continue;
      }
      if (!reaches(demand)) {
        reach_usd *= 1.25;
        continue;
      }
      check_ = view(group, rows, nodes_.between, coarse);
      compare_means();
      const double error = largest_error(demand);
      if (error < 1) return;
      const bool no_better = error > worth_refining * before;
      if (density < most_density &&
          (no_better || error > few_nodes * lattice_error(group, coarse, rows, demand))) {
        density = make_denser(group, density, smooth);
        continue;
      }
      if (no_better) break;
      before = error;
      points *= 2;
    }
    doubt_ = of_unlike_looks;
  }

  /// The density at which there are more nodes, which spacings asked for may put off.
  double make_denser(const GroupFamilies& group, double density, bool smooth) {
    const std::size_t had = nodes_.main.front().size();
    do {
      nodes_ = node_sets(group, density *= 2, smooth);
    } while (density < most_density && nodes_.main.front().size() == had);
    return density;
  }

  /// Whether the highest percentile lies on the lattice.
  bool reaches(const TotalDemand& demand) const {
    if (demand.levels.empty()) return true;
    const double level = *std::max_element(demand.levels.begin(), demand.levels.end());
    return main_->at(main_->reach_usd()).probability <= 1 - level;
  }

  /// The look's own mean with that of closed forms: of its rows, and of its masses by what they
  /// leave for amounts beyond the lattice. No law has less than nothing there, and none of its
  /// deviation more than Scarf's bound.
  void compare_means() {
    const double beyond = main_->excess_at_reach(), far = main_->reach_usd() - moments_.mean;
    const double most = (std::hypot(moments_.sd, far) - far) / 2;
    masses_off_ = std::max({0.0, -beyond, beyond - most});
    mean_off_ = (difference(main_->mean_usd(), moments_.mean) + masses_off_) / moments_.mean;
  }

  /// The largest error that does not come from the nodes.
  double lattice_error(const GroupFamilies& group, const LatticeSetting& coarse, LatticeRows& rows,
                       const TotalDemand& demand) {
    std::optional<LatticeView> other = view(group, rows, nodes_.main, coarse);
    check_.swap(other);
    const double error = largest_error(demand);
    check_.swap(other);
    return error;
  }

  /// Of what is asked, relative to what is good enough.
  double largest_error(const TotalDemand& demand) const {
    double largest = 0;
    for (const double amount : demand.amounts_usd) {
      const double excess = at(amount).excess;
      if (excess > 1e-9 * moments_.mean) {
        largest = std::max(largest, error_at(amount).excess / excess / good_excess);
      }
    }
    for (const double level : demand.levels) {
      const double amount = quantile(level);
      if (amount > certain_) {
        largest = std::max(largest, quantile_error(level) / amount / good_percentile);
        largest = std::max(largest, error_at(amount).excess / at(amount).excess / good_excess);
      }
    }
    return largest;
  }

  double certain_ = 0, unit_ = 1;
  GroupMoments moments_;
  TwoNodeSets nodes_;
  MergedStore merged_;
  std::optional<LatticeView> main_, check_;
  double masses_off_ = 0;  ///< dollars
  double mean_off_ = 0;    ///< of the mean
  double doubt_ = 1;       ///< factor of what lies between the looks
};

}  // namespace

std::unique_ptr<TotalLaw> lattice_total(const YearModel& model, const PersonFunction& of_members,
                                        std::span<const PersonFunction> of_personal,
                                        LatticeRows& rows, const TotalDemand& demand) {
  return std::make_unique<LatticeTotal>(group_families(model, of_members, of_personal), rows,
                                        demand);
}

}  // namespace corridor
