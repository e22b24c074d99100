// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/node_plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <unordered_map>

#include "host/exact/lattice/merged_claims.hpp"

namespace corridor {
namespace {

/// Fewer persons of a mixture are cheaper as factors than as a table of their own.
constexpr std::size_t table_persons = 48, power_persons = 64;
/// Below this chance 1 + U stays in the right half plane, and above this many persons a jump of a
/// logarithm's phase lies where the product has vanished.
constexpr double logarithm_chance = 0.45, many_persons = 200;
/// Above it the rest is no smaller than the whole.
constexpr double merging_chance = 0.25;
/// What the powers of U beyond the last may add to a total's logarithm.
constexpr double power_error = 1e-9;
/// Years beyond this score are so rare that what is wrong with their phase does not show.
constexpr double usual_score = 4;

/// Where a scale lies among the rows: weights of the four around it.
struct Cubic {
  int first;
  std::array<double, 4> weight;
};
Cubic cubic_at(double log_scale, double offset) {
  const double position = (log_scale - offset) / RowTable::step;
  const double left = std::floor(position), u = position - left;
  return {static_cast<int>(left) - 1,
          {-u * (u - 1) * (u - 2) / 6, (u + 1) * (u - 1) * (u - 2) / 2, -(u + 1) * u * (u - 2) / 2,
           (u + 1) * u * (u - 1) / 6}};
}

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

bool is_whole(const Family& family) {
  return family.mixture.size() == 1 && family.mixture.front().weight == 1;
}

}  // namespace

NodePlan::NodePlan(const GroupFamilies& group, const LatticeSetting& setting, LatticeRows& rows)
    : group_(group), setting_(setting), shared_(rows), transform_(setting.points) {
  for (const PaidFunction& paid : group.paid) paid_.push_back(paid.in_units(setting.step_usd));
}

RowKind NodePlan::kind(const Family& family, const std::vector<LawPart>& mixture,
                       RowForm form) const {
  return {mixture, paid_[family.paid], form, setting_.points, setting_.grid_offset};
}

const LatticeRow& NodePlan::own_row(const Family& family, double log_scale) {
  own_.push_back(lattice_row(family.mixture, paid_[family.paid],
                             std::exp(log_scale) / setting_.step_usd, RowForm::logarithm,
                             tilted(setting_.points), transform_));
  return own_.back();
}

NodePlan::Reach NodePlan::reach_of(const Family& family, std::span<const EffectNode> nodes) const {
  Reach reach{family.persons.front().log_scale, highest_scale(family)};
  for (const Family::Like& like : family.persons) reach.low = std::min(reach.low, like.log_scale);
  const double step = std::log(setting_.step_usd);
  return {reach.low + nodes.front().log_severity - step,
          reach.high + nodes.back().log_severity - step};
}

NodePlan::Window NodePlan::window(const Family& family, const std::vector<LawPart>& mixture,
                                  RowForm form, const Reach& reach) {
  const int first = cubic_at(reach.low, setting_.grid_offset).first;
  const int last = cubic_at(reach.high, setting_.grid_offset).first + 3;
  tables_.push_back(shared_.table(kind(family, mixture, form)));
  return {first, tables_.back()->rows(first, last)};
}

/// The largest chance of a person of a family that anything is paid.
double NodePlan::chance(const Family& family, const FamilySlice& slice, double score) const {
  const double scale =
      std::exp(highest_scale(family) + slice.years.log_severity + score * slice.years.sigma);
  double sum = 0;
  for (const LawPart& part : family.mixture) {
    sum += part.weight * paid_moments(group_.paid[family.paid], *part.law, scale).positive;
  }
  return sum;
}

bool NodePlan::logarithms_allowed(const Family& family, const FamilySlice& slice) const {
  return family.persons_count() >= many_persons ||
         chance(family, slice, usual_score) < logarithm_chance;
}

// |U| is at most about twice the chance that anything is paid.
bool NodePlan::powers_allowed(const Family& family, const FamilySlice& slice) const {
  const double size = 2 * chance(family, slice, usual_score);
  return family.persons_count() * std::pow(size, NodeTerms::degree + 1) < power_error;
}

bool NodePlan::worth_merging(const std::vector<const Family*>& families,
                             const FamilySlice& slice) const {
  if (!(group_.paid[families.front()->paid].lines.front().from_usd > 0)) return false;
  double mean = 0, persons = 0;
  for (const Family* family : families) {
    mean += family->persons_count() * chance(*family, slice, 0);
    persons += family->persons_count();
  }
  return mean < merging_chance * persons;
}

void NodePlan::add_own(const Family& family, std::span<const EffectNode> nodes) {
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    for (const Family::Like& like : family.persons) {
      nodes_[first_node_ + i].logarithms.push_back(
          {&own_row(family, like.log_scale + nodes[i].log_severity), like.count});
    }
  }
}

