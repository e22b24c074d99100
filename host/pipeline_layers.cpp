// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

#include "corridor/layers.hpp"
#include "host/layers/book_layers.hpp"
#include "host/layers/exact_layers.hpp"
#include "host/pipeline_layers_table.hpp"
#include "host/pipeline_steps.hpp"
#include "host/price/principles.hpp"
#include "host/select_groups.hpp"
#include "host/tail/tail_groups.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

constexpr std::size_t persons_most = std::size_t{1} << 24;  // calls of a year's draws

bool whole_cents(double usd) {
  return std::abs(usd * 100 - std::round(usd * 100)) <= 1e-6 * std::max(1.0, usd * 1e-6);
}

void check_layers(const std::vector<ClaimLayer>& layers) {
  if (layers.empty() || layers.size() > layers_most) {
    throw Error(ErrorKind::usage, "a study is of 1 to " + std::to_string(layers_most) +
                                      " layers, not of " + std::to_string(layers.size()));
  }
  for (const ClaimLayer& layer : layers) {
    const bool attaches = layer.attachment_usd > 0 && std::isfinite(layer.attachment_usd) &&
                          whole_cents(layer.attachment_usd);
    const bool limits = layer.limit_usd > 0 &&
                        (std::isinf(layer.limit_usd) || whole_cents(layer.limit_usd));
    if (attaches && limits) continue;
    throw Error(ErrorKind::usage,
                "a layer of " + std::to_string(layer.limit_usd) + " above " +
                    std::to_string(layer.attachment_usd) +
                    ": give an attachment and a limit above 0 in whole cents, the limit may be "
                    "infinite");
  }
}

void check_options(const LayersOptions& options) {
  check_layers(options.layers);
  check_layer_principles(options.run.principles);
  if (options.run.years >= 2) return;
  throw Error(ErrorKind::usage, "one year has no standard error. Give 2 years or more");
}

/// The groups of the study: those named, or all.
std::vector<std::size_t> chosen_groups(const Portfolio& portfolio,
                                       const std::vector<std::string>& ids) {
  std::vector<std::size_t> groups;
  for (const std::string& id : ids) groups.push_back(group_number(portfolio, id));
  for (std::size_t g = 0; ids.empty() && g < portfolio.group_count(); ++g) groups.push_back(g);
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  return groups;
}

/// Claims of several years together have no law to draw from here.
void refuse_run_in(const Portfolio& portfolio, const Book& book,
                   std::span<const std::size_t> groups) {
  constexpr std::size_t named_most = 5;
  std::vector<std::string> refused;
  for (const std::size_t g : groups) {
    if (has_run_in(book.jobs[g].group)) refused.push_back(portfolio.groups.text("group_id", g));
  }
  if (refused.empty()) return;
  std::string names;
  for (std::size_t i = 0; i < std::min(refused.size(), named_most); ++i) {
    names += (i == 0 ? "" : ", ") + refused[i];
  }
  if (refused.size() > named_most) {
    names += " and " + std::to_string(refused.size() - named_most) + " more";
  }
  throw Error(ErrorKind::bad_data, portfolio.path + ": the contracts of " +
                                       std::to_string(refused.size()) + " of " +
                                       std::to_string(groups.size()) + " groups (" + names +
                                       ") pay claims of years before the policy (run-in), whose "
                                       "layers are not sampled. Name the other groups in --groups");
}

void refuse_giants(const Portfolio& portfolio, const Book& book,
                   std::span<const std::size_t> groups) {
  for (const std::size_t g : groups) {
    if (book.jobs[g].group.member_count <= persons_most) continue;
    throw Error(ErrorKind::bad_data, portfolio.path + ": group " +
                                         portfolio.groups.text("group_id", g) + " has more than " +
                                         std::to_string(persons_most) +
                                         " members. Split it, or leave it out by --groups");
  }
}

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

/// The study of a planned book.
class Study {
 public:
  Study(const Portfolio& portfolio, const Plan& plan, std::vector<std::size_t> groups,
        const LayersOptions& options, std::vector<Level> levels)
      : portfolio_(portfolio),
        plan_(plan),
        groups_(std::move(groups)),
        options_(options),
        levels_(std::move(levels)) {
    for (const std::size_t g : groups_) members_.push_back(plan.book->jobs[g].group.member_count);
  }

