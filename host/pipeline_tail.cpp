// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "host/pipeline_steps.hpp"
#include "host/pipeline_tail.hpp"
#include "host/pipeline_tail_tables.hpp"
#include "host/select_groups.hpp"

namespace corridor {
namespace {

/// Whether a book with these treaties has a table of that name.
bool has_table(const Portfolio& head, const std::string& table) {
  if (table != "treaties" && table != "captives" && table != "layers") return true;
  constexpr double person_excess = 1, captive = 3;
  for (std::size_t row = 0; row < head.treaties.rows; ++row) {
    const double kind = head.treaties.number("kind", row, 0);
    if (table == "treaties") return true;
    if (kind == (table == "captives" ? captive : person_excess)) return true;
  }
  return false;
}

RunFacts facts_of(const BookRun& run, const TailOptions& options) {
  RunFacts facts = run.quotes().run;
  const auto add = [&](const char* name, const std::string& value) {
    facts.settings.push_back({name, value});
  };
  for (NamedValue& setting : facts.settings) {  // the groups' quotes know of no levels
    if (setting.name == "levels") setting.value = level_list(options.run.levels);
  }
  add("groups", std::to_string(run.head().group_count()));
  add("members", std::to_string(run.head().member_count()));
  add("treaties", std::to_string(run.programme().treaties.size()));
  add("contributions", options.contribution_metric);
  return facts;
}

}  // namespace

std::string level_list(std::span<const Level> levels) {
  std::string text;
  for (const Level& level : levels) text += (text.empty() ? "" : ",") + level.text;
  return text;
}

void check_tail(const TailOptions& options) {
  const std::string& metric = options.contribution_metric;
  if (metric != "gross" && metric != "net" && metric != "none") {
    throw Error(ErrorKind::usage,
                "contributions to the tail are of gross or net payouts, or none, not of '" + metric +
                    "'");
  }
  if (metric == "none" && !options.marginal_groups.empty()) {
    throw Error(ErrorKind::usage,
                "what a group adds to the tail is studied of the amount that contributions are of, "
                "and they are none. Choose gross or net");
  }
  pipeline::require_memory(tail_bytes_a_year, options.run, "the book", "");
}

TailOptions checked_tail(const TailOptions& asked) {
  check_tail(asked);
  TailOptions options = asked;
  if (options.run.levels.empty()) options.run.levels = {parse_level("0.99")};
  return options;
}

void check_asked(const BookRun& run, const TailOptions& options) {
  group_numbers(run.head(), options.marginal_groups);
  const std::string& table = options.required_table;
  if (has_table(run.head(), table)) return;
  throw Error(ErrorKind::usage, "--table " + table + ": " + run.head().path + " has no " + table +
                                    ". Choose another table");
}

ResultFile tail_file(BookRun& run, const TailOptions& options, RunAccount& account) {
  account.next("tables of results");
  BookMetrics metrics(run);
  ResultFile file;
  file.schema = "corridor.tail";
  add_book_tables(run, metrics, options, file);
  add_treaty_tables(run, options, file);
  LayerMeans layers(run);
  TailContributions contributions(run, metrics, options);
  for (const GroupRange part : run.cut()) {
    account.next("tables of results");
    layers.add(part);
    account.next("contributions");
    contributions.add(part);
  }
  layers.add_to(file);
  contributions.add_to(file);
  account.next("marginal groups");
  add_marginal_groups(run, metrics, options, file);
  file.losses = metrics.take_series();
  file.gate = run.quotes().gate;
  file.warnings = run.quotes().warnings;
  file.run = facts_of(run, options);
  account.finish(file.run);
  return file;
}

TailSize size_tail(const std::string& path, const TailOptions& asked) {
  RunAccount account(asked.run);
  const TailOptions options = checked_tail(asked);
  BookRun run(path, options, account);
  check_asked(run, options);
  run.check_all();
  return {run.head().group_count(), run.head().member_count(), run.head().warnings};
}

ResultFile tail_book(const std::string& path, const TailOptions& asked) {
  RunAccount account(asked.run);
  const TailOptions options = checked_tail(asked);
  BookRun run(path, options, account);
  check_asked(run, options);
  run.check_all();
  run.simulate("simulate");
  return tail_file(run, options, account);
}

}  // namespace corridor
