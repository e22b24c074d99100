// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "host/exact/capped/cap_of_persons.hpp"
#include "host/exact/capped/moment_tables.hpp"
#include "host/exact/joint/counted_cover.hpp"
#include "host/exact/lattice/lattice_rows.hpp"
#include "host/exact/totals/person_function.hpp"
#include "host/exact/totals/total_law.hpp"
#include "host/exact/totals/year_model.hpp"

namespace corridor {

/// What a group's specific pays, and what its aggregate counts, of the same persons.
struct JointCover {
  PersonFunction of_members;                    ///< specific payout of a person's claims
  std::span<const PersonFunction> of_personal;  ///< [personal]
  CapOfPersons counted;                         ///< the aggregate counts claims up to this
  double retained_usd = 0;  ///< aggregating specific: kept of the specific's sum
};

/// Tables that groups share. Without moments what is counted has its law from a lattice, which takes
/// longer.
struct JointTables {
  JointTables(LatticeRows& of_rows, const MomentTables* of_caps = nullptr)
      : rows(of_rows), moments(of_caps) {}

  LatticeRows& rows;
  const MomentTables* moments;  ///< the model and its counted caps were asked of them
};

struct JointLaw {
  std::unique_ptr<TotalLaw> total;  ///< of specific and aggregate payouts together
  double specific_mean_usd = 0, aggregate_mean_usd = 0;
  double covariance_usd2 = 0;  ///< of the two
  double covariance_error_usd2 = 0;
};

/// Law of the payouts of specific and aggregate together, and how they vary with each other, for
/// each of `aggregates`, over all effects. The persons' product over both axes serves all of them.
///
/// Expects the specific to pay nothing of a person below what the aggregate counts of them
/// returns an empty list where it does: a person's two parts do not come apart then
std::vector<JointLaw> joint_laws(const YearModel& model, const JointCover& cover,
                                 std::span<const CountedCover> aggregates, JointTables tables,
                                 const TotalDemand& demand);

/// The first part of the above for one aggregate; null where it is empty.
std::unique_ptr<TotalLaw> joint_total(const YearModel& model, const JointCover& cover,
                                      const CountedCover& aggregate, JointTables tables,
                                      const TotalDemand& demand);

}  // namespace corridor
