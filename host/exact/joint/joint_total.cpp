// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/joint/joint_total.hpp"

#include <algorithm>
#include <cmath>

#include "host/exact/joint/joint_lattice.hpp"
#include "host/exact/lattice/lattice_curve.hpp"
#include "host/exact/lattice/lattice_total.hpp"

namespace corridor {
namespace {

constexpr std::size_t counted_points = 1024, paid_points = 2048, pilot_points = 256;
/// Counted totals above this level are as good as impossible.
constexpr double counted_level = 1 - 1e-9;
constexpr double end_points = 8;
constexpr double rounding = 1e-10;

std::vector<JointSlice> slices_of(const YearModel& model, const JointCover& cover,
                                  double& paid_certain, double& counted_certain) {
  std::vector<JointSlice> slices;
  for (const YearSlice& years : model.slices) {
    JointSlice slice{{years.weight, years.log_severity, years.sigma, {}}, {}};
    paid_certain = counted_certain = 0;
    for (const AlikePersons& of : years.persons) {
      JointPerson person;
      const bool member = of.personal == AlikePersons::nobody;
      const PersonFunction counted{{{0, 1}, {cover.counted.of(of), 0}}};
      const PersonFunction& paid = member ? cover.of_members : cover.of_personal[of.personal];
      person.counted = paid_function(counted, of.certain_usd, of.maximum_usd);
      person.paid = paid_function(paid, of.certain_usd, of.maximum_usd);
      paid_certain += of.count * person.paid.certain_usd;
      counted_certain += of.count * person.counted.certain_usd;
      if (!(of.scale > 0)) continue;
      for (const LawShare& share : of.mixture()) {
        if (share.weight != 0) person.mixture.push_back({model.laws[share.law], share.weight});
      }
      person.scale = of.scale;
      person.count = of.count;
      if (!person.mixture.empty()) slice.persons.push_back(std::move(person));
    }
    slices.push_back(std::move(slice));
  }
  return slices;
}

double counted_part(const CountedCover& of, double counted_usd) {
  return std::min(of.limit_usd, of.share * std::max(0.0, counted_usd - of.attachment_usd));
}

double limit_at(const CountedCover& of) { return of.attachment_usd + of.limit_usd / of.share; }

/// Means of the aggregate's payout and of its square.
struct PayoutMoments {
  double mean = 0, square = 0;
};
PayoutMoments payout_moments(const CountedCover& of, const TotalLaw& counted) {
  const TailAt low = counted.at(of.attachment_usd);
  PayoutMoments moments{of.share * low.excess, of.share * of.share * low.excess_squared};
  if (std::isinf(of.limit_usd)) return moments;
  const TailAt high = counted.at(limit_at(of));
  moments.mean -= of.share * high.excess;
  moments.square -= of.share * (of.share * high.excess_squared + 2 * of.limit_usd * high.excess);
  return moments;
}

/// Beyond what is certain of the counted claims, and of the payout.
CountedPayout payout_of(const CountedCover& of, double counted_certain) {
  const double from = std::max(0.0, of.attachment_usd - counted_certain);
  return {from, std::max(from, limit_at(of) - counted_certain), of.share};
}

class JointTotal : public TotalLaw {
 public:
  /// `certain_part`  of the mean: amounts are counted from it
  JointTotal(double mean, double square, double certain, double certain_part)
      : mean_(mean - certain_part), certain_(certain + certain_part) {
    const double variance = std::max(0.0, square - mean * mean);
    sd_ = std::sqrt(variance);
    square_ = variance + mean_ * mean_;
  }
  /// `mean`  as the look has it
  void look(const std::vector<double>& mass, double step, double mean) {
    (main_.empty() ? main_ : check_).push_back({mass, step, mean});
  }
  void set_errors(double mean_error, double sd_error) {
    mean_error_ = mean_error;
    sd_error_ = sd_error;
  }

