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
                                  RowForm form, int power) {
  const SliceFamilies::Reach reach = slice_families().reach_of(families);
  const double step = std::log(setting_.step_usd);
  const int first = grid_.around(reach.low - step).first;
  const int last = grid_.around(reach.high - step).first + 3;
  const PaidFunction& paid = paid_[families.front()->paid];
  tables_.push_back(shared_.table({mixture, paid, form, setting_.points, grid_, power}));
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

/// Of a power of U between rows so far apart that it shows. Claims of few amounts do not grow so.
double NodePlan::growth_of(const Family& family, int power, std::size_t node) const {
  return smooth_ ? power * slice_families().growth(family, effects_[node].log_severity) : 0;
}

template <class WeightOf>
void NodePlan::add_rows(const Window& in, const Families& families, int power,
                        const WeightOf& weight_of) {
  std::vector<double> weight(in.rows.size());
  for (std::size_t i = 0; i < effects_.size(); ++i) {
    std::fill(weight.begin(), weight.end(), 0);
    for (const Family* family : families) {
      const double of_person = weight_of(*family);
      const double growth = growth_of(*family, power, i);
      for (const Family::Like& like : family->persons) {
        const RowGrid::Four at = in.grid.around(log_scale(like, i), growth);
        double* to = weight.data() + (at.first - in.first);
        for (std::size_t k = 0; k < 4; ++k) to[k] += of_person * like.count * at.weight[k];
      }
    }
    for (std::size_t k = 0; k < weight.size(); ++k) {
      if (weight[k] != 0) nodes_[first_node_ + i].logarithms.push_back({in.rows[k], weight[k]});
    }
  }
}

void NodePlan::add_binned(const Family& family) {
  const Window in =
      window({&family}, family.mixture, merged_ ? RowForm::rest : RowForm::logarithm);
  add_rows(in, {&family}, 2, [](const Family&) { return 1.0; });
}

void NodePlan::add_factors(const Family& family) {
  std::vector<Window> windows;
  for (const LawPart& part : family.mixture) {
    windows.push_back(window({&family}, {{part.law, 1}}, RowForm::plain));
  }
  for (std::size_t i = 0; i < effects_.size(); ++i) {
    NodeTerms& terms = nodes_[first_node_ + i];
    const double growth = growth_of(family, 1, i);
    for (const Family::Like& like : family.persons) {
      const RowGrid::Four at = grid_.around(log_scale(like, i), growth);
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

// log(1 + w U) = w^n log(1 + U) + (w - w^n) U - (w^2 - w^n) U^2 / 2 + ..., powers up to n right.
void NodePlan::add_powers(const Families& families, int degree) {
  const std::vector<LawPart> whole{{families.front()->mixture.front().law, 1}};
  const auto share = [](const Family& family, int n) {
    return std::pow(family.mixture.front().weight, n);
  };
  add_rows(window(families, whole, merged_ ? RowForm::rest : RowForm::logarithm), families, 2,
           [&](const Family& family) { return share(family, degree); });
  for (int n = merged_ ? 2 : 1; n < degree; ++n) {
    const auto lacking = [&](const Family& family) {
      return (n % 2 == 1 ? 1 : -1) * (share(family, n) - share(family, degree)) / n;
    };
    add_rows(window(families, whole, RowForm::plain, n), families, n, lacking);
  }
}

// The first powers of everybody's U at once, without rows between which to interpolate. Returns
// whether the claims were smooth enough for a kernel.
bool NodePlan::add_merged(const Families& families) {
  const PaidFunction& paid = group_.paid[families.front()->paid];
  const double lowest = std::exp(effects_.front().log_severity);
  const double highest = std::exp(effects_.back().log_severity);
  // Moments are asked for at the last line's start too, which may lie beyond the lattice.
  const double end =
      std::max(paid.amount_for(setting_.step_usd * static_cast<double>(setting_.points)),
               paid.lines.back().from_usd);
  constexpr double usual_score = 3;
  const YearSlice& years = slice_->years;
  const double from = paid.lines.front().from_usd;
  const double usual = std::exp(years.log_severity + usual_score * years.sigma);
  const double spacing =
      effects_.size() > 1 ? effects_[1].log_severity - effects_[0].log_severity : 0;
  const MergedRange range{from / highest, from / std::min(usual, highest), end / lowest};
  const MergedClaims& merged =
      merged_store_.of(*slice_, families, range, setting_.smoothing * spacing);
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
  return merged.is_smoothed();
}

/// Persons of one law with various weights below 1.
void NodePlan::add_thinned(const Families& families) {
  const SliceFamilies decide = slice_families();
  const SliceFamilies::ByPowers parts = decide.by_powers(families);
  if (!decide.powers_are_cheaper(parts, grid_.step)) {
    for (const Family* family : families) add_factors(*family);
    return;
  }
  Families few;
  for (const Family& family : parts.few) few.push_back(&family);
  add_powers(few, parts.degree);
  for (const Family& family : parts.large) add_factors(family);
}

void NodePlan::add_paid_alike(const Families& families) {
  const SliceFamilies decide = slice_families();
  if (decide.own_rows_are_fewer(families)) {
    for (const Family* family : families) add_own(*family);
    return;
  }
  merged_ = decide.merging_pays(families);
  smooth_ = merged_ && add_merged(families);
  grid_ = {merged_ ? decide.rest_grid_step(families, smooth_) : whole_grid_step,
           setting_.grid_shift};
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
