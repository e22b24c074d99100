// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/simulate/year_blocks.hpp"

#include <algorithm>
#include <thread>

#include "corridor/error.hpp"

namespace corridor {
namespace {

std::size_t bytes_a_year(std::span<const PlacedJob> jobs) {
  std::size_t columns = 0;
  for (const PlacedJob& placed : jobs) columns += job_columns(*placed.job);
  return std::max<std::size_t>(columns, 1) * sizeof(Cents);
}

/// Years of one block: as many as the memory holds, but of a large group only what takes about a
/// second, because the visitor can stop a run between blocks alone. At least a thousand a core,
/// which is what one core draws at a time.
std::uint32_t years_a_block(std::span<const PlacedJob> jobs, std::size_t block_bytes,
                            std::uint32_t years) {
  constexpr std::uint64_t member_years_most = std::uint64_t{1} << 30;
  constexpr std::uint64_t years_a_core = 1024;
  std::uint64_t members = 1;
  for (const PlacedJob& placed : jobs) {
    const std::uint64_t views = placed.job->counted != nullptr ? 2 : 1;
    members += views * placed.job->group.member_count;
  }
  const std::uint64_t soon =
      std::max<std::uint64_t>(member_years_most / members,
                              years_a_core * std::max(std::thread::hardware_concurrency(), 1u));
  const std::uint64_t fitting = std::max<std::uint64_t>(block_bytes / bytes_a_year(jobs), 1);
  return static_cast<std::uint32_t>(std::min<std::uint64_t>({soon, fitting, years}));
}

/// Columns of one block, every job's own.
class BlockSums {
 public:
  BlockSums(std::span<const PlacedJob> jobs, std::uint32_t years) : sums_(jobs.size()) {
    for (std::size_t j = 0; j < jobs.size(); ++j) {
      sums_[j].resize(std::size_t{job_columns(*jobs[j].job)} * years);
      views_.push_back({sums_[j].data(), years});
    }
  }

  std::span<const SumsView> views() const { return views_; }

 private:
  std::vector<std::vector<Cents>> sums_;
  std::vector<SumsView> views_;
};

void simulate_job(const PlacedJob& placed, std::uint64_t seed, std::uint32_t first,
                  std::uint32_t count, SumsView sums) {
  const GroupJob& job = *placed.job;
  Backend& backend = *placed.backend;
  backend.simulate(job.group, seed, first, count, sums);
  if (job.counted == nullptr) return;
  const SumsView behind{sums.data + sums_columns(job.group) * sums.stride, sums.stride};
  backend.simulate(*job.counted, seed, first, count, behind);
}

/// Nobody's own threshold is higher: the thresholds themselves, once a person.
std::vector<Cents> unraised(const GroupView& group, const std::vector<Cents>& thresholds) {
  std::vector<Cents> personal;
  for (std::uint32_t p = 0; p < group.personal_count; ++p) {
    personal.insert(personal.end(), thresholds.begin(), thresholds.end());
  }
  return personal;
}

}  // namespace

void each_year_block(std::span<const PlacedJob> jobs, std::uint64_t seed, std::uint32_t years,
                     const YearBlocksVisit& visit, std::size_t block_bytes) {
  const std::uint32_t most = years_a_block(jobs, block_bytes, years);
  const BlockSums block(jobs, most);
  for (std::uint32_t done = 0; done < years;) {
    const std::uint32_t count = std::min(most, years - done);
    for (std::size_t j = 0; j < jobs.size(); ++j) {
      simulate_job(jobs[j], seed, done, count, block.views()[j]);
    }
    visit(done, count, block.views());
    done += count;
  }
}

void each_year_block(Backend& backend, std::span<const GroupView> groups, std::uint64_t seed,
                     std::uint32_t years, const YearBlocksVisit& visit, std::size_t block_bytes) {
  std::vector<GroupJob> jobs(groups.size());
  std::vector<PlacedJob> placed;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    jobs[g].group = groups[g];
    placed.push_back({&backend, &jobs[g]});
  }
  each_year_block(placed, seed, years, visit, block_bytes);
}

void each_year_block(Backend& backend, const GroupView& group, std::uint64_t seed,
                     std::uint32_t years, const YearBlockVisit& visit, std::size_t block_bytes) {
  each_year_block(
      backend, std::span(&group, 1), seed, years,
      [&](std::uint32_t first_year, std::uint32_t count, std::span<const SumsView> sums) {
        visit(first_year, count, sums[0]);
      },
      block_bytes);
}

GroupOverThresholds::GroupOverThresholds(const GroupView& group, std::vector<Cents> thresholds,
                                         std::vector<Cents> personal)
    : thresholds_(std::move(thresholds)),
      personal_(personal.empty() ? unraised(group, thresholds_) : std::move(personal)),
      view_(group) {
  const std::size_t count = thresholds_.size();
  if (count < 1 || count > thresholds_max || personal_.size() != count * group.personal_count) {
    throw Error(ErrorKind::internal, "thresholds of a group's view have the wrong length");
  }
  view_.thresholds = thresholds_.data();
  view_.threshold_count = static_cast<std::uint32_t>(count);
  view_.personal_thresholds = personal_.data();
}

}  // namespace corridor
