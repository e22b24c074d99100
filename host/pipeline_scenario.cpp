// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/pipeline_scenario.hpp"

#include <algorithm>
#include <cmath>

#include "corridor/scenario.hpp"
#include "host/distribution/claim_law.hpp"
#include "host/distribution/cost_points.hpp"
#include "host/pipeline_memory.hpp"
#include "host/pipeline_steps.hpp"
#include "host/pipeline_tail_tables.hpp"
#include "host/plan/effects.hpp"
#include "host/risk/tables.hpp"
#include "host/scenario/named_law.hpp"
#include "host/scenario/paired_years.hpp"
#include "host/scenario/scenario_tables.hpp"
#include "host/scenario/stressed_book.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

bool is_error(const Problem& problem) { return problem.severity == Problem::Severity::error; }

/// Problems of a law that the stress states, told of the stress.
std::vector<Problem> own_law_problems(const Stress& stress, const Therapy& therapy,
                                      const DistributionSpec& law,
                                      const std::vector<DistributionSpec>& all) {
  std::vector<Problem> problems = check_law(law, all);
  std::erase_if(problems, [](const Problem& problem) { return !is_error(problem); });
  for (Problem& problem : problems) {
    problem.file = stress.file;
    const std::string place = "/distributions/" + law.name;
    problem.dataset = "therapy.law" + problem.dataset.substr(place.size());
    std::replace(problem.dataset.begin(), problem.dataset.end(), '@', '.');
    problem.message = therapy.place + "the law of " + therapy.name + ": " + problem.message;
  }
  return problems;
}

/// Costs of a therapy's patients; none and problems where its law is not sound.
std::vector<SharedCost> costs_of(const Portfolio& portfolio, const Stress& stress,
                                 const Therapy& therapy, std::vector<Problem>& problems) {
  if (therapy.cost_usd > 0) return {{1, therapy.cost_usd}};
  std::vector<DistributionSpec> laws = portfolio.distributions;
  DistributionSpec law;
  if (therapy.own_law) {
    law = *therapy.own_law;
    law.name = therapy.name + " of the stress";
    laws.push_back(law);
    const std::vector<Problem> own = own_law_problems(stress, therapy, law, laws);
    problems.insert(problems.end(), own.begin(), own.end());
    if (!own.empty()) return {};
  } else {
    const DistributionSpec* named =
        named_law(portfolio, {stress.file, "therapy.law", therapy.place, therapy.law}, problems);
    if (named == nullptr) return {};
    law = *named;
  }
  std::vector<SharedCost> costs;
  for (const CostPoint& point : cost_points(*make_law(law, laws))) {
    costs.push_back({point.probability, point.cost_usd});
  }
  return costs;
}

BaseFacts facts_of(const Portfolio& portfolio, const Stress& stress) {
  BaseFacts facts;
  for (std::size_t group = 0; group < portfolio.group_count(); ++group) {
    facts.group_cv.push_back(group_effect_cv(portfolio, group));
  }
  facts.aggregate_attachment_usd.assign(portfolio.group_count(), NAN);
  std::vector<Problem> problems;
  for (const Therapy& therapy : stress.therapies) {
    facts.therapies.push_back(costs_of(portfolio, stress, therapy, problems));
  }
  if (!problems.empty()) throw Error(ErrorKind::bad_data, std::move(problems));
  return facts;
}