  std::vector<LayerRow> rows(const std::vector<std::string>& principles) const {
    const auto exact = exact_layers(*plan_.book, options_.layers);
    std::vector<Level> levels = levels_;
    levels.push_back(options_.basis.capital_level);
    const BookLayers drawn = book_layers(*plan_.book, groups_, options_.layers, levels,
                                         options_.run.seed, options_.run.years, progress());
    Rows rows(options_, principles);
    std::vector<double> exact_of_all(options_.layers.size());
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      const std::vector<double>& of_group = exact[groups_[i]];
      for (std::size_t l = 0; l < of_group.size(); ++l) exact_of_all[l] += of_group[l];
      rows.add(portfolio_.groups.text("group_id", groups_[i]), of_group, drawn.groups[i]);
    }
    rows.add("all", exact_of_all, drawn.book);
    return rows.take();
  }

  std::uint64_t members() const {
    std::uint64_t sum = 0;
    for (const std::uint64_t members : members_) sum += members;
    return sum;
  }

 private:
  /// Member-years whose layers are known, though not drawn one by one.
  GroupsProgress progress() const {
    const auto start = std::chrono::steady_clock::now();
    return [this, start](std::size_t done) {
      std::uint64_t members_done = 0;
      for (std::size_t i = 0; i < done; ++i) members_done += members_[i];
      const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
      const std::uint64_t years = options_.run.years;
      if (options_.run.on_progress) {
        options_.run.on_progress(
            {"layers", members_done * years, members() * years, elapsed.count()});
      }
      return !(options_.run.should_stop && options_.run.should_stop());
    };
  }

  const Portfolio& portfolio_;
  const Plan& plan_;
  std::vector<std::size_t> groups_;
  std::vector<std::uint64_t> members_;  ///< [group of the study]
  const LayersOptions& options_;
  std::vector<Level> levels_;
};

/// Calls work() on as many threads as asked for.
template <class Work>
auto on_threads(unsigned threads, const Work& work) {
  std::optional<tbb::global_control> limit;
  if (threads > 0) limit.emplace(tbb::global_control::max_allowed_parallelism, threads);
  tbb::task_arena arena(threads > 0 ? static_cast<int>(threads) : tbb::task_arena::automatic);
  return arena.execute(work);
}

RunFacts facts_of(const Portfolio& portfolio, const Plan& plan, const LayersOptions& options,
                  std::size_t groups, std::uint64_t members) {
  RunFacts facts;
  facts.seed = options.run.seed;
  facts.years = options.run.years;
  facts.member_years = members * options.run.years;
  facts.input_path = portfolio.path;
  facts.input_digest = portfolio.digest;
  facts.table_digest = plan.table_digest;
  facts.settings = {{"groups", std::to_string(groups)}, {"members", std::to_string(members)}};
  for (const NamedValue& load : described(options.basis)) facts.settings.push_back(load);
  return facts;
}

RunOptions bound_options(const RunOptions& run) {
  RunOptions bound = run;
  bound.device = "cpu";
  bound.specific_usd.clear();
  bound.corridor.clear();
  return bound;
}

}  // namespace

ResultFile rare_layers(const std::string& path, const LayersOptions& options) {
  RunAccount account(options.run);
  check_options(options);
  pipeline::require_memory(layers_bytes_a_year(options.layers.size()), options.run, "the layers",
                           ", or fewer layers");
  const std::vector<Level> levels =
      options.run.levels.empty() ? std::vector<Level>{parse_level("0.99")} : options.run.levels;
  const std::vector<std::string> principles = principles_of(options);
  // All groups are planned: how far up claim tables go depends on the book.
  const Portfolio portfolio = bound_terms(pipeline::loaded(path, options.run, account));
  const std::vector<std::size_t> groups = chosen_groups(portfolio, options.groups);
  const Plan plan = pipeline::planned(portfolio, bound_options(options.run), account);
  refuse_run_in(portfolio, *plan.book, groups);
  refuse_giants(portfolio, *plan.book, groups);
  account.device("cpu");
  account.next("simulate");
  const Study study(portfolio, plan, groups, options, levels);
  const std::vector<LayerRow> rows =
      on_threads(options.run.threads, [&] { return study.rows(principles); });
  account.add_draws(study.members() * options.run.years);
  account.next("tables of results");
  ResultFile results;
  results.schema = "corridor.layers";
  results.tables.push_back(layers_table(rows, levels, principles));
  results.gate = layers_gate(rows);
  results.warnings = portfolio.warnings;
  results.warnings.insert(results.warnings.end(), plan.warnings.begin(), plan.warnings.end());
  results.run = facts_of(portfolio, plan, options, groups.size(), study.members());
  account.finish(results.run);
  return results;
}

}  // namespace corridor
