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

RunFacts facts_of(const BookRun& run, const TailOptions& options) {
  RunFacts facts = run.quotes.run;
  const auto add = [&](const char* name, const std::string& value) {
    facts.settings.push_back({name, value});
  };
  for (NamedValue& setting : facts.settings) {  // the groups' quotes know of no levels
    if (setting.name == "levels") setting.value = level_list(options.run.levels);
  }
  add("groups", std::to_string(run.portfolio.group_count()));
  add("members", std::to_string(run.portfolio.member_count()));
  add("treaties", std::to_string(run.programme.treaties.size()));
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

BookRun planned_tail(const std::string& path, const TailOptions& options, RunAccount& account) {
  Portfolio portfolio = pipeline::loaded(path, options.run, account);
  group_numbers(portfolio, options.marginal_groups);  // a mistake costs no simulation
  return planned_book(std::move(portfolio), options, account);
}

ResultFile tail_file(const BookRun& run, const TailOptions& options, RunAccount& account) {
  account.next("tables of results");
  BookMetrics metrics(run);
  ResultFile file;
  file.schema = "corridor.tail";
  add_book_tables(run, metrics, options, file);
  add_treaty_tables(run, options, file);
  add_layers(run, file);
  account.next("contributions");
  add_contributions(run, metrics, options, file);
  account.next("marginal groups");
  add_marginal_groups(run, metrics, options, file);
  file.losses = metrics.take_series();
  file.gate = run.quotes.gate;
  file.warnings = run.quotes.warnings;
  file.run = facts_of(run, options);
  account.finish(file.run);
  return file;
}

ResultFile tail_book(const std::string& path, const TailOptions& asked) {
  RunAccount account(asked.run);
  const TailOptions options = checked_tail(asked);
  BookRun run = planned_tail(path, options, account);
  simulate_book(run, options, "simulate", account);
  return tail_file(run, options, account);
}

}  // namespace corridor
