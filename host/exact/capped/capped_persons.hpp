// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "host/exact/capped/cap_of_persons.hpp"
#include "host/exact/capped/moment_tables.hpp"

namespace corridor {

/// Persons of one mixture of laws and one limit: min(X / kappa, 1) times the limit each, with
/// different kappas.
struct PersonKind {
  struct Law {
    const LawMoments* moments = nullptr;
    double weight = 1;
  };
  /// Persons with the same kappa: log kappa in rows, at severity 1.
  struct Place {
    double row;
    double count;
  };
  std::array<Law, law_shares_max> laws{};
  std::uint32_t law_count = 0;
  double rest = 0;        ///< weight of nothing: 1 less the laws'
  std::size_t ratio = 0;  ///< index into CappedPersons::ratios
  std::vector<Place> places;
  double low_row = 0, high_row = 0;  ///< of the places

  std::span<const Law> mixture() const { return {laws.data(), law_count}; }
  bool plain() const { return law_count == 1 && rest == 0 && laws[0].weight == 1; }
};

/// A slice's persons seen through their caps, by kind. Amounts are in units of `unit_usd`, the
/// limit that most persons have.
struct CappedPersons {
  double unit_usd = 1;
  double certain = 0;          ///< what is certain of all
  double most = 0;             ///< what all can add to that
  double count = 0;            ///< of those whose claims vary
  std::vector<double> ratios;  ///< limits
  std::vector<PersonKind> kinds;

  double largest_ratio() const;
};

/// throws  Error{internal} where a cap is not a finite number of 0 or more, or a table is missing
CappedPersons capped_persons(const YearModel& model, const YearSlice& slice,
                             const CapOfPersons& cap, const MomentTables& tables);

/// What persons add in a year of one severity.
struct NodeMoments {
  double mean = 0, variance = 0;
  double squares = 0;  ///< sum of each person's second moment
};
/// All persons, in units; `kind_means`, where given, becomes each kind's mean in units of its
/// limit.
NodeMoments node_moments(const CappedPersons& persons, double log_severity,
                         std::vector<double>* kind_means = nullptr);
/// E Y and E Y^2 of one person of a kind, `row` being log kappa at the severity.
LawMoments::Limited limited(const PersonKind& kind, double row);

}  // namespace corridor
