// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/layers/exact_layers.hpp"

#include <algorithm>
#include <cmath>

#include "host/exact/exact_means.hpp"

namespace corridor {
namespace {

Cents cents_of(double usd) {
  return std::isinf(usd) ? unlimited : static_cast<Cents>(std::llround(usd * 100));
}

Cents upper_end(const ClaimLayer& layer) {
  return cents_of(layer.attachment_usd + layer.limit_usd);
}

std::vector<Cents> ends_of(std::span<const ClaimLayer> layers) {
  std::vector<Cents> ends;
  for (const ClaimLayer& layer : layers) {
    ends.push_back(cents_of(layer.attachment_usd));
    ends.push_back(upper_end(layer));
  }
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  return ends;
}

/// The book without its contracts: everybody's excess over the layers' ends.
void add_jobs(const Book& book, const std::vector<Cents>& ends, Book& bare) {
  const std::vector<Cents>& thresholds = bare.amounts.emplace_back(ends);
  std::vector<GridRow>& rows = bare.rows.emplace_back(ends.size());
  for (std::uint32_t k = 0; k < rows.size(); ++k) rows[k].deductible_threshold = k;
  for (const GroupJob& from : book.jobs) {
    GroupJob job;
    job.group = from.group;
    job.group.family_deductible = unlimited;
    job.group.thresholds = thresholds.data();
    job.group.threshold_count = static_cast<std::uint32_t>(thresholds.size());
    std::vector<Cents>& personal = bare.amounts.emplace_back();
    for (std::uint32_t p = 0; p < from.group.personal_count; ++p) {
      personal.insert(personal.end(), ends.begin(), ends.end());
    }
    job.group.personal_thresholds = personal.data();
    job.rows = rows.data();
    job.row_count = static_cast<std::uint32_t>(rows.size());
    bare.jobs.push_back(job);
  }
}

}  // namespace

std::vector<std::vector<double>> exact_layers(const Book& book,
                                              std::span<const ClaimLayer> layers) {
  const std::vector<Cents> ends = ends_of(layers);
  const std::shared_ptr<Book> bare = without_jobs(book);
  add_jobs(book, ends, *bare);
  const ExactMeans means = exact_means(*bare);
  const auto excess = [&](std::size_t job, Cents end) {
    const auto at = std::lower_bound(ends.begin(), ends.end(), end);
    return means.rows[job][static_cast<std::size_t>(at - ends.begin())].specific_before_asd_usd;
  };
  std::vector<std::vector<double>> result(book.jobs.size());
  for (std::size_t job = 0; job < result.size(); ++job) {
    for (const ClaimLayer& layer : layers) {
      result[job].push_back(std::max(
          0.0, excess(job, cents_of(layer.attachment_usd)) - excess(job, upper_end(layer))));
    }
  }
  return result;
}

}  // namespace corridor
