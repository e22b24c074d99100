// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <span>
#include <vector>

#include "host/simulate/year_blocks.hpp"
#include "host/tail/paid_years.hpp"
#include "host/tail/person_layer.hpp"
#include "kernels/lane/grid.hpp"

namespace corridor {

/// Amounts at which a run counts the years in which some person's claims are larger, dollars.
inline constexpr std::array<double, 11> claim_ladder_usd{
    250e3, 500e3, 750e3, 1e6, 1.5e6, 2e6, 3e6, 5e6, 7.5e6, 10e6, 15e6};

/// What one group adds to a year of the book, cents.
struct GroupYear {
  Cents ground_up = 0;  ///< eligible claims on the specific's basis
  Cents counted = 0;    ///< claims that count to the aggregate
  Cents specific_before_asd = 0;
  Cents specific = 0;  ///< paid by the covers
  Cents aggregate = 0;
  std::uint8_t rung = 0;  ///< amounts of claim_ladder_usd that some person's claims exceed

  Cents gross() const { return specific + aggregate; }
  Cents employer() const { return ground_up - gross(); }
};

/// One group on its bound terms: the plan's job over further thresholds, for layers of each person
/// and for the size of the largest claim. Draws do not depend on thresholds, so a year pays to the
/// cent what it pays in a pricing run. Borrows the job.
class TailGroup {
 public:
  /// `job`      of a plan on bound terms: one row with at most one attachment
  /// `captive`  number of the group's captive, 0 without one
  /// throws     Error{bad_data} where the layers need more thresholds than a pass has
  TailGroup(const GroupJob& job, std::span<const PersonLayer> layers, std::uint16_t captive);
  TailGroup(TailGroup&&) = default;
  TailGroup& operator=(TailGroup&&) = default;

  /// For the back end: without rows, which are `row`.
  const GroupJob& job() const { return *job_; }
  const GridRow& row() const { return row_; }
  std::uint32_t member_count() const { return job_->group.member_count; }

  /// Row `at` of the job's sums.
  GroupYear year(SumsView sums, std::uint64_t at) const;

  /// The same of rows [at, at + count), but for claims; `count` is at most PaidYears::most.
  void pay(SumsView sums, std::uint64_t at, std::uint32_t count, PaidYears& paid) const;

  /// Raises rungs[y] to GroupYear::rung of row at + y where that is higher.
  void raise_rungs(SumsView sums, std::uint64_t at, std::uint32_t count,
                   std::uint8_t* rungs) const;

  /// Adds layer() of rows [at, at + count) to to[0] on.
  void add_layer(std::size_t layer, SumsView sums, std::uint64_t at, std::uint32_t count,
                 Cents* to) const;

  /// The layers as rows whose specific pays them, for closed forms.
  std::vector<GridRow> layer_rows() const;

  /// The persons' payouts in layer `layer` of the constructor's, cents, before any treaty's share.
  Cents layer(std::size_t layer, SumsView sums, std::uint64_t at) const;

 private:
  struct Bounds {
    std::uint32_t low = 0, high = 0;  ///< thresholds; equal: nothing is in the layer
  };

  std::unique_ptr<GroupOverThresholds> specific_, counted_;
  std::unique_ptr<GroupJob> job_;
  GridRow row_;
  std::vector<Bounds> layers_;         ///< [layer]
  std::vector<std::uint32_t> ladder_;  ///< [rung] threshold
};

}  // namespace corridor
