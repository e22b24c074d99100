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
#include "host/exact/lattice/merged_claims.hpp"
#include "host/exact/lattice/node_terms.hpp"
#include "host/exact/lattice/slice_families.hpp"

namespace corridor {

/// Where a group's total is looked at.
struct LatticeSetting {
  double step_usd = 1;
  std::size_t points = 0;
  double grid_shift = 0;  ///< of the grid of shared rows, in its steps
  double smoothing = 0;   ///< width of the kernel of merged claims, in spacings of nodes
};

/// Terms of every node of a group, with the rows that they point at.
class NodePlan {
 public:
  NodePlan(const GroupFamilies& group, const LatticeSetting& setting, LatticeRows& rows,
           MergedStore& merged);

  /// Adds a slice's nodes.
  void add(const FamilySlice& slice, std::span<const EffectNode> nodes);
  std::span<const NodeTerms> nodes() const { return nodes_; }

 private:
  /// Rows of a table over some scales.
  struct Window {
    RowGrid grid;
    int first = 0;
    std::vector<const LatticeRow*> rows;
  };

  SliceFamilies slice_families() const { return {group_, *slice_, effects_}; }
  const LatticeRow& own_row(const Family& family, double log_scale);
  /// Rows of `mixture` between all scales of `families`.
  Window window(const Families& families, const std::vector<LawPart>& mixture, RowForm form,
                int power = 1);
  double log_scale(const Family::Like& like, std::size_t node) const;

  double growth_of(const Family& family, int power, std::size_t node) const;
  /// Adds rows in between scales, with a weight for each of a family's persons. Rows grow about as
  /// a power of U does with the scale.
  template <class WeightOf>
  void add_rows(const Window& in, const Families& families, int power, const WeightOf& weight_of);
  void add_own(const Family& family);
  void add_binned(const Family& family);
  void add_factors(const Family& family);
  void add_powers(const Families& families, int degree);
  bool add_merged(const Families& families);
  void add_paid_alike(const Families& families);
  void add_thinned(const Families& families);

  const GroupFamilies& group_;
  LatticeSetting setting_;
  LatticeRows& shared_;
  MergedStore& merged_store_;
  RealTransform transform_;
  std::vector<PaidFunction> paid_;  ///< in steps
  std::vector<std::shared_ptr<RowTable>> tables_;
  std::deque<LatticeRow> own_;
  std::vector<NodeTerms> nodes_;

  // Of the slice being added, and of its families being added.
  const FamilySlice* slice_ = nullptr;
  std::span<const EffectNode> effects_;
  std::size_t first_node_ = 0;
  bool merged_ = false;  ///< the first powers of U are in
  bool smooth_ = false;  ///< under a kernel
  RowGrid grid_;
};

}  // namespace corridor
