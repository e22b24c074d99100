// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/neighbour.hpp"

namespace corridor {

GridRow neighbour(const GridRow& row) {
  GridRow plain = row;
  plain.terms.group_limit = unlimited;
  plain.terms.counts_lasers = 0;
  plain.terms.also &= static_cast<std::uint8_t>(~AggregateCounts::asd_absorbed);
  return plain;
}

std::shared_ptr<Book> neighbours(const Book& book) {
  std::shared_ptr<Book> result = without_jobs(book);
  for (GroupJob job : book.jobs) {
    job.group.family_deductible = unlimited;
    if (job.counted != nullptr) {
      result->counted.push_back(*job.counted);
      result->counted.back().family_deductible = unlimited;
      job.counted = &result->counted.back();
    }
    std::vector<GridRow>& rows = result->rows.emplace_back();
    for (std::uint32_t r = 0; r < job.row_count; ++r) rows.push_back(neighbour(job.rows[r]));
    job.rows = rows.data();
    result->jobs.push_back(job);
  }
  return result;
}

}  // namespace corridor