void NodePlan::add_binned(const Family& family, RowForm form, std::span<const EffectNode> nodes) {
  const Window in = window(family, family.mixture, form, reach_of(family, nodes));
  const double step = std::log(setting_.step_usd);
  std::vector<double> weight(in.rows.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    std::fill(weight.begin(), weight.end(), 0);
    for (const Family::Like& like : family.persons) {
      const Cubic at =
          cubic_at(like.log_scale + nodes[i].log_severity - step, setting_.grid_offset);
      double* to = weight.data() + (at.first - in.first);
      for (std::size_t k = 0; k < 4; ++k) to[k] += like.count * at.weight[k];
    }
    for (std::size_t k = 0; k < weight.size(); ++k) {
      if (weight[k] != 0) nodes_[first_node_ + i].logarithms.push_back({in.rows[k], weight[k]});
    }
  }
}

void NodePlan::add_factors(const Family& family, bool merged, std::span<const EffectNode> nodes) {
  std::vector<Window> windows;
  for (const LawPart& part : family.mixture) {
    windows.push_back(window(family, {{part.law, 1}}, RowForm::plain, reach_of(family, nodes)));
  }
  const double step = std::log(setting_.step_usd);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    NodeTerms& terms = nodes_[first_node_ + i];
    for (const Family::Like& like : family.persons) {
      const Cubic at =
          cubic_at(like.log_scale + nodes[i].log_severity - step, setting_.grid_offset);
      const auto first = static_cast<std::uint32_t>(terms.linear.size());
      for (std::size_t part = 0; part < windows.size(); ++part) {
        const auto offset = static_cast<std::size_t>(at.first - windows[part].first);
        for (std::size_t k = 0; k < 4; ++k) {
          const LatticeRow* row = windows[part].rows[offset + k];
          const double weight = family.mixture[part].weight * at.weight[k];
          terms.linear.push_back({row, weight});
          if (merged) terms.logarithms.push_back({row, -like.count * weight});
        }
      }
      const auto count = static_cast<std::uint32_t>(4 * windows.size());
      terms.factors.push_back({first, count, like.count});
    }
  }
}

// log(1 + w U) = w U - w^2 U^2 / 2 + ..., each power of U interpolated between rows.
void NodePlan::add_powers(const std::vector<const Family*>& families, bool merged,
                          std::span<const EffectNode> nodes) {
  Reach reach = reach_of(*families.front(), nodes);
  for (const Family* family : families) {
    const Reach other = reach_of(*family, nodes);
    reach = {std::min(reach.low, other.low), std::max(reach.high, other.high)};
  }
  const Family& one = *families.front();
  const Window in = window(one, {{one.mixture.front().law, 1}}, RowForm::plain, reach);
  const double step = std::log(setting_.step_usd);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    std::vector<NodeTerms::Polynomial> at_row(in.rows.size());
    for (const Family* family : families) {
      const double w = family->mixture.front().weight;
      for (const Family::Like& like : family->persons) {
        const Cubic at =
            cubic_at(like.log_scale + nodes[i].log_severity - step, setting_.grid_offset);
        for (std::size_t k = 0; k < 4; ++k) {
          auto& to = at_row[static_cast<std::size_t>(at.first - in.first) + k].coefficients;
          double power = -like.count * at.weight[k];
          for (std::size_t m = 0; m < to.size(); ++m) {
            power *= -w;
            to[m] += power / static_cast<double>(m + 1);
          }
        }
      }
    }
    for (std::size_t k = 0; k < at_row.size(); ++k) {
      if (at_row[k].coefficients[0] == 0) continue;
      if (merged) at_row[k].coefficients[0] = 0;
      at_row[k].row = in.rows[k];
      nodes_[first_node_ + i].polynomials.push_back(at_row[k]);
    }
  }
}

