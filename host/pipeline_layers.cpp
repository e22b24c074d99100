// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "corridor/layers.hpp"
#include "host/layers/book_layers.hpp"
#include "host/layers/exact_layers.hpp"
#include "host/pipeline_layers_checks.hpp"
#include "host/pipeline_layers_table.hpp"
#include "host/pipeline_memory.hpp"
#include "host/pipeline_slices.hpp"
#include "host/pipeline_steps.hpp"
#include "host/price/principles.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

std::vector<std::string> principles_of(const LayersOptions& options) {
  std::vector<std::string> names;
  for (const Principle* principle : chosen_principles(options.run.principles)) {
    names.emplace_back(principle->name);
  }
  return names;
}

/// Rows in the order of groups and layers, all groups together last.
class Rows {
 public:
  /// `levels`  of the tails in the figures; the last is the capital level and not shown
  Rows(const LayersOptions& options, std::vector<std::string> principles)
      : options_(options), principles_(std::move(principles)) {}

  void add(const std::string& group_id, const std::vector<double>& exact_usd,
           const std::vector<WeightedFigures>& figures) {
    for (std::size_t l = 0; l < options_.layers.size(); ++l) {
      LayerRow row{group_id, options_.layers[l], exact_usd[l], figures[l], {}};
      row.premium_usd = layer_premiums_usd(row.exact_usd, row.figures, row.figures.tails.back(),
                                           principles_, options_.basis.specific);
      rows_.push_back(std::move(row));
    }
  }
  std::vector<LayerRow> take() { return std::move(rows_); }

 private:
  const LayersOptions& options_;
  std::vector<std::string> principles_;
  std::vector<LayerRow> rows_;
};

RunOptions bound_options(const RunOptions& run) {
  RunOptions bound = run;
  bound.device = "cpu";
  bound.method = Method::simulate;  // closed forms here are not exact laws
  bound.specific_usd.clear();
  bound.corridor.clear();
  return bound;
}

/// What years, and figures and rows of every group and layer take.
BookUse::Bytes study_bytes(const Portfolio& head, const LayersOptions& options) {
  constexpr double bytes_a_row = 500, bytes_a_row_and_level = 150;
  const auto levels = static_cast<double>(std::max<std::size_t>(options.run.levels.size(), 1));
  const auto layers = static_cast<double>(options.layers.size());
  const auto groups = static_cast<double>(
      options.groups.empty() ? head.group_count() : options.groups.size());
  BookUse::Bytes bytes;
  bytes.book = layers_bytes_a_year(options.layers.size()) * options.run.years +
               (bytes_a_row + bytes_a_row_and_level * levels) * layers * groups;
  return bytes;
}

/// The study of a book, a slice of its groups in memory at a time where it is large.
class Study {
 public:
  Study(const std::string& path, const LayersOptions& options, std::vector<Level> levels,
        RunAccount& account)
      : options_(options),
        levels_(std::move(levels)),
        account_(account),
        book_(path, bound_options(options.run), account, {},
              {true, [&options](const Portfolio& head) { return study_bytes(head, options); }}),
        groups_(chosen_groups(head(), options.groups)) {
    for (const std::size_t group : groups_) {
      const std::vector<std::uint64_t>& offset = head().member_offset;
      members_.push_back(members_.back() + offset[group + 1] - offset[group]);
    }
  }

  const Portfolio& head() const { return book_.head(); }
  const PlannedBook& book() const { return book_; }
  std::size_t group_count() const { return groups_.size(); }
  std::uint64_t members() const { return members_.back(); }

  /// All groups are planned: what is wrong with one is wrong with the book.
  ///
  /// returns  warnings of the plan
  std::vector<Problem> check_all() {
    std::vector<std::size_t> run_in;
    std::vector<Problem> warnings = book_.warnings();
    book_.plan_all([&](const BookSlice& slice) {
      for (const std::size_t job : jobs_of(slice)) {
        if (has_run_in(slice.plan.book->jobs[job].group)) run_in.push_back(slice.groups.first + job);
      }
      const std::vector<Problem>& more = slice.plan.warnings;
      warnings.insert(warnings.end(), more.begin(), more.end());
      pipeline::require_room(book_.options(),
                             study_bytes(head(), options_).book + book_.lacking_bytes());
    });
    refuse_run_in(head(), run_in, groups_.size());
    refuse_giants(head(), groups_);
    return warnings;
  }

