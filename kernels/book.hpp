// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "kernels/backend.hpp"

namespace corridor {

/// The law behind the year effects of a job's group, for closed forms. Severity factor:
/// exp(N(-shared^2/2, shared^2)) * G^(1 - frequency_share) * base, frequency factor
/// G^frequency_share, with G = exp(N(-group^2/2, group^2)), in a share pandemic_probability of the
/// years times pandemic_frequency.
struct EffectModel {
  double shared_sigma = 0;  ///< book, region and industry effects together
  double group_sigma = 0;
  double lasting_share = 0.7;  ///< part of group_sigma^2 that lasts from year to year
  double frequency_share = 0;  ///< share of the group effect that acts on frequency
  double pandemic_probability = 0;
  double pandemic_frequency = 1;

  bool has_pandemic() const { return pandemic_probability > 0 && pandemic_frequency != 1; }
  /// Whether the group's own effect moves its claim frequency.
  bool group_moves_frequency() const { return frequency_share > 0 && group_sigma > 0; }
};

/// A book laid out for the kernels: owns what the jobs borrow. Moves, never copies, because the
/// jobs hold pointers into it.
struct Book {
  Book() = default;
  Book(Book&&) = default;
  Book& operator=(Book&&) = default;
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  /// [table][bucket_count]; books that are slices of one share them.
  std::shared_ptr<const std::vector<Bucket>> tables = std::make_shared<std::vector<Bucket>>();
  std::vector<Member> members;  ///< groups one after the other
  std::deque<std::vector<PersonalMember>> personal;
  std::deque<std::vector<Cents>> amounts;  ///< thresholds and attachments
  std::deque<std::vector<GridRow>> rows;
  std::deque<GroupView> counted;  ///< jobs' second views
  std::deque<Basis> bases;        ///< distinct contract bases
  std::vector<GroupJob>
      jobs;  ///< a group has one job per pass of at most thresholds_max thresholds

  std::vector<std::uint32_t> group_of_job;  ///< [job] row of the portfolio's groups
  std::vector<const Basis*> mature;         ///< [job] basis of a mature contract of the same length
  std::vector<EffectModel> effects;         ///< [job]
  std::vector<double> maximum_usd;          ///< [law table] cap on a person's claims
  std::vector<double> least_factor;         ///< [law table] rung below its members' factors

  TableSet table_set() const {
    return {tables->data(), static_cast<std::uint32_t>(tables->size() / bucket_count)};
  }
};

/// The same tables, bases and effects without any job: what a book with other rows begins with.
/// Jobs to come stand in the order of `book`'s and borrow from it.
inline std::shared_ptr<Book> without_jobs(const Book& book) {
  auto result = std::make_shared<Book>();
  result->tables = book.tables;
  result->group_of_job = book.group_of_job;
  result->mature = book.mature;
  result->effects = book.effects;
  result->maximum_usd = book.maximum_usd;
  result->least_factor = book.least_factor;
  return result;
}

}  // namespace corridor
