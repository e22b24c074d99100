// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/node_plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <unordered_map>

namespace corridor {
namespace {

/// Fewer persons of a mixture are cheaper as factors than as a table of their own.
constexpr std::size_t table_persons = 48;
/// Below this chance 1 + U stays in the right half plane, and above this many persons a jump of a
/// logarithm's phase lies where the product has vanished.
constexpr double logarithm_chance = 0.45, many_persons = 200;
/// Above it the rest is no smaller than the whole.
constexpr double merging_chance = 0.2;
/// What the powers of U beyond the last may add to a total's logarithm.
constexpr double power_error = 1e-8;
/// Years beyond this score are so rare that what is wrong with them does not show.
constexpr double usual_score = 4;
/// Of the grid of shared rows where they hold all of U.
constexpr double grid_step = 0.05;
/// Times of a person as a factor and of a row's power, in those of adding a row.
constexpr double factor_cost = 6.5, power_cost = 3;

double highest_scale(const Family& family) {
  double highest = family.persons.front().log_scale;
  for (const Family::Like& like : family.persons) highest = std::max(highest, like.log_scale);
  return highest;
}

/// One term a row, in the order of their first mention, so that sums do not depend on addresses.
void join_rows(std::vector<NodeTerms::Scaled>& terms) {
  std::unordered_map<const LatticeRow*, std::size_t> place;
  std::vector<NodeTerms::Scaled> joined;
  for (const NodeTerms::Scaled& term : terms) {
    const auto [at, made] = place.try_emplace(term.row, joined.size());
    if (made) {
      joined.push_back(term);
    } else {
      joined[at->second].coefficient += term.coefficient;
    }
  }
  terms = std::move(joined);
}

/// The rest of many persons is so large that its interpolation shows.
double rest_grid_step(double rest) {
  if (rest < 1) return 0.1;
  return rest < 30 ? 0.05 : 0.025;
}

double mean_scale(const Family& family) {
  double sum = 0;
  for (const Family::Like& like : family.persons) sum += like.count * like.log_scale;
  return sum / family.persons_count();
}

bool is_whole(const Family& family) {
  return family.mixture.size() == 1 && family.mixture.front().weight == 1;
}

}  // namespace

NodePlan::NodePlan(const GroupFamilies& group, const LatticeSetting& setting, LatticeRows& rows,
                   MergedStore& merged)
    : group_(group),
      setting_(setting),
      shared_(rows),
      merged_store_(merged),
      transform_(setting.points) {
  for (const PaidFunction& paid : group.paid) paid_.push_back(paid.in_units(setting.step_usd));
}

/// In steps of the lattice.
double NodePlan::log_scale(const Family::Like& like, std::size_t node) const {
  return like.log_scale + effects_[node].log_severity - std::log(setting_.step_usd);
}

const LatticeRow& NodePlan::own_row(const Family& family, double log_scale) {
  own_.push_back(lattice_row(family.mixture, paid_[family.paid], std::exp(log_scale),
                             RowForm::logarithm, tilted(setting_.points), transform_));
  return own_.back();
}

NodePlan::Reach NodePlan::reach_of(const Family& family) const {
  Reach reach{family.persons.front().log_scale, highest_scale(family)};
  for (const Family::Like& like : family.persons) reach.low = std::min(reach.low, like.log_scale);
  const double step = std::log(setting_.step_usd);
  return {reach.low + effects_.front().log_severity - step,
          reach.high + effects_.back().log_severity - step};
}

NodePlan::Reach NodePlan::reach_of(const Families& families) const {
  Reach all = reach_of(*families.front());
  for (const Family* family : families) {
    const Reach reach = reach_of(*family);
    all = {std::min(all.low, reach.low), std::max(all.high, reach.high)};
  }
  return all;
}

NodePlan::Window NodePlan::window(const Family& family, const std::vector<LawPart>& mixture,
                                  RowForm form, const Reach& reach) {
  const int first = grid_.around(reach.low).first, last = grid_.around(reach.high).first + 3;
  tables_.push_back(shared_.table({mixture, paid_[family.paid], form, setting_.points, grid_}));
  return {grid_, first, tables_.back()->rows(first, last)};
}

/// The chance of a person of a family that anything is paid, with a size and an effect's score.
double NodePlan::chance(const Family& family, double log_scale, double score) const {
  const YearSlice& years = slice_->years;
  const double scale = std::exp(log_scale + years.log_severity + score * years.sigma);
  const double threshold = group_.paid[family.paid].lines.front().from_usd / scale;
  double sum = 0;
  for (const LawPart& part : family.mixture) sum += part.weight * part.law->survival(threshold);
  return sum;
}

bool NodePlan::logarithms_allowed(const Family& family) const {
  return family.persons_count() >= many_persons ||
         chance(family, highest_scale(family), usual_score) < logarithm_chance;
}

/// So many powers of U tell log(1 + w U) well enough; more than there are where none do. |U| is at
/// most about twice the chance that anything is paid.
int NodePlan::powers_needed(const Families& families) const {
  double size = 0, persons = 0;
  for (const Family* family : families) {
    size = std::max(size, 2 * chance(*family, highest_scale(*family), usual_score));
    persons += family->persons_count();
  }
  int degree = 2;
  while (degree <= NodeTerms::degree_max && persons * std::pow(size, degree + 1) > power_error) {
    ++degree;
  }
  return degree;
}

/// Persons expected to be paid anything at the central severity, and what is left of their
/// logarithms then, as if everybody of a family were of its middle size.
NodePlan::Expected NodePlan::expected(const Families& families) const {
  Expected sum;
  for (const Family* family : families) {
    const double middle = chance(*family, mean_scale(*family), 0);
    sum.persons += family->persons_count();
    sum.paid += family->persons_count() * middle;
    sum.rest += family->persons_count() * middle * middle;
  }
  return sum;
}

bool NodePlan::powers_are_cheaper(const Families& families, int degree) const {
  double persons = 0;
  for (const Family* family : families) persons += static_cast<double>(family->persons.size());
  const Reach reach = reach_of(families);
  const double of_effects = effects_.back().log_severity - effects_.front().log_severity;
  const double rows = (reach.high - reach.low - of_effects) / grid_.step + 4;
  return persons * factor_cost > rows * degree * power_cost;
}

void NodePlan::add_own(const Family& family) {
  for (std::size_t i = 0; i < effects_.size(); ++i) {
    for (const Family::Like& like : family.persons) {
      nodes_[first_node_ + i].logarithms.push_back(
          {&own_row(family, log_scale(like, i)), like.count});
    }
  }
}

void NodePlan::add_binned(const Family& family) {
  const Window in = window(family, family.mixture, merged_ ? RowForm::rest : RowForm::logarithm,
                           reach_of(family));
  std::vector<double> weight(in.rows.size());
  for (std::size_t i = 0; i < effects_.size(); ++i) {
    std::fill(weight.begin(), weight.end(), 0);
    for (const Family::Like& like : family.persons) {
      const RowGrid::Four at = in.grid.around(log_scale(like, i));
      double* to = weight.data() + (at.first - in.first);
      for (std::size_t k = 0; k < 4; ++k) to[k] += like.count * at.weight[k];
    }
    for (std::size_t k = 0; k < weight.size(); ++k) {
      if (weight[k] != 0) nodes_[first_node_ + i].logarithms.push_back({in.rows[k], weight[k]});
    }
  }
}

void NodePlan::add_factors(const Family& family) {
  std::vector<Window> windows;
  for (const LawPart& part : family.mixture) {
    windows.push_back(window(family, {{part.law, 1}}, RowForm::plain, reach_of(family)));
  }
  for (std::size_t i = 0; i < effects_.size(); ++i) {
    NodeTerms& terms = nodes_[first_node_ + i];
    for (const Family::Like& like : family.persons) {
      const RowGrid::Four at = grid_.around(log_scale(like, i));
      const auto first = static_cast<std::uint32_t>(terms.linear.size());
      for (std::size_t part = 0; part < windows.size(); ++part) {
        const auto offset = static_cast<std::size_t>(at.first - windows[part].first);
        for (std::size_t k = 0; k < 4; ++k) {
          const LatticeRow* row = windows[part].rows[offset + k];
          const double weight = family.mixture[part].weight * at.weight[k];
          terms.linear.push_back({row, weight});
          if (merged_) terms.logarithms.push_back({row, -like.count * weight});
        }
      }
      const auto count = static_cast<std::uint32_t>(4 * windows.size());
      terms.factors.push_back({first, count, like.count});
    }
  }
}

// log(1 + w U) = w U - w^2 U^2 / 2 + ..., each power of U interpolated between rows.
void NodePlan::add_powers(const Families& families, int degree) {
  const Family& one = *families.front();
  const Window in = window(one, {{one.mixture.front().law, 1}}, RowForm::plain, reach_of(families));
  for (std::size_t i = 0; i < effects_.size(); ++i) {
    std::vector<NodeTerms::Polynomial> at_row(in.rows.size());
    for (const Family* family : families) {
      const double w = family->mixture.front().weight;
      for (const Family::Like& like : family->persons) {
        const RowGrid::Four at = in.grid.around(log_scale(like, i));
        for (std::size_t k = 0; k < 4; ++k) {
          auto& to = at_row[static_cast<std::size_t>(at.first - in.first) + k].coefficients;
          double power = -like.count * at.weight[k];
          for (std::size_t m = 0; m < static_cast<std::size_t>(degree); ++m) {
            power *= -w;
            to[m] += power / static_cast<double>(m + 1);
          }
        }
      }
    }
    for (std::size_t k = 0; k < at_row.size(); ++k) {
      if (at_row[k].coefficients[0] == 0) continue;
      if (merged_) at_row[k].coefficients[0] = 0;
      at_row[k].row = in.rows[k];
      at_row[k].degree = degree;
      nodes_[first_node_ + i].polynomials.push_back(at_row[k]);
    }
  }
}

// The first powers of everybody's U at once, without rows between which to interpolate.
void NodePlan::add_merged(const Families& families) {
  const PaidFunction& paid = group_.paid[families.front()->paid];
  const double lowest = std::exp(effects_.front().log_severity);
  const double highest = std::exp(effects_.back().log_severity);
  // Moments are asked for at the last line's start too, which may lie beyond the lattice.
  const double end =
      std::max(paid.amount_for(setting_.step_usd * static_cast<double>(setting_.points)),
               paid.lines.back().from_usd);
  const MergedClaims& merged =
      merged_store_.of(*slice_, families, paid.lines.front().from_usd / highest, end / lowest);
  for (std::size_t i = 0; i < effects_.size(); ++i) {
    const PaidFunction& in_steps = paid_[families.front()->paid];
    const double severity = std::exp(effects_[i].log_severity) / setting_.step_usd;
    CellSpread spread(setting_.points);
    merged.spread(in_steps, severity, spread);
    const PaidMoments sum = paid_moments(in_steps, merged, severity);
    own_.push_back({plain_spectrum(spread, sum.positive, tilted(setting_.points), transform_),
                    -sum.positive, sum.mean, sum.square});
    nodes_[first_node_ + i].logarithms.push_back({&own_.back(), 1});
  }
}

/// Persons of one law with various weights below 1.
void NodePlan::add_thinned(const Families& families) {
  const int degree = powers_needed(families);
  if (degree <= NodeTerms::degree_max && powers_are_cheaper(families, degree)) {
    add_powers(families, degree);
  } else {
    for (const Family* family : families) add_factors(*family);
  }
}

void NodePlan::add_paid_alike(const Families& families) {
  std::size_t kinds = 0;
  for (const Family* family : families) kinds += family->persons.size();
  const Reach reach = reach_of(families);
  const double shared_rows = (reach.high - reach.low) / grid_step + 4;
  if (static_cast<double>(kinds * effects_.size()) <= shared_rows) {
    for (const Family* family : families) add_own(*family);
    return;
  }
  const Expected at_centre = expected(families);
  merged_ = group_.paid[families.front()->paid].lines.front().from_usd > 0 &&
            at_centre.paid < merging_chance * at_centre.persons;
  grid_ = {merged_ ? rest_grid_step(at_centre.rest) : grid_step, setting_.grid_shift};
  if (merged_) add_merged(families);
  std::vector<Families> thinned;  // of one law each
  for (const Family* family : families) {
    const bool worth_a_table = is_whole(*family) || family->persons.size() >= table_persons;
    if (worth_a_table && logarithms_allowed(*family)) {
      add_binned(*family);
    } else if (family->mixture.size() == 1) {
      const auto same = std::find_if(thinned.begin(), thinned.end(), [&](const Families& some) {
        return some.front()->mixture.front().law == family->mixture.front().law;
      });
      (same == thinned.end() ? thinned.emplace_back() : *same).push_back(family);
    } else {
      add_factors(*family);
    }
  }
  for (const Families& some : thinned) add_thinned(some);
}

void NodePlan::add(const FamilySlice& slice, std::span<const EffectNode> effects) {
  slice_ = &slice;
  effects_ = effects;
  first_node_ = nodes_.size();
  for (const EffectNode& effect : effects) {
    nodes_.emplace_back();
    nodes_.back().weight = slice.years.weight * effect.weight;
  }
  std::map<std::size_t, Families> paid_alike;
  for (const Family& family : slice.families) paid_alike[family.paid].push_back(&family);
  for (const auto& [paid, families] : paid_alike) add_paid_alike(families);
  for (std::size_t i = first_node_; i < nodes_.size(); ++i) join_rows(nodes_[i].logarithms);
}

}  // namespace corridor
