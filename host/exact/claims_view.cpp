// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/claims_view.hpp"

#include <limits>

namespace corridor {
namespace {

const Basis* mature_of(const Book& book, std::size_t job) {
  return job < book.mature.size() ? book.mature[job] : nullptr;
}

ClaimsView view_of(GroupView group, const Basis* basis, const BasisNumbers& bases) {
  group.basis = basis;
  const std::uint32_t number = bases.of(basis);
  return {group, number, bases.own_year(number)};
}

}  // namespace

BasisNumbers::BasisNumbers(const Book& book) {
  for (std::size_t job = 0; job < book.jobs.size(); ++job) {
    add(book.jobs[job].group.basis);
    if (book.jobs[job].counted != nullptr) add(book.jobs[job].counted->basis);
    add(mature_of(book, job));
  }
}

void BasisNumbers::add(const Basis* basis) {
  if (basis == nullptr || number_.contains(basis)) return;
  const auto number = static_cast<std::uint32_t>(bases_.size());
  number_.emplace(basis, number);
  bases_.push_back(basis);
  own_year_.push_back(number);
  if (basis->prior_years == 0) return;
  Basis& own = own_years_.emplace_back(*basis);
  own.prior_years = 0;
  own.run_in_limit_usd = std::numeric_limits<float>::infinity();
  add(&own);
  own_year_[number] = number_.at(&own);
}

JobViews job_views(const Book& book, std::size_t job, const BasisNumbers& bases) {
  const GroupJob& at = book.jobs[job];
  const Basis* basis = at.group.basis;
  const Basis* mature = mature_of(book, job);
  JobViews views{view_of(at.group, basis, bases), {}, {}, {}, {}};
  const bool other_persons =
      at.counted != nullptr && at.counted->personal_count != at.group.personal_count;
  if (at.counted != nullptr) views.counted = view_of(*at.counted, at.counted->basis, bases);
  if (mature != basis) views.mature = view_of(at.group, mature, bases);
  if (other_persons) views.mature_counted = view_of(*at.counted, mature, bases);
  const std::uint32_t own_year = views.specific.own_year;
  if (own_year != views.specific.basis) {
    views.own_year = view_of(at.group, bases.basis(own_year), bases);
  }
  return views;
}

std::vector<bool> deductibles_of(const GroupJob& job) {
  std::vector<bool> result(job.group.threshold_count);
  for (std::uint32_t row = 0; row < job.row_count; ++row) {
    result[job.rows[row].deductible_threshold] = true;
  }
  return result;
}

}  // namespace corridor
