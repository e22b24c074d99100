// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/pipeline_shards_codec.hpp"

#include <concepts>
#include <type_traits>

#include "host/digest.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

template <class Value, class Class>
concept Is = std::same_as<std::remove_const_t<Value>, Class>;

}  // namespace

// Every member of a class is bound by name, so that one more member does not compile before it is
// written too. In corridor's own namespace, where the archive finds them.

template <class Archive, Is<Interval> Value>
void fields(Archive& archive, Value& value) {
  auto& [low, high] = value;
  archive(low, high);
}

template <class Archive, Is<FigureLoss> Value>
void fields(Archive& archive, Value& value) {
  auto& [years, mean, sd, se, hits, probability, var, tvar, mean_95, tvar_95, functionals, source,
         simulated, exact, exact_error] = value;
  archive(years, mean, sd, se, hits, probability, var, tvar, mean_95, tvar_95, functionals, source,
          simulated, exact, exact_error);
}

template <class Archive, Is<RowLoss> Value>
void fields(Archive& archive, Value& value) {
  auto& [retained, before_asd, specific, aggregate, total] = value;
  archive(retained, before_asd, specific, aggregate, total);
}

template <class Archive, Is<JobLosses> Value>
void fields(Archive& archive, Value& value) {
  auto& [ground_up, rows] = value;
  archive(ground_up, rows);
}

template <class Archive, Is<GroupRange> Value>
void fields(Archive& archive, Value& value) {
  auto& [first, last] = value;
  archive(first, last);
}

/// Columns of studies hold doubles alone.
template <class Archive, Is<QuoteColumn> Value>
void fields(Archive& archive, Value& value) {
  auto& [name, units, description, values] = value;
  if constexpr (Archive::reads) values = std::vector<double>{};
  archive(name, units, description, std::get<std::vector<double>>(values));
}

template <class Archive, Is<GroupResults> Value>
void fields(Archive& archive, Value& value) {
  auto& [groups, jobs, studies, member_years] = value;
  archive(groups, jobs, studies, member_years);
}

template <class Archive, Is<ExactRow> Value>
void fields(Archive& archive, Value& value) {
  auto& [retained, before_asd, mature_retained, mature_before_asd, laser_band, is_bound, claimants,
         claimants_half] = value;
  archive(retained, before_asd, mature_retained, mature_before_asd, laser_band, is_bound, claimants,
          claimants_half);
}

shards::Bytes encoded(const GroupResults& results) {
  shards::Writer write;
  write(results);
  return write.take();
}

GroupResults decoded_groups(std::span<const std::byte> payload) {
  shards::Reader read(payload);
  GroupResults results;
  read(results);
  read.require_end();
  return results;
}

void append_figures(const Plan& plan, GroupRange groups, std::vector<std::string>& digests) {
  std::vector<shards::Writer> figures(groups.count());
  for (std::size_t group = groups.first; group < groups.last; ++group) {
    figures[group - groups.first](plan.exact.ground_up_usd.at(group),
                                  plan.exact.outside_basis_usd.at(group));
  }
  for (std::size_t job = 0; job < plan.book->jobs.size(); ++job) {
    const std::size_t group = plan.book->group_of_job[job];
    if (!groups.holds(group)) continue;
    shards::Writer& write = figures[group - groups.first];
    write(plan.exact.rows[job]);
    const GroupJob& grid = plan.book->jobs[job];
    for (std::uint32_t r = 0; r < grid.row_count; ++r) {
      for (std::uint32_t a = 0; a < grid.rows[r].attachment_count; ++a) {
        write(grid.rows[r].attachments[a]);
      }
    }
  }
  for (const shards::Writer& each : figures) digests.push_back(sha256_hex(each.bytes()));
}

std::string joint_digest(std::span<const std::string> digests) {
  std::string text;
  for (const std::string& digest : digests) text += digest;
  return sha256_hex(std::as_bytes(std::span(text)));
}

}  // namespace corridor
