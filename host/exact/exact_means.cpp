// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/exact_means.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "host/exact/group_means.hpp"
#include "host/exact/law_use.hpp"

namespace corridor {
namespace {

YearFactors factors_of(const Book& book, std::size_t job) {
  return {book.effects[job], static_cast<double>(book.jobs[job].group.base_effect)};
}

bool needs_recentring(const EffectModel& model) {
  return model.frequency_share > 0 && model.group_sigma > 0;
}

/// The laws that some job uses, made once.
class Laws {
 public:
  Laws(const Book& book, const std::vector<std::vector<LawUse>>& uses)
      : laws_(book.tables.size() / bucket_count), of_table_(laws_.size()) {
    std::vector<std::uint32_t> used;
    for (const auto& of_job : uses) {
      for (const LawUse& use : of_job) used.push_back(use.table);
    }
    std::sort(used.begin(), used.end());
    used.erase(std::unique(used.begin(), used.end()), used.end());
    tbb::parallel_for(std::size_t{0}, used.size(), [&](std::size_t i) {
      const std::uint32_t table = used[i];
      laws_[table] = std::make_unique<TableLaw>(book.tables.data() + table * bucket_count);
      of_table_[table] = laws_[table].get();
    });
  }

  const std::vector<const TableLaw*>& of_table() const { return of_table_; }

 private:
  std::vector<std::unique_ptr<TableLaw>> laws_;
  std::vector<const TableLaw*> of_table_;
};

std::vector<std::vector<LawUse>> uses_of_jobs(const Book& book) {
  std::vector<std::vector<LawUse>> uses(book.jobs.size());
  tbb::parallel_for(std::size_t{0}, uses.size(),
                    [&](std::size_t job) { uses[job] = law_uses(book.jobs[job]); });
  return uses;
}

/// Jobs whose severity has the same log-deviation share the smoothed excess of each law. Widths of
/// effects follow group sizes to three decimals, so a book has few classes.
using JobClass = std::vector<std::size_t>;

std::vector<JobClass> job_classes(const Book& book) {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t job = 0; job < book.jobs.size(); ++job) {
    order.emplace_back(factors_of(book, job).sigma, job);
  }
  std::sort(order.begin(), order.end());
  std::vector<JobClass> classes;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == 0 || order[i].first != order[i - 1].first) classes.emplace_back();
    classes.back().push_back(order[i].second);
  }
  return classes;
}

/// Everything a class asks of the laws.
struct ClassDemand {
  std::vector<LawUse> uses;
  LogRange thresholds{INFINITY, -INFINITY};
};

ClassDemand demand_of(const Book& book, const JobClass& jobs,
                      const std::vector<std::vector<LawUse>>& uses) {
  ClassDemand demand;
  for (const std::size_t job : jobs) {
    const double log_centre = std::log(factors_of(book, job).centre);
    demand.uses = merged_uses(demand.uses, uses[job], log_centre);
    demand.thresholds = joined(demand.thresholds, threshold_range(book.jobs[job]));
  }
  return demand;
}

SmoothedLaw smoothed_law(const TableLaw& law, double sigma, const LawUse& use,
                         LogRange thresholds) {
  const bool none = thresholds.low > thresholds.high;
  const LogRange range{thresholds.low - use.scales.high, thresholds.high - use.scales.low};
  return {use.table, &law, {law, sigma, none ? LogRange{0, 0} : range, none ? 0 : use.count}};
}

std::vector<SmoothedLaw> smoothed_laws(const ClassDemand& demand, double sigma, const Laws& laws) {
  std::vector<std::unique_ptr<SmoothedLaw>> made(demand.uses.size());
  tbb::parallel_for(std::size_t{0}, made.size(), [&](std::size_t i) {
    const LawUse& use = demand.uses[i];
    made[i] = std::make_unique<SmoothedLaw>(
        smoothed_law(*laws.of_table()[use.table], sigma, use, demand.thresholds));
  });
  std::vector<SmoothedLaw> result;
  for (auto& law : made) result.push_back(std::move(*law));
  return result;
}

void fill_job(const Book& book, std::size_t job, const std::vector<SmoothedLaw>& laws,
              ExactMeans& means) {
  const GroupJob& at = book.jobs[job];
  const ExpectedSums sums = expected_sums(at, factors_of(book, job), laws);
  const std::uint32_t group = book.group_of_job[job];
  // Every pass of a group has the same ground-up claims; the first one speaks for all.
  if (job == 0 || book.group_of_job[job - 1] != group)
    means.ground_up_usd[group] = sums.ground_up_usd;
  for (std::uint32_t row = 0; row < at.row_count; ++row) {
    means.rows[job].push_back(expected_row(at.rows[row], sums));
  }
}

ExactMeans empty_means(const Book& book) {
  ExactMeans means;
  const auto last = std::max_element(book.group_of_job.begin(), book.group_of_job.end());
  means.ground_up_usd.resize(last == book.group_of_job.end() ? 0 : *last + std::size_t{1});
  means.outside_basis_usd.resize(means.ground_up_usd.size());
  means.rows.resize(book.jobs.size());
  return means;
}

}  // namespace

void recentre(Book& book) {
  const auto any = std::any_of(book.effects.begin(), book.effects.end(), needs_recentring);
  if (!any) return;
  const Laws laws(book, uses_of_jobs(book));
  tbb::parallel_for(std::size_t{0}, book.jobs.size(), [&](std::size_t job) {
    if (!needs_recentring(book.effects[job])) return;
    const YearFactors factors(book.effects[job], 1);
    book.jobs[job].group.base_effect =
        static_cast<float>(recentred_base(book.jobs[job], factors, laws.of_table()));
  });
}

ExactMeans exact_means(const Book& book) {
  const std::vector<std::vector<LawUse>> uses = uses_of_jobs(book);
  const Laws laws(book, uses);
  const std::vector<JobClass> classes = job_classes(book);
  ExactMeans means = empty_means(book);
  tbb::parallel_for(std::size_t{0}, classes.size(), [&](std::size_t c) {
    const JobClass& jobs = classes[c];
    const std::vector<SmoothedLaw> smoothed =
        smoothed_laws(demand_of(book, jobs, uses), factors_of(book, jobs.front()).sigma, laws);
    tbb::parallel_for(std::size_t{0}, jobs.size(),
                      [&](std::size_t i) { fill_job(book, jobs[i], smoothed, means); });
  });
  return means;
}

}  // namespace corridor