// The first powers of everybody's U at once, without rows between which to interpolate.
void NodePlan::add_merged(const std::vector<const Family*>& families,
                          std::span<const EffectNode> nodes) {
  const PaidFunction& paid = group_.paid[families.front()->paid];
  const PaidFunction& in_steps = paid_[families.front()->paid];
  const double lowest = std::exp(nodes.front().log_severity);
  const double highest = std::exp(nodes.back().log_severity);
  const double end = paid.amount_for(setting_.step_usd * static_cast<double>(setting_.points));
  const MergedClaims merged(families, paid.lines.front().from_usd / highest, end / lowest);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const double severity = std::exp(nodes[i].log_severity) / setting_.step_usd;
    CellSpread spread(setting_.points);
    const double positive = merged.spread(in_steps, severity, spread);
    PaidMoments sum;
    for (const Family* family : families) {
      for (const Family::Like& like : family->persons) {
        const double scale = severity * std::exp(like.log_scale);
        for (const LawPart& part : family->mixture) {
          const PaidMoments of_law = paid_moments(in_steps, *part.law, scale);
          sum.positive += like.count * part.weight * of_law.positive;
          sum.mean += like.count * part.weight * of_law.mean;
          sum.square += like.count * part.weight * of_law.square;
        }
      }
    }
    own_.push_back({plain_spectrum(spread, positive, tilted(setting_.points), transform_),
                    -sum.positive, sum.mean, sum.square});
    nodes_[first_node_ + i].logarithms.push_back({&own_.back(), 1});
  }
}

void NodePlan::add_paid_alike(const std::vector<const Family*>& families, const FamilySlice& slice,
                              std::span<const EffectNode> nodes) {
  std::size_t kinds = 0;
  double rows = 0;
  for (const Family* family : families) {
    const Reach reach = reach_of(*family, nodes);
    rows = std::max(rows, (reach.high - reach.low) / RowTable::step + 4);
    kinds += family->persons.size();
  }
  if (static_cast<double>(kinds * nodes.size()) <= rows) {
    for (const Family* family : families) add_own(*family, nodes);
    return;
  }
  const bool merged = worth_merging(families, slice);
  if (merged) add_merged(families, nodes);
  std::vector<std::vector<const Family*>> thinned;  // of one law each
  for (const Family* family : families) {
    const bool worth_a_table = is_whole(*family) || family->persons.size() >= table_persons;
    if (worth_a_table && logarithms_allowed(*family, slice)) {
      add_binned(*family, merged ? RowForm::rest : RowForm::logarithm, nodes);
    } else if (family->mixture.size() == 1 && powers_allowed(*family, slice)) {
      const auto same = std::find_if(thinned.begin(), thinned.end(), [&](const auto& some) {
        return some.front()->mixture.front().law == family->mixture.front().law;
      });
      (same == thinned.end() ? thinned.emplace_back() : *same).push_back(family);
    } else {
      add_factors(*family, merged, nodes);
    }
  }
  for (const auto& some : thinned) {
    std::size_t persons = 0;
    for (const Family* family : some) persons += family->persons.size();
    if (persons >= power_persons) {
      add_powers(some, merged, nodes);
    } else {
      for (const Family* family : some) add_factors(*family, merged, nodes);
    }
  }
}

void NodePlan::add(const FamilySlice& slice, std::span<const EffectNode> nodes) {
  first_node_ = nodes_.size();
  for (const EffectNode& node : nodes) {
    nodes_.emplace_back();
    nodes_.back().weight = slice.years.weight * node.weight;
  }
  std::map<std::size_t, std::vector<const Family*>> paid_alike;
  for (const Family& family : slice.families) paid_alike[family.paid].push_back(&family);
  for (const auto& [paid, families] : paid_alike) add_paid_alike(families, slice, nodes);
  for (std::size_t i = first_node_; i < nodes_.size(); ++i) join_rows(nodes_[i].logarithms);
}

}  // namespace corridor