/// So that a stress that the book cannot have costs no simulation.
void check_stress(const Portfolio& portfolio, const Stress& stress, const BaseFacts& facts) {
  const Portfolio stressed = stressed_book(portfolio, stress, facts);
  std::vector<Problem> problems;
  for (std::size_t law = portfolio.distributions.size(); law < stressed.distributions.size();
       ++law) {
    for (Problem& problem : check_law(stressed.distributions[law], stressed.distributions)) {
      problem.file = stress.file;
      if (is_error(problem)) problems.push_back(std::move(problem));
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::bad_data, std::move(problems));
}

std::vector<double> bound_attachments(const Plan& plan, std::size_t groups) {
  std::vector<double> usd(groups, NAN);
  for (const QuoteKey& quote : plan.quotes) {
    if (quote.has_aggregate) usd[quote.group] = quote.aggregate_attachment_usd;
  }
  return usd;
}

std::vector<PairedMetric> paired_metrics(const StudiedRun& base, const StudiedRun& stressed) {
  const double base_gross = base.exact_specific_usd() + base.exact_aggregate_usd();
  const double stressed_gross = stressed.exact_specific_usd() + stressed.exact_aggregate_usd();
  std::vector<PairedMetric> metrics{
      {"ground_up", base.run.years().ground_up, stressed.run.years().ground_up,
       base.exact_ground_up_usd(), stressed.exact_ground_up_usd()},
      {"retained", base.retained, stressed.retained, base.exact_ground_up_usd() - base_gross,
       stressed.exact_ground_up_usd() - stressed_gross},
      {"specific", base.run.years().specific, stressed.run.years().specific,
       base.exact_specific_usd(), stressed.exact_specific_usd()},
      {"aggregate", base.run.years().aggregate, stressed.run.years().aggregate,
       base.exact_aggregate_usd(), stressed.exact_aggregate_usd()},
      {"gross", base.gross, stressed.gross, base_gross, stressed_gross}};
  metrics.push_back({"ceded", base.ceded, stressed.ceded});
  metrics.push_back({"net", base.run.ceded().net, stressed.run.ceded().net});
  if (!base.run.programme().treaties.empty()) return metrics;
  metrics.back().base_exact_usd = base_gross;
  metrics.back().stressed_exact_usd = stressed_gross;
  return metrics;
}

GroupFigures group_figures(const StudiedRun& studied, std::size_t job) {
  const BookRun& run = studied.run;
  const std::uint32_t group = studied.plan().book->group_of_job[job];
  const double specific = studied.exact_specific_usd(job);
  const double aggregate = studied.exact_aggregate_usd(job);
  const auto simulated = [&](const char* column) { return run.quotes().number(column, group); };
  GroupFigures figures;
  figures.specific_deductible_usd = simulated("specific_deductible_usd");
  figures.aggregate_attachment_usd = simulated("aggregate_attachment_usd");
  figures.specific_usd = std::isnan(specific) ? simulated("specific_mean_usd") : specific;
  figures.aggregate_usd = std::isnan(aggregate) ? simulated("aggregate_mean_usd") : aggregate;
  figures.premium_usd = run.premium_usd()[group];
  figures.exact = !std::isnan(specific) && !std::isnan(aggregate);
  return figures;
}

/// [batch] payouts of a group's covers whose means are simulated.
std::vector<Cents> simulated_batches(const StudiedRun& studied, std::size_t job) {
  const BatchSums& batches = studied.run.years().batches;
  const std::size_t groups = studied.jobs();
  const bool specific = std::isnan(studied.exact_specific_usd(job));
  const bool aggregate = std::isnan(studied.exact_aggregate_usd(job));
  std::vector<Cents> sums(batches.batches());
  for (std::size_t b = 0; b < sums.size(); ++b) {
    if (specific) sums[b] += batches.specific[b * groups + job];
    if (aggregate) sums[b] += batches.aggregate[b * groups + job];
  }
  return sums;
}

std::vector<PairedGroup> paired_groups(const StudiedRun& base, const StudiedRun& stressed) {
  std::vector<PairedGroup> groups;
  for (std::size_t job = 0; job < base.jobs(); ++job) {
    const std::uint32_t group = base.plan().book->group_of_job[job];
    PairedGroup paired{base.run.head().groups.text("group_id", group), group_figures(base, job),
                       group_figures(stressed, job)};
    if (!paired.base.exact || !paired.stressed.exact) {
      paired.change_se_usd =
          paired_batch_error_usd(simulated_batches(base, job), simulated_batches(stressed, job),
                                 base.run.years().batches.years);
    }
    groups.push_back(std::move(paired));
  }
  return groups;
}

/// Both runs' gates as one.
CredibilityGate both_gates(const CredibilityGate& base, const CredibilityGate& stressed) {
  CredibilityGate gate = base;
  gate.checked += stressed.checked;
  gate.false_alarm_rate += stressed.false_alarm_rate;
  gate.z_limit = std::max(base.z_limit, stressed.z_limit);
  gate.largest_z = std::max(base.largest_z, stressed.largest_z);
  gate.failures.clear();
  for (const std::string& failure : base.failures) gate.failures.push_back("base: " + failure);
  for (const std::string& failure : stressed.failures) {
    gate.failures.push_back("under the stress: " + failure);
  }
  return gate;
}

bool same(const Problem& a, const Problem& b) {
  return a.code == b.code && a.dataset == b.dataset && a.row == b.row && a.group == b.group;
}

bool is_of_a_law(const Problem& problem) { return problem.dataset.starts_with("/distributions/"); }

/// The book's warnings, and those that the stress alone gives; what its many laws make of the cap
/// is not worth a line each.
std::vector<Problem> both_warnings(const std::vector<Problem>& base,
                                   const std::vector<Problem>& stressed) {
  std::vector<Problem> warnings = base;
  for (Problem problem : stressed) {
    const auto known = [&](const Problem& each) { return same(each, problem); };
    if (is_of_a_law(problem) || std::any_of(base.begin(), base.end(), known)) continue;
    problem.message = "under the stress: " + problem.message;
    warnings.push_back(std::move(problem));
  }
  return warnings;
}

RunFacts facts_of_run(const StudiedRun& base, const StudiedRun& stressed, const Stress& stress,
                      const TailOptions& options) {
  RunFacts facts;
  const Portfolio& portfolio = base.run.head();
  facts.seed = options.run.seed;
  facts.years = options.run.years;
  facts.member_years = std::uint64_t{portfolio.member_count()} * 2 * options.run.years;
  facts.input_path = portfolio.path;
  facts.input_digest = portfolio.digest;
  facts.table_digest = base.plan().table_digest;
  facts.settings = {{"groups", std::to_string(portfolio.group_count())},
                    {"members", std::to_string(portfolio.member_count())},
                    {"treaties", std::to_string(base.run.programme().treaties.size())},
                    {"levels", level_list(options.run.levels)},
                    {"stress", stress.name},
                    {"stress_description", stress.description},
                    {"stress_source", stress.source},
                    {"stress_table_digest", stressed.plan().table_digest},
                    {"reprice", stress.reprice ? "true" : "false"}};
  return facts;
}

std::vector<double> periods(const TailOptions& options) {
  if (!options.return_periods_years.empty()) return options.return_periods_years;
  const std::vector<std::uint32_t> usual = return_periods(options.run.years);
  return {usual.begin(), usual.end()};
}

/// Of gross and of net payouts. What was agreed before the shock does not follow it: treaties'
/// premiums neither.
std::vector<PairedPremium> premiums_of(const StudiedRun& base, const StudiedRun& stressed,
                                       const Stress& stress, const TailOptions& options) {
  const double net = net_premium_usd(base.run, options);
  return {{base.run.book_premium_usd(), stressed.run.book_premium_usd()},
          {net, stress.reprice ? net_premium_usd(stressed.run, options) : net}};
}

ResultFile results_of(const StudiedRun& base, const StudiedRun& stressed, const Stress& stress,
                      const TailOptions& options) {
  const std::vector<PairedMetric> metrics = paired_metrics(base, stressed);
  const std::vector<PairedMetric> premium_metrics{metrics[4], metrics[6]};
  ResultFile results;
  results.schema = "corridor.scenario";
  results.tables = {change_table(metrics, options.run.levels),
                    paired_loss_ratio_table(premium_metrics,
                                            premiums_of(base, stressed, stress, options)),
                    paired_exceedance_table(metrics, periods(options)),
                    paired_group_table(paired_groups(base, stressed))};
  results.losses = {{"base_gross", "paid by the covers, as the book is", base.gross},
                    {"stressed_gross", "the same under the stress", stressed.gross},
                    {"base_net", "paid by the covers after treaties", base.run.ceded().net},
                    {"stressed_net", "the same under the stress", stressed.run.ceded().net}};
  results.gate = both_gates(base.run.quotes().gate, stressed.run.quotes().gate);
  results.warnings = both_warnings(base.run.quotes().warnings, stressed.run.quotes().warnings);
  results.run = facts_of_run(base, stressed, stress, options);
  return results;
}

/// What is yet to come once a book is loaded: its plan, the book under the stress and its plan, both
/// runs' years and groups' figures. Measured on books of 100 to 4,000 groups.
void require_room(const Portfolio& portfolio, const RunOptions& options) {
  constexpr double bytes_a_group = 9700, bytes_a_member = 80;
  pipeline::require_room(options,
                         scenario_bytes_a_year * options.years +
                             bytes_a_group * static_cast<double>(portfolio.group_count()) +
                             bytes_a_member * static_cast<double>(portfolio.member_count()));
}

}  // namespace

