// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "host/pipeline_shards.hpp"
#include "host/pipeline_shards_codec.hpp"
#include "host/pipeline_shards_years.hpp"
#include "host/pipeline_steps.hpp"
#include "host/pipeline_tail.hpp"

namespace corridor {
namespace {

/// A study of the whole book in units of groups and years.
class TailStudy : public UnitStudy {
 public:
  TailStudy(const std::string& book, const TailOptions& options)
      : account_(options.run),
        options_(checked_tail(options)),
        run_(planned_tail(book, options_, account_)) {}

  const Portfolio& book() const override { return run_.portfolio; }
  const RunOptions& options() const override { return run_.plan.options; }
  const BookTables& tables() const override { return *run_.plan.tables; }
  const Plan& plan() const { return run_.plan; }
  std::string figures_digest(GroupRange groups) override {
    std::vector<std::string> digests;
    append_figures(run_.plan, groups, digests);
    return joint_digest(digests);
  }
  Backend& backend() override { return *run_.backend; }

  shards::Bytes unit(const shards::UnitRange& range, Backend& backend) override {
    const std::span<const TailGroup> groups = std::span<const TailGroup>(run_.groups)
                                                  .subspan(range.first_group,
                                                           range.last_group - range.first_group);
    const YearBlock years{range.first_year, range.last_year - range.first_year};
    return encoded(range, book_years(groups, run_.layers.size(), backend, run_.plan.options.seed,
                                     years,
                                     years_progress(options_.run, "simulate",
                                                    member_years(groups, years.count))));
  }

  BookYears no_years() const {
    return corridor::no_years(run_.plan.options.years, run_.groups.size(), run_.layers.size());
  }
  ResultFile file(BookYears years) {
    settle(run_, options_, std::move(years), account_);
    return tail_file(run_, options_, account_);
  }

 private:
  RunAccount account_;
  TailOptions options_;
  BookRun run_;
};

/// Successive years of about equal number.
std::vector<std::uint32_t> even_years(std::uint32_t years, std::uint32_t parts) {
  std::vector<std::uint32_t> bounds;
  for (std::uint64_t part = 0; part <= parts; ++part) {
    bounds.push_back(static_cast<std::uint32_t>(part * years / parts));
  }
  return bounds;
}

/// Years are cut first, because a unit's result is as long as its years; groups only where that
/// leaves too few units.
void cut(const std::vector<double>& costs_s, std::uint32_t units, RunManifest& manifest) {
  constexpr std::uint32_t least_years = 1024;
  const std::uint32_t periods = std::clamp(units, 1u, std::max(manifest.years / least_years, 1u));
  manifest.year_bounds = even_years(manifest.years, periods);
  manifest.group_bounds = even_bounds(costs_s, (units + periods - 1) / periods);
}

}  // namespace

RunState plan_tail(const std::string& folder, const std::string& book, const TailOptions& options,
                   const CutOptions& how) {
  const TailStudy study(book, options);
  RunManifest manifest = manifest_of("tail", study, book, how);
  const std::vector<double> costs_s = group_costs_s(study.plan(), study.book().group_count());
  const double cost_s = std::accumulate(costs_s.begin(), costs_s.end(), 0.0);
  cut(costs_s, how.units > 0 ? how.units : usual_units(cost_s), manifest);
  std::vector<std::string> figures;
  append_figures(study.plan(), {0, study.book().group_count()}, figures);
  manifest.figures_digests = digests_of_units(manifest.group_bounds, figures);
  return placed(folder, manifest, how.restart);
}

WorkReport work_on_tail(const std::string& folder, const TailOptions& options,
                        const WorkOptions& work) {
  const RunManifest manifest = read_run(folder);
  IdleWatch idle;
  TailOptions watched = options;
  watched.run = unit_options(options.run, idle);
  TailStudy study(book_of(manifest, work.book), watched);
  return worked(folder, manifest, study, idle, work);
}

ResultFile merge_tail(const std::string& folder, const TailOptions& options,
                      const std::string& book) {
  const RunManifest manifest = read_run(folder);
  TailStudy study(book_of(manifest, book), options);
  require_planned(folder, manifest, study);
  BookYears years = study.no_years();
  const auto take = [&](std::uint32_t unit, std::span<const std::byte> payload) {
    require_figures(folder, manifest, unit, study);
    add_encoded(payload, years);
  };
  const RunFacts facts = merged(folder, manifest, take);
  ResultFile file = study.file(std::move(years));
  file.run.device = facts.device + "; tail: " + study.backend().name();
  file.run.units = facts.units;
  file.run.bad_units = facts.bad_units;
  file.run.self_checked_units = facts.self_checked_units;
  file.run.arguments = facts.arguments;
  return file;
}

}  // namespace corridor
