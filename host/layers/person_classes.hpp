// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "host/exact/eligible_law.hpp"
#include "kernels/book.hpp"

namespace corridor {

/// A year's effects on every claim of a group, in double: those that the lane draws in fp32.
struct YearFactor {
  double severity = 1, frequency = 1;
};

/// Persons of a group who have the same law of eligible claims.
struct PersonClass {
  const EligibleLaw* law = nullptr;
  double scale = 0, exposure = 1;
  double maximum_usd = 0;  ///< cap on a person's claims of a year; may be infinite
  double count = 0;

  /// P(claims > usd) of one person, given the year.
  double chance_above(double usd, YearFactor year) const;

  /// A person's claims of the year, dollars, from a uniform part of the chance to be above usd at
  /// the year `bound`, whose factors are not below those of `year`: with probability
  /// chance_above(usd, bound) every claim above usd, as likely as it is in `year`, and otherwise
  /// something at most usd.
  ///
  /// `part`  in (0, 1)
  double claim_usd(double part, double usd, YearFactor bound, YearFactor year) const;
};

/// The laws of a book's tables as its contract bases take them, each made when first asked for.
/// Borrows the book; not for several threads at once.
class ClaimLaws {
 public:
  explicit ClaimLaws(const Book& book) : book_(book) {}

  const EligibleLaw& law(std::uint32_t table, const Basis* basis);

 private:
  const Book& book_;
  std::map<std::pair<std::uint32_t, const Basis*>, std::unique_ptr<EligibleLaw>> laws_;
};

/// The classes of a group, the persons with own terms one by one. Expects a basis without years
/// before the policy.
std::vector<PersonClass> person_classes(const GroupView& group, ClaimLaws& laws);

}  // namespace corridor
