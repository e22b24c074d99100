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

NodePlan::Window NodePlan::window(const Families& families, const std::vector<LawPart>& mixture,
                                  RowForm form) {
  const SliceFamilies::Reach reach = slice_families().reach_of(families);
  const double step = std::log(setting_.step_usd);
  const int first = grid_.around(reach.low - step).first;
  const int last = grid_.around(reach.high - step).first + 3;
  const PaidFunction& paid = paid_[families.front()->paid];
  tables_.push_back(shared_.table({mixture, paid, form, setting_.points, grid_}));
  return {grid_, first, tables_.back()->rows(first, last)};
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
  const Window in =
      window({&family}, family.mixture, merged_ ? RowForm::rest : RowForm::logarithm);
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
    windows.push_back(window({&family}, {{part.law, 1}}, RowForm::plain));
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
  const TableLaw* law = families.front()->mixture.front().law;
  const Window in = window(families, {{law, 1}}, RowForm::plain);
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
  const int degree = slice_families().powers_needed(families);
  if (degree <= NodeTerms::degree_max &&
      slice_families().powers_are_cheaper(families, degree, grid_.step)) {
    add_powers(families, degree);
  } else {
    for (const Family* family : families) add_factors(*family);
  }
}

void NodePlan::add_paid_alike(const Families& families) {
  const SliceFamilies decide = slice_families();
  if (decide.own_rows_are_fewer(families)) {
    for (const Family* family : families) add_own(*family);
    return;
  }
  merged_ = decide.merging_pays(families);
  grid_ = {merged_ ? decide.rest_grid_step(families) : whole_grid_step, setting_.grid_shift};
  if (merged_) add_merged(families);
  std::vector<Families> thinned;  // of one law each
  for (const Family* family : families) {
    if (decide.logarithms_allowed(*family)) {
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
