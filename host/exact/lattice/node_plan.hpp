// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <span>
#include <vector>

#include "host/exact/capped/effect_nodes.hpp"
#include "host/exact/lattice/group_families.hpp"
#include "host/exact/lattice/lattice_rows.hpp"
#include "host/exact/lattice/node_terms.hpp"

namespace corridor {

/// Where a group's total is looked at.
struct LatticeSetting {
  double step_usd = 1;
  std::size_t points = 0;
  double grid_offset = 0;  ///< of the grid of shared rows, in logarithms of scales
};

/// Terms of every node of a group, with the rows that they point at.
class NodePlan {
 public:
  NodePlan(const GroupFamilies& group, const LatticeSetting& setting, LatticeRows& rows);

  /// Adds a slice's nodes.
  void add(const FamilySlice& slice, std::span<const EffectNode> nodes);
  std::span<const NodeTerms> nodes() const { return nodes_; }

 private:
  struct Reach {
    double low = 0, high = 0;  ///< logarithms
  };
  /// Rows of a table over some scales.
  struct Window {
    int first = 0;
    std::vector<const LatticeRow*> rows;
  };

  const LatticeRow& own_row(const Family& family, double log_scale);
  Window window(const Family& family, const std::vector<LawPart>& mixture, RowForm form,
                const Reach& reach);
  RowKind kind(const Family& family, const std::vector<LawPart>& mixture, RowForm form) const;
  Reach reach_of(const Family& family, std::span<const EffectNode> nodes) const;
  double chance(const Family& family, const FamilySlice& slice, double score) const;
  bool logarithms_allowed(const Family& family, const FamilySlice& slice) const;
  bool powers_allowed(const Family& family, const FamilySlice& slice) const;
  bool worth_merging(const std::vector<const Family*>& families, const FamilySlice& slice) const;

  void add_own(const Family& family, std::span<const EffectNode> nodes);
  void add_binned(const Family& family, RowForm form, std::span<const EffectNode> nodes);
  void add_factors(const Family& family, bool merged, std::span<const EffectNode> nodes);
  void add_powers(const std::vector<const Family*>& families, bool merged,
                  std::span<const EffectNode> nodes);
  void add_merged(const std::vector<const Family*>& families, std::span<const EffectNode> nodes);
  void add_paid_alike(const std::vector<const Family*>& families, const FamilySlice& slice,
                      std::span<const EffectNode> nodes);

  const GroupFamilies& group_;
  LatticeSetting setting_;
  LatticeRows& shared_;
  RealTransform transform_;
  std::vector<PaidFunction> paid_;  ///< in steps
  std::vector<std::shared_ptr<RowTable>> tables_;
  std::deque<LatticeRow> own_;
  std::vector<NodeTerms> nodes_;
  std::size_t first_node_ = 0;  ///< of the slice being added
};

}  // namespace corridor