  double mean_usd() const override { return certain_ + mean_; }
  double sd_usd() const override { return sd_; }
  double mean_error_usd() const override { return mean_error_; }
  double sd_error_usd() const override { return sd_error_; }
  TailAt at(double amount_usd) const override {
    return above(main_.front(), amount_usd - certain_);
  }
  TailAt error_at(double amount_usd) const override {
    TailAt largest{rounding, mean_error_ + rounding * mean_, 0};
    for (const double shift : {-1.0, 0.0, 1.0}) {
      const double near = std::max(0.0, amount_usd - certain_ + shift * check_.front().step);
      const TailAt a = above(main_.front(), near), b = above(check_.front(), near);
      largest.probability = std::max(largest.probability, std::abs(a.probability - b.probability));
      largest.excess = std::max(largest.excess, std::abs(a.excess - b.excess));
      largest.excess_squared =
          std::max(largest.excess_squared, std::abs(a.excess_squared - b.excess_squared));
    }
    return largest;
  }
  double quantile(double level) const override {
    return certain_ + main_.front().step * main_.front().curve.quantile(level);
  }
  double quantile_error(double level) const override {
    return std::abs(quantile(level) - certain_ -
                    check_.front().step * check_.front().curve.quantile(level));
  }

 private:
  struct Look {
    LatticeCurve curve;
    double step, mean;
    /// Close to 0 a smooth density's mass is half of what it is farther on.
    Look(const std::vector<double>& mass, double of_step, double of_mean)
        : curve(mass, std::max(0.0, mass[0] - mass[start] / 2)), step(of_step), mean(of_mean) {}
    static constexpr std::size_t start = 4;
  };
  TailAt above(const Look& look, double amount_usd) const {
    if (amount_usd < 0) {
      return {1, mean_ - amount_usd, square_ - amount_usd * (2 * mean_ - amount_usd)};
    }
    const double t = std::min(amount_usd, look.step * look.curve.reach());
    const Below below = look.curve.at(t / look.step);
    return {std::max(0.0, 1 - below.probability),
            mean_ / look.mean * std::max(0.0, look.mean - t + look.step * below.shortfall),
            std::max(0.0, square_ - t * (2 * mean_ - t) -
                              look.step * look.step * below.shortfall_squared)};
  }

