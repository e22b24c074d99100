// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <vector>

#include "kernels/backend.hpp"

namespace corridor {

/// A book laid out for the kernels: owns what the jobs borrow. Moves, never copies, because the jobs
/// hold pointers into it.
struct Book {
  Book() = default;
  Book(Book&&) = default;
  Book& operator=(Book&&) = default;
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  std::vector<Bucket> tables;    ///< [table][bucket_count]
  std::vector<Member> members;   ///< groups one after the other
  std::deque<std::vector<PersonalMember>> personal;
  std::deque<std::vector<Cents>> amounts;  ///< thresholds and attachments
  std::deque<std::vector<GridRow>> rows;
  std::vector<GroupJob> jobs;    ///< a group has one job per pass of at most thresholds_max thresholds

  TableSet table_set() const {
    return {tables.data(), static_cast<std::uint32_t>(tables.size() / bucket_count)};
  }
};

}  // namespace corridor
