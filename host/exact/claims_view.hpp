// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "kernels/book.hpp"

namespace corridor {

/// The contract bases of a book by number: 0 is every claim of the year, paid whenever.
class BasisNumbers {
 public:
  explicit BasisNumbers(const Book& book);

  std::uint32_t of(const Basis* basis) const { return basis ? number_.at(basis) : 0; }
  const Basis* basis(std::uint32_t number) const { return bases_.at(number); }
  /// The same windows without the years before the policy.
  std::uint32_t own_year(std::uint32_t number) const { return own_year_.at(number); }
  std::uint32_t count() const { return static_cast<std::uint32_t>(bases_.size()); }

 private:
  void add(const Basis* basis);

  std::vector<const Basis*> bases_{nullptr};
  std::vector<std::uint32_t> own_year_{0};
  std::map<const Basis*, std::uint32_t> number_;
  std::deque<Basis> own_years_;
};

/// A group's persons and whose claims of theirs are meant.
struct ClaimsView {
  GroupView group;
  std::uint32_t basis = 0;     ///< number of group.basis
  std::uint32_t own_year = 0;  ///< number of the basis without the years before the policy
};

/// What is to be known of one job. A view that is left out is the one before it.
struct JobViews {
  ClaimsView specific;
  std::optional<ClaimsView> counted;         ///< as the aggregate counts claims
  std::optional<ClaimsView> mature;          ///< of the specific, incurred in the policy's months
  std::optional<ClaimsView> mature_counted;  ///< persons of the aggregate, likewise
  std::optional<ClaimsView> own_year;        ///< of the specific, the policy's own year alone
};
JobViews job_views(const Book& book, std::size_t job, const BasisNumbers& bases);

/// Calls visit(view) for every view of a job.
template <class Visit>
void each_view(const JobViews& views, const Visit& visit) {
  visit(views.specific);
  for (const auto* view : {&views.counted, &views.mature, &views.mature_counted, &views.own_year}) {
    if (*view) visit(**view);
  }
}

/// Thresholds that are a row's deductible, the only ones whose claimants are counted.
std::vector<bool> deductibles_of(const GroupJob& job);

}  // namespace corridor