  std::vector<LayerRow> rows(const std::vector<std::string>& principles) {
    std::vector<Level> levels = levels_;
    levels.push_back(options_.basis.capital_level);
    BookLayers drawn(options_.layers, levels, options_.run.seed, options_.run.years);
    Rows rows(options_, principles);
    std::vector<double> exact_of_all(options_.layers.size());
    const GroupsProgress told = progress();
    for (const GroupRange part : book_.cut()) {
      const BookSlice& slice = book_.slice(part);
      account_.next("simulate");
      const std::vector<std::size_t> jobs = jobs_of(slice);
      const auto exact = exact_layers(*slice.plan.book, options_.layers);
      const auto figures = drawn.add(*slice.plan.book, jobs, told);
      for (std::size_t i = 0; i < jobs.size(); ++i) {
        const std::vector<double>& of_group = exact[jobs[i]];
        for (std::size_t l = 0; l < of_group.size(); ++l) exact_of_all[l] += of_group[l];
        rows.add(slice.portfolio.groups.text("group_id", jobs[i]), of_group, figures[i]);
      }
    }
    rows.add("all", exact_of_all, drawn.together());
    return rows.take();
  }

 private:
  /// Groups of the study as a slice numbers them.
  std::vector<std::size_t> jobs_of(const BookSlice& slice) const {
    std::vector<std::size_t> jobs;
    for (const std::size_t group : groups_) {
      if (slice.groups.holds(group)) jobs.push_back(group - slice.groups.first);
    }
    return jobs;
  }

  /// Member-years whose layers are known, though not drawn one by one.
  GroupsProgress progress() const {
    const auto start = std::chrono::steady_clock::now();
    return [this, start](std::size_t done) {
      const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
      const std::uint64_t years = options_.run.years;
      if (options_.run.on_progress) {
        options_.run.on_progress(
            {"layers", members_[done] * years, members() * years, elapsed.count()});
      }
      return !(options_.run.should_stop && options_.run.should_stop());
    };
  }

  const LayersOptions& options_;
  std::vector<Level> levels_;
  RunAccount& account_;
  PlannedBook book_;
  std::vector<std::size_t> groups_;         ///< of the study, ascending
  std::vector<std::uint64_t> members_{0};  ///< of the first groups of the study: none, one, ...
};

/// Calls work() on as many threads as asked for.
template <class Work>
auto on_threads(unsigned threads, const Work& work) {
  std::optional<tbb::global_control> limit;
  if (threads > 0) limit.emplace(tbb::global_control::max_allowed_parallelism, threads);
  tbb::task_arena arena(threads > 0 ? static_cast<int>(threads) : tbb::task_arena::automatic);
  return arena.execute(work);
}

RunFacts facts_of(const Study& study, const LayersOptions& options) {
  const Portfolio& head = study.head();
  RunFacts facts;
  facts.seed = options.run.seed;
  facts.years = options.run.years;
  facts.member_years = study.members() * options.run.years;
  facts.input_path = head.path;
  facts.input_digest = head.digest;
  facts.table_digest = study.book().tables().digest;
  facts.settings = {{"groups", std::to_string(study.group_count())},
                    {"members", std::to_string(study.members())}};
  for (const NamedValue& load : described(options.basis)) facts.settings.push_back(load);
  return facts;
}

void check_size(const LayersOptions& options) {
  check_options(options);
  pipeline::require_memory(layers_bytes_a_year(options.layers.size()), options.run, "the layers",
                           ", or fewer layers");
}

}  // namespace

LayersSize size_layers(const std::string& path, const LayersOptions& options) {
  RunAccount account(options.run);
  check_size(options);
  Study study(path, options, {}, account);
  study.check_all();
  return {study.group_count(), study.members(), study.head().warnings};
}

ResultFile rare_layers(const std::string& path, const LayersOptions& options) {
  RunAccount account(options.run);
  check_size(options);
  const std::vector<Level> levels =
      options.run.levels.empty() ? std::vector<Level>{parse_level("0.99")} : options.run.levels;
  const std::vector<std::string> principles = principles_of(options);
  Study study(path, options, levels, account);
  const std::vector<Problem> warnings = study.check_all();
  account.device("cpu");
  account.next("simulate");
  const std::vector<LayerRow> rows =
      on_threads(options.run.threads, [&] { return study.rows(principles); });
  account.add_draws(study.members() * options.run.years);
  account.next("tables of results");
  ResultFile results;
  results.schema = "corridor.layers";
  results.tables.push_back(layers_table(rows, levels, principles));
  results.gate = layers_gate(rows);
  results.warnings = study.head().warnings;
  results.warnings.insert(results.warnings.end(), warnings.begin(), warnings.end());
  results.run = facts_of(study, options);
  account.finish(results.run);
  return results;
}

}  // namespace corridor