ResultFile stressed_results(Portfolio portfolio, const Stress& stress, const TailOptions& asked,
                            RunAccount& account) {
  TailOptions options = asked;
  options.contribution_metric = "none";
  require_room(portfolio, options.run);
  BaseFacts facts = facts_of(portfolio, stress);
  check_stress(portfolio, stress, facts);
  const StudiedRun base(std::move(portfolio), options, "as it is", account);
  facts.aggregate_attachment_usd = bound_attachments(base.plan(), base.run.head().group_count());
  const std::vector<double> premiums =
      stress.reprice ? std::vector<double>{} : base.run.premium_usd();
  TailOptions again = options;
  again.run.on_message = {};  // of the machine: said once
  const StudiedRun stressed(stressed_book(base.run.head(), stress, facts), again,
                            "under the stress", account, premiums);
  account.next("tables of results");
  return results_of(base, stressed, stress, options);
}

ResultFile stressed_results(Portfolio portfolio, const Stress& stress, const TailOptions& options) {
  RunAccount account(options.run);
  return stressed_results(std::move(portfolio), stress, options, account);
}

void check_scenario(const TailOptions& options) {
  pipeline::require_memory(scenario_bytes_a_year, options.run, "both runs", "");
}

ResultFile stress_book(const std::string& path, const Stress& stress, const TailOptions& given) {
  RunAccount account(given.run);
  check_scenario(given);
  TailOptions options = given;
  if (options.run.levels.empty()) options.run.levels = {parse_level("0.99")};
  ResultFile results =
      stressed_results(pipeline::loaded(path, options.run, account), stress, options, account);
  account.finish(results.run);
  return results;
}

}  // namespace corridor
