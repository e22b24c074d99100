// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "host/pipeline_shards.hpp"
#include "host/pipeline_shards_codec.hpp"
#include "host/pipeline_shards_years.hpp"
#include "host/pipeline_tail.hpp"

namespace corridor {
namespace {

/// A study of the whole book in units of groups and years.
class TailStudy : public UnitStudy {
 public:
  TailStudy(const std::string& book, const TailOptions& options)
      : account_(options.run), options_(checked_tail(options)), run_(book, options_, account_) {
    check_asked(run_, options_);
  }

  const Portfolio& book() const override { return run_.head(); }
  const RunOptions& options() const override { return run_.options(); }
  const BookTables& tables() const override { return run_.tables(); }
  std::string figures_digest(GroupRange groups) override {
    std::vector<std::string> digests;
    for (const GroupRange part : run_.cut(groups)) {
      const BookSlice& slice = run_.slice(part);
      append_figures(slice.plan, slice.local(part), digests);
    }
    return joint_digest(digests);
  }
  Backend& backend() override { return run_.backend(); }

  shards::Bytes unit(const shards::UnitRange& range, Backend& backend) override {
    const GroupRange groups{range.first_group, range.last_group};
    const std::uint32_t count = range.last_year - range.first_year;
    const std::vector<std::uint64_t>& offset = book().member_offset;
    const YearsProgress progress = years_progress(
        options_.run, "simulate", (offset[groups.last] - offset[groups.first]) * count);
    BookYears years = no_years(count, groups.count(), run_.layers().size());
    for (const GroupRange part : run_.cut(groups)) {
      add_years(run_.groups(part), part.first - groups.first, backend, options().seed,
                range.first_year, years, progress);
    }
    return encoded(range, years);
  }

  BookRun& run() { return run_; }
  BookYears no_years_of_book() const {
    return no_years(options().years, book().group_count(), run_.layers().size());
  }
  ResultFile file(BookYears years) {
    run_.settle(std::move(years));
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
  TailStudy study(book, options);
  std::vector<double> costs_s;
  std::vector<std::string> figures;
  study.run().check_all([&](const BookSlice& slice) {
    const std::vector<double> more = group_costs_s(slice.plan, slice.groups.count());
    costs_s.insert(costs_s.end(), more.begin(), more.end());
    append_figures(slice.plan, slice.local(slice.groups), figures);
  });
  RunManifest manifest = manifest_of("tail", study, book, how);
  const double cost_s = std::accumulate(costs_s.begin(), costs_s.end(), 0.0);
  cut(costs_s, how.units > 0 ? how.units : usual_units(cost_s), manifest);
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
  study.run().require_room();
  BookYears years = study.no_years_of_book();
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
