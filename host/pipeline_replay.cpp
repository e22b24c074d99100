// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "corridor/replay.hpp"
#include "host/pipeline_replay_tables.hpp"
#include "host/pipeline_steps.hpp"
#include "host/plan/money.hpp"
#include "host/select_groups.hpp"
#include "host/simulate/simulate.hpp"
#include "host/tail/tail_groups.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

using pipeline::GroupOfYear;

void check_options(const ReplayOptions& options) {
  if (options.year >= options.run.years) {
    throw Error(ErrorKind::usage, "year " + std::to_string(options.year) +
                                      " is not among those of the run: " +
                                      std::to_string(options.run.years) +
                                      " years are 0 to " + std::to_string(options.run.years - 1) +
                                      ". Give one of them, or a run of more years");
  }
  if (options.run.specific_usd.size() > 1 || options.run.corridor.size() > 1) {
    throw Error(ErrorKind::usage, "a replay is of one contract: give one deductible and one "
                                  "corridor at most");
  }
}

/// The year on a back end, which has to be the same.
void compare(const GroupOfYear& group, Backend& backend, const ReplayOptions& options) {
  std::vector<Cents> sums(group.replay.sums.size());
  const GroupJob& job = *group.job;
  backend.simulate(job.group, options.run.seed, options.year, 1, {sums.data(), 1});
  if (job.counted != nullptr) {
    const SumsView behind{sums.data() + sums_columns(job.group), 1};
    backend.simulate(*job.counted, options.run.seed, options.year, 1, behind);
  }
  if (sums == group.replay.sums) return;
  throw Error(ErrorKind::internal, "year " + std::to_string(options.year) + " of group " +
                                       group.id + " has other sums on " + backend.name() +
                                       " than person by person. Please report this");
}

/// Years of a plan's groups.
class Replayer {
 public:
  Replayer(const Portfolio& portfolio, const Plan& plan, const ReplayOptions& options)
      : portfolio_(portfolio),
        plan_(plan),
        options_(options),
        draw_{round_keys(options.run.seed)},
        backend_(open_backend(plan.options, plan.book->table_set())) {}

  /// Bound terms have one job a group, in the order of the book.
  GroupOfYear group(std::size_t number) {
    const GroupJob& job = plan_.book->jobs[number];
    GridRow row = job.rows[0];
    row.terms.attachment = row.attachment_count == 0 ? unlimited : row.attachments[0];
    GroupOfYear group{portfolio_.groups.text("group_id", number), &job, row,
                      replayed(job, row, draw_, options_.year)};
    compare(group, *backend_, options_);
    return group;
  }

  std::vector<ResultTable> tables_of_group(std::size_t number) {
    const GroupOfYear of = group(number);
    const auto factors = effect_factors(of.job->group, draw_, options_.year);
    const auto persons = replayed_persons(*of.job, of.row, draw_, options_.year);
    const auto families = replayed_families(of.job->group, of.row, persons);
    std::vector<ResultTable> tables{pipeline::groups_table("group", std::span(&of, 1)),
                                    pipeline::effects_table(of, factors),
                                    pipeline::members_table(of, persons,
                                                            cents_of(options_.floor_usd),
                                                            portfolio_.member_offset[number])};
    if (!families.empty()) tables.push_back(pipeline::families_table(families));
    return tables;
  }

  std::vector<ResultTable> tables_of_book() {
    std::vector<GroupOfYear> groups;
    for (std::size_t number = 0; number < portfolio_.group_count(); ++number) {
      groups.push_back(group(number));
    }
    return {pipeline::groups_table("groups", groups), pipeline::totals_table(groups)};
  }

  std::string device() const { return backend_->name(); }

 private:
  const Portfolio& portfolio_;
  const Plan& plan_;
  const ReplayOptions& options_;
  Philox draw_;
  std::unique_ptr<Backend> backend_;
};

void add_facts(const Portfolio& portfolio, const Plan& plan, const ReplayOptions& options,
               ResultFile& results) {
  results.run.seed = options.run.seed;
  results.run.years = options.run.years;
  results.run.input_path = portfolio.path;
  results.run.input_digest = portfolio.digest;
  results.run.table_digest = plan.table_digest;
  results.run.settings = {{"year", std::to_string(options.year)},
                          {"group", options.group},
                          {"floor_cents", std::to_string(cents_of(options.floor_usd))}};
  results.warnings = portfolio.warnings;
  results.warnings.insert(results.warnings.end(), plan.warnings.begin(), plan.warnings.end());
}

}  // namespace

ResultFile replay_year(const std::string& path, const ReplayOptions& options) {
  RunAccount account(options.run);
  check_options(options);
  // Bound terms unless the options have a grid: the book's own grid is for quotes.
  const Portfolio portfolio = bound_terms(pipeline::loaded(path, options.run, account));
  // All groups are planned: how far up claim tables go depends on the book.
  const bool whole_book = options.group.empty();
  const std::size_t number = whole_book ? 0 : group_number(portfolio, options.group);
  RunOptions run = options.run;
  run.device = "cpu";
  const Plan plan = pipeline::planned(portfolio, run, account);
  Replayer replayer(portfolio, plan, options);
  account.device(replayer.device());
  account.next("replay");
  ResultFile results;
  results.schema = "corridor.replay";
  results.tables = whole_book ? replayer.tables_of_book() : replayer.tables_of_group(number);
  for (std::size_t g = 0; g < portfolio.group_count(); ++g) {
    if (whole_book || g == number) {
      results.run.member_years += plan.book->jobs[g].group.member_count;
    }
  }
  account.add_draws(results.run.member_years);
  add_facts(portfolio, plan, options, results);
  account.finish(results.run);
  return results;
}

}  // namespace corridor
