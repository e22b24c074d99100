// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/joint/joint_total.hpp"

#include <algorithm>
#include <cmath>

#include "host/exact/joint/joint_group.hpp"
#include "host/exact/joint/joint_lattice.hpp"
#include "host/exact/joint/looked_total.hpp"

namespace corridor {
namespace {

/// Of what is paid.
constexpr std::size_t first_points = 256, most_points = 2048, pilot_points = 256;
constexpr double good_enough = 2e-5;

std::vector<double> mass_of(const JointLattice& lattice, const JointGroup& joint,
                            const CountedCover& aggregate) {
  return lattice.total(payout_of(aggregate, joint.counted_certain));
}

/// E specific * aggregate, what is certain of the specific left out.
double product_of(const JointLattice& before_retention, const JointGroup& joint,
                  const JointGrid& grid, const CountedCover& aggregate, double aggregate_mean) {
  const CountedPayout payout = payout_of(aggregate, joint.counted_certain);
  const double certain = aggregate.payout_usd(joint.counted_certain);
  const double of_lattice = before_retention.payout_mean(payout);
  double product = before_retention.paid_times(payout);
  if (joint.retained > 0) {
    product += before_retention.shortfall_times(joint.retained_steps(grid), payout) -
               joint.retained * of_lattice;
  }
  // The product is off as the payout's own mean is.
  if (of_lattice > 0) product *= (aggregate_mean - certain) / of_lattice;
  return product + certain * joint.specific().excess;
}

double highest(const std::vector<double>& of) {
  return of.empty() ? 0 : *std::max_element(of.begin(), of.end());
}

class JointWork {
 public:
  JointWork(const YearModel& model, const JointCover& cover,
            std::span<const CountedCover> aggregates, JointTables tables,
            const TotalDemand& demand)
      : joint_(model, cover, aggregates, tables), aggregates_(aggregates), demand_(demand) {}

  /// Looks become finer until what is demanded stands still. Each takes the nodes that the one
  /// before left out, so that their difference shows the nodes' error too.
  std::vector<JointLaw> laws() {
    if (!joint_.apart()) return {};
    std::vector<JointLaw> laws;
    std::vector<LookedTotal*> totals;
    for (const CountedCover& aggregate : aggregates_) laws.push_back(law_of(aggregate, totals));
    const double reach = reach_of();
    look(joint_.grid(reach, first_points), joint_.main, laws, totals);
    bool between = true;
    for (std::size_t points = 2 * first_points; points <= most_points; points *= 2) {
      look(joint_.grid(reach, points), between ? joint_.between : joint_.main, laws,
           totals);
      between = !between;
      if (largest_error(totals) < good_enough) break;
    }
    return laws;
  }

 private:
  /// All but the shape, which the looks give.
  JointLaw law_of(const CountedCover& aggregate, std::vector<LookedTotal*>& totals) const {
    JointLaw law;
    const TailAt specific = joint_.specific();
    const double payout = payout_moments(aggregate, *joint_.counted).mean;
    law.specific_mean_usd = joint_.certain_left + specific.excess;
    law.aggregate_mean_usd = payout;
    const double error = joint_.paid->mean_error_usd() +
                         joint_.counted->error_at(aggregate.attachment_usd).excess;
    auto total =
        std::make_unique<LookedTotal>(specific.excess + payout, error, joint_.certain_left,
                                      aggregate.payout_usd(joint_.counted_certain));
    totals.push_back(total.get());
    law.total = std::move(total);
    return law;
  }

  double largest_error(const std::vector<LookedTotal*>& totals) const {
    double largest = 0;
    for (const LookedTotal* total : totals) {
      largest = std::max(largest, total->largest_error(demand_));
    }
    return largest;
  }

  void look(const JointGrid& grid, const SliceNodes& nodes, std::vector<JointLaw>& laws,
            const std::vector<LookedTotal*>& totals) const {
    JointLattice lattice(joint_.slices, nodes, grid);
    const TailAt specific = joint_.specific();
    const std::size_t retained_steps = joint_.retained_steps(grid);
    const auto unpaid = lattice.unpaid(retained_steps);
    std::vector<LookedTotal::Seen> seen(laws.size());
    for (std::size_t i = 0; i < laws.size(); ++i) {
      const PayoutMoments moments = payout_moments(aggregates_[i], *joint_.counted);
      const CountedPayout payout = payout_of(aggregates_[i], joint_.counted_certain);
      const double product = product_of(lattice, joint_, grid, aggregates_[i], moments.mean);
      const double covariance = product - specific.excess * moments.mean;
      laws[i].covariance_error_usd2 = std::abs(covariance - laws[i].covariance_usd2);
      laws[i].covariance_usd2 = covariance;
      seen[i].step_usd = grid.paid_step_usd;
      seen[i].none = lattice.chance_of_nothing(unpaid, payout);
      seen[i].mean_usd = lattice.paid_mean(retained_steps) + lattice.payout_mean(payout);
      seen[i].square_usd2 = specific.excess_squared + 2 * product + moments.square;
    }
    if (joint_.retained > 0) lattice.retain(retained_steps);
    for (std::size_t i = 0; i < laws.size(); ++i) {
      seen[i].mass = mass_of(lattice, joint_, aggregates_[i]);
      totals[i]->look(seen[i]);
    }
  }

  /// Amounts, and the highest percentile by a coarse look.
  double reach_of() const {
    double reach = highest(demand_.amounts_usd) - joint_.certain_left;
    if (demand_.levels.empty()) return std::max(reach, 1.0);
    const double level = highest(demand_.levels);
    double bound = 1;
    for (const CountedCover& aggregate : aggregates_) {
      const TailAt specific = joint_.specific();
      const PayoutMoments payout = payout_moments(aggregate, *joint_.counted);
      const double sd =
          std::sqrt(std::max(0.0, specific.excess_squared - specific.excess * specific.excess)) +
          std::sqrt(std::max(0.0, payout.square - payout.mean * payout.mean));
      // Cantelli's bound, the two as if one always rose with the other.
      bound = std::max(bound, specific.excess + payout.mean + sd * std::sqrt(level / (1 - level)));
    }
    return std::max(reach, percentile_below(bound, level));
  }

  double percentile_below(double bound, double level) const {
    constexpr double spare = 1.05;
    const JointGrid grid = joint_.grid(bound, pilot_points);
    JointLattice lattice(joint_.slices, joint_.between, grid);
    if (joint_.retained > 0) lattice.retain(joint_.retained_steps(grid));
    double found = 0;
    for (const CountedCover& aggregate : aggregates_) {
      const std::vector<double> mass = mass_of(lattice, joint_, aggregate);
      const LatticeCurve curve(mass, std::max(0.0, mass[0]));
      found = std::max(found, curve.quantile(level));
    }
    return std::min(bound, spare * (found + 3) * grid.paid_step_usd);
  }

  JointGroup joint_;
  std::span<const CountedCover> aggregates_;
  const TotalDemand& demand_;
};

}  // namespace

std::vector<JointLaw> joint_laws(const YearModel& model, const JointCover& cover,
                                 std::span<const CountedCover> aggregates, JointTables tables,
                                 const TotalDemand& demand) {
  return JointWork(model, cover, aggregates, tables, demand).laws();
}

std::unique_ptr<TotalLaw> joint_total(const YearModel& model, const JointCover& cover,
                                      const CountedCover& aggregate, JointTables tables,
                                      const TotalDemand& demand) {
  std::vector<JointLaw> laws = joint_laws(model, cover, {&aggregate, 1}, tables, demand);
  return laws.empty() ? nullptr : std::move(laws.front().total);
}

}  // namespace corridor
