// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/layer_book.hpp"

namespace corridor {

std::shared_ptr<Book> layer_book(const Book& book, std::span<const TailGroup> groups) {
  std::shared_ptr<Book> result = without_jobs(book);
  for (const TailGroup& group : groups) {
    GroupJob job = group.job();
    job.counted = nullptr;
    const std::vector<GridRow>& rows = result->rows.emplace_back(group.layer_rows());
    job.rows = rows.data();
    job.row_count = static_cast<std::uint32_t>(rows.size());
    result->jobs.push_back(job);
  }
  return result;
}

}  // namespace corridor