  double mean_, square_ = 0, sd_ = 0, certain_, mean_error_ = 0, sd_error_ = 0;
  std::vector<Look> main_, check_;
};

/// What stays the same for every aggregate and every look.
struct Joint {
  std::vector<JointSlice> slices;
  SliceNodes main, between;
  double paid_certain = 0, counted_certain = 0;
  double retained = 0;      ///< of what is paid beyond what is certain
  double certain_left = 0;  ///< of what is certain, after the retention
  double counted_reach = 0;
  std::unique_ptr<TotalLaw> paid, counted;
};

std::vector<EffectNode> shifted(const YearSlice& years, double cv, bool between) {
  const std::vector<EffectNode> fine = effect_nodes(years, cv, 0.5);
  if (fine.size() == 1) return fine;
  std::size_t centre = 0;
  while (fine[centre].log_severity < years.log_severity) ++centre;
  std::vector<EffectNode> some;
  double whole = 0;
  for (std::size_t i = (centre + (between ? 1 : 0)) % 2; i < fine.size(); i += 2) {
    some.push_back(fine[i]);
    whole += fine[i].weight;
  }
  for (EffectNode& node : some) node.weight /= whole;
  return some;
}

/// Of counted claims, which vary least.
double counted_cv(const JointSlice& slice) {
  const double high = slice.years.log_severity + 2.5 * slice.years.sigma;
  double mean = 0, variance = 0;
  for (const JointPerson& person : slice.persons) {
    double of_person = 0, square = 0;
    for (const LawPart& part : person.mixture) {
      const PaidMoments moments =
          paid_moments(person.counted, *part.law, std::exp(high) * person.scale);
      of_person += part.weight * moments.mean;
      square += part.weight * moments.square;
    }
    mean += person.count * of_person;
    variance += person.count * (square - of_person * of_person);
  }
  return mean > 0 ? std::sqrt(std::max(0.0, variance)) / mean : 1;
}

JointGrid grid_of(const Joint& joint, double reach_usd, std::size_t counted, std::size_t paid) {
  JointGrid grid;
  grid.counted = {counted, 8 / static_cast<double>(counted)};
  grid.paid = tilted(paid);
  grid.counted_step_usd = joint.counted_reach / (static_cast<double>(counted) - end_points);
  grid.paid_step_usd = (reach_usd + joint.retained) / (static_cast<double>(paid) - end_points);
  if (joint.retained > 0) {
    grid.paid_step_usd = joint.retained / std::ceil(joint.retained / grid.paid_step_usd);
  }
  return grid;
}

std::size_t retained_steps(const Joint& joint, const JointGrid& grid) {
  return static_cast<std::size_t>(std::lround(joint.retained / grid.paid_step_usd));
}

std::vector<double> mass_of(const JointLattice& lattice, const Joint& joint,
                            const CountedCover& aggregate) {
  return lattice.total(payout_of(aggregate, joint.counted_certain));
}

/// E specific * aggregate, what is certain of the specific left out.
double product_of(const JointLattice& before_retention, const Joint& joint, const JointGrid& grid,
                  const CountedCover& aggregate, double aggregate_mean) {
  const CountedPayout payout = payout_of(aggregate, joint.counted_certain);
  const double certain = counted_part(aggregate, joint.counted_certain);
  const double of_lattice = before_retention.payout_mean(payout);
  double product = before_retention.paid_times(payout);
  if (joint.retained > 0) {
    product += before_retention.shortfall_times(retained_steps(joint, grid), payout) -
               joint.retained * of_lattice;
  }
  // The product is off as the payout's own mean is.
  if (of_lattice > 0) product *= (aggregate_mean - certain) / of_lattice;
  return product + certain * joint.paid->at(joint.paid_certain + joint.retained).excess;
}

double highest(const std::vector<double>& of) {
  return of.empty() ? 0 : *std::max_element(of.begin(), of.end());
}

class JointWork {
 public:
  JointWork(const YearModel& model, const JointCover& cover,
            std::span<const CountedCover> aggregates, LatticeRows& rows,
            const TotalDemand& demand)
      : aggregates_(aggregates), demand_(demand) {
    joint_.slices = slices_of(model, cover, joint_.paid_certain, joint_.counted_certain);
    if (!apart()) return;
    joint_.retained = std::max(0.0, cover.retained_usd - joint_.paid_certain);
    joint_.certain_left = std::max(0.0, joint_.paid_certain - cover.retained_usd);
    joint_.paid = lattice_total(model, cover.of_members, cover.of_personal, rows,
                                {{joint_.paid_certain + joint_.retained}, {}});
    joint_.counted = counted_law(model, cover, rows);
    joint_.counted_reach =
        std::max(joint_.counted->quantile(counted_level) - joint_.counted_certain, 1.0);
    for (const JointSlice& slice : joint_.slices) {
      const double cv = counted_cv(slice);
      joint_.main.push_back(shifted(slice.years, cv, false));
      joint_.between.push_back(shifted(slice.years, cv, true));
    }
  }

  std::vector<JointLaw> laws() {
    if (!apart()) return {};
    std::vector<JointLaw> laws;
    std::vector<JointTotal*> totals;
    for (const CountedCover& aggregate : aggregates_) laws.push_back(law_of(aggregate, totals));
    const double reach = reach_of();
    const JointGrid fine = grid_of(joint_, reach, counted_points, paid_points);
    const JointGrid coarse = grid_of(joint_, reach, counted_points / 2, paid_points / 2);
    look(fine, joint_.main, laws, totals, false);
    look(coarse, joint_.between, laws, totals, true);
    return laws;
  }

 private:
  bool apart() const {
    for (const JointSlice& slice : joint_.slices) {
      for (const JointPerson& person : slice.persons) {
        if (!person.apart()) return false;
      }
    }
    return true;
  }

  std::unique_ptr<TotalLaw> counted_law(const YearModel& model, const JointCover& cover,
                                        LatticeRows& rows) const {
    std::vector<PersonFunction> personal;
    for (const double cap : cover.counted.personal_usd) personal.push_back({{{0, 1}, {cap, 0}}});
    TotalDemand demand{{}, {counted_level}};
    for (const CountedCover& aggregate : aggregates_) {
      demand.amounts_usd.push_back(aggregate.attachment_usd);
      if (std::isfinite(aggregate.limit_usd)) demand.amounts_usd.push_back(limit_at(aggregate));
    }
    return lattice_total(model, {{{0, 1}, {cover.counted.group_usd, 0}}}, personal, rows, demand);
  }

  /// All but the shape, which the looks give.
  JointLaw law_of(const CountedCover& aggregate, std::vector<JointTotal*>&) const {
    JointLaw law;
    const TailAt specific = joint_.paid->at(joint_.paid_certain + joint_.retained);
    law.specific_mean_usd = joint_.certain_left + specific.excess;
    law.aggregate_mean_usd = payout_moments(aggregate, *joint_.counted).mean;
    return law;
  }

  void look(const JointGrid& grid, const SliceNodes& nodes, std::vector<JointLaw>& laws,
            std::vector<JointTotal*>& totals, bool again) {
    JointLattice lattice(joint_.slices, nodes, grid);
    const TailAt specific = joint_.paid->at(joint_.paid_certain + joint_.retained);
    for (std::size_t i = 0; i < laws.size(); ++i) {
      const PayoutMoments payout = payout_moments(aggregates_[i], *joint_.counted);
      const double product = product_of(lattice, joint_, grid, aggregates_[i], payout.mean);
      const double covariance = product - specific.excess * payout.mean;
      if (again) {
        laws[i].covariance_error_usd2 = std::abs(covariance - laws[i].covariance_usd2);
        const double sd = totals[i]->sd_usd();
        const double mean_error = joint_.paid->mean_error_usd() +
                                  joint_.counted->error_at(aggregates_[i].attachment_usd).excess;
        totals[i]->set_errors(mean_error, sd > 0 ? laws[i].covariance_error_usd2 / sd : 0);
        continue;
      }
      laws[i].covariance_usd2 = covariance;
      auto total = std::make_unique<JointTotal>(
          specific.excess + payout.mean, specific.excess_squared + 2 * product + payout.square,
          joint_.certain_left, counted_part(aggregates_[i], joint_.counted_certain));
      totals.push_back(total.get());
      laws[i].total = std::move(total);
    }
    std::vector<double> means;
    for (const CountedCover& aggregate : aggregates_) {
      means.push_back(lattice.paid_mean(retained_steps(joint_, grid)) +
                      lattice.payout_mean(payout_of(aggregate, joint_.counted_certain)));
    }
    if (joint_.retained > 0) lattice.retain(retained_steps(joint_, grid));
    for (std::size_t i = 0; i < laws.size(); ++i) {
      totals[i]->look(mass_of(lattice, joint_, aggregates_[i]), grid.paid_step_usd, means[i]);
    }
  }

  /// Amounts, and the highest percentile by a coarse look.
  double reach_of() const {
    double reach = highest(demand_.amounts_usd) - joint_.certain_left;
    if (demand_.levels.empty()) return std::max(reach, 1.0);
    const double level = highest(demand_.levels);
    double bound = 1;
    for (const CountedCover& aggregate : aggregates_) {
      const TailAt specific = joint_.paid->at(joint_.paid_certain + joint_.retained);
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
    const JointGrid grid = grid_of(joint_, bound, pilot_points / 2, 2 * pilot_points);
    JointLattice lattice(joint_.slices, joint_.between, grid);
    if (joint_.retained > 0) lattice.retain(retained_steps(joint_, grid));
    double found = 0;
    for (const CountedCover& aggregate : aggregates_) {
      const std::vector<double> mass = mass_of(lattice, joint_, aggregate);
      const LatticeCurve curve(mass, std::max(0.0, mass[0]));
      found = std::max(found, curve.quantile(level));
    }
    return std::min(bound, spare * (found + 3) * grid.paid_step_usd);
  }

  Joint joint_;
  std::span<const CountedCover> aggregates_;
  const TotalDemand& demand_;
};

}  // namespace

std::vector<JointLaw> joint_laws(const YearModel& model, const JointCover& cover,
                                 std::span<const CountedCover> aggregates, LatticeRows& rows,
                                 const TotalDemand& demand) {
  return JointWork(model, cover, aggregates, rows, demand).laws();
}

std::unique_ptr<TotalLaw> joint_total(const YearModel& model, const JointCover& cover,
                                      const CountedCover& aggregate, LatticeRows& rows,
                                      const TotalDemand& demand) {
  std::vector<JointLaw> laws = joint_laws(model, cover, {&aggregate, 1}, rows, demand);
  return laws.empty() ? nullptr : std::move(laws.front().total);
}

}  // namespace corridor
