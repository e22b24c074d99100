// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/pipeline_pricing.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "host/exact/exact_means.hpp"
#include "host/options/controlled.hpp"
#include "host/options/options.hpp"
#include "host/pipeline_memory.hpp"
#include "host/pipeline_runner.hpp"
#include "host/pipeline_steps.hpp"
#include "host/plan/neighbour.hpp"
#include "host/price/price.hpp"
#include "host/select_groups.hpp"
#include "host/rules/applied_rules.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

RunOptions with_levels(RunOptions options, const PricingBasis& basis) {
  options.levels = levels_for(options, basis);
  return options;
}

/// Progress and a wish to stop, for work that counts jobs.
KeepGoing keep_going(const RunOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  return [&options, start](std::size_t done, std::size_t of) {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    if (options.on_progress) options.on_progress({"exact laws", done, of, elapsed.count()});
    return !(options.should_stop && options.should_stop());
  };
}

/// Principles that weigh the whole distribution take it from the years of a run.
void check_method(const RunOptions& options, const PricingBasis& basis) {
  if (options.method != Method::exact) return;
  const auto functionals = functionals_for(options.principles, basis, options.years);
  if (functionals.empty()) return;
  throw Error(ErrorKind::usage, "principle " + functionals.front().name +
                                    " weighs the years of a simulation and --method exact has "
                                    "none. Give --method both, or another principle");
}

Portfolio loaded(const std::string& path, const RunOptions& options, RunAccount& account) {
  Portfolio portfolio = pipeline::loaded(path, options, account);
  if (options.explain_group.empty()) return portfolio;
  return select_group(portfolio, options.explain_group);
}

}  // namespace

PricingRun::PricingRun(const std::string& path, const RunOptions& options, PricingBasis basis)
    : account_(options), basis_(std::move(basis)) {
  check_method(options, basis_);
  portfolio_ = loaded(path, options, account_);
  plan_ = pipeline::planned(portfolio_, labelled(with_levels(options, basis_)), account_);
  const RuleBook& rules = options.rules ? *options.rules : built_in_rules();
  mark_rules(check_rules(portfolio_, plan_, rules), plan_);
}

RunOptions PricingRun::labelled(RunOptions options) const {
  if (!options.on_progress) return options;
  options.on_progress = [this, tell = options.on_progress](Progress progress) {
    progress.phase = label_ + progress.phase;
    tell(progress);
  };
  return options;
}

Backend& PricingRun::backend() {
  if (!backend_) {
    RunOptions options = plan_.options;
    options.memory_limit_bytes =
        pipeline::memory_room(options, pipeline::quotes_bytes(plan_)).payouts_bytes;
    backend_ = open_backend(options, plan_.book->table_set());
    account_.device(backend_->name());
  }
  return *backend_;
}

ExactLaws& PricingRun::laws() {
  if (!laws_) {
    const auto room = pipeline::memory_room(plan_.options, pipeline::quotes_bytes(plan_));
    laws_ = std::make_unique<ExactLaws>(plan_, room.laws_bytes);
  }
  return *laws_;
}

const ExperienceMeans& PricingRun::experience() {
  if (!experience_) experience_ = pipeline::expected_experience(portfolio_, plan_.options);
  return *experience_;
}

std::vector<std::size_t> PricingRun::jobs_of(GroupRange groups) const {
  std::vector<std::size_t> jobs;
  for (std::size_t job = 0; job < plan_.book->jobs.size(); ++job) {
    if (groups.holds(plan_.book->group_of_job[job])) jobs.push_back(job);
  }
  return jobs;
}

/// The same book and closed forms with the quotes of some groups alone.
Plan PricingRun::plan_of(GroupRange groups) const {
  Plan part = plan_;
  std::erase_if(part.quotes, [&](const QuoteKey& key) { return !groups.holds(key.group); });
  return part;
}

Losses PricingRun::losses_of(const Plan& part, const std::vector<std::size_t>& jobs,
                             Backend& backend, std::uint64_t& drawn) {
  const RunOptions& options = plan_.options;
  Losses exact;
  if (options.method != Method::simulate) {
    account_.next("exact laws");
    exact = laws().losses(jobs, keep_going(options));
  }
  if (options.method == Method::exact) return exact;
  account_.next("simulate");
  Runner runner(part, backend, basis_, options.method == Method::both ? &exact : nullptr);
  runner.run({jobs, options.years});
  account_.add_draws(runner.drawn());
  if (options.target_se > 0) {
    account_.next("simulate more years");
    const std::uint64_t before = runner.drawn();
    runner.meet_target(portfolio_);
    account_.add_draws(runner.drawn() - before);
  }
  drawn = runner.drawn();
  return runner.take();
}

bool PricingRun::has_studies() const {
  return plan_.options.control_variates || has_options(portfolio_);
}

std::vector<QuoteColumn> PricingRun::studies_of(const Plan& part,
                                                const std::vector<std::size_t>& jobs,
                                                const Losses& losses, Backend& backend) {
  account_.next("options");
  Quotes quotes = price(portfolio_, part, losses, basis_, experience());
  const auto priced = static_cast<std::ptrdiff_t>(quotes.columns.size());
  add_options(portfolio_, part, backend, quotes);
  if (plan_.options.control_variates) {
    account_.next("control variates");
    add_controlled_means(part, backend, means_of_neighbours(jobs), quotes);
  }
  return {std::make_move_iterator(quotes.columns.begin() + priced),
          std::make_move_iterator(quotes.columns.end())};
}

std::vector<std::vector<NeighbourMeans>> PricingRun::means_of_neighbours(
    const std::vector<std::size_t>& jobs) {
  if (!near_) {
    near_ = std::make_unique<Plan>(plan_);
    near_->book = neighbours(*plan_.book);
    near_->exact = exact_means(*near_->book);
    near_laws_ = std::make_unique<ExactLaws>(*near_);
  }
  return neighbour_means(near_->exact, near_laws_->losses(jobs, keep_going(plan_.options)));
}

GroupResults PricingRun::results_of(GroupRange groups, Backend& backend) {
  const Plan part = plan_of(groups);
  const std::vector<std::size_t> jobs = jobs_of(groups);
  GroupResults results{groups, {}, {}, 0};
  Losses losses = losses_of(part, jobs, backend, results.member_years);
  if (has_studies()) results.studies = studies_of(part, jobs, losses, backend);
  for (const std::size_t job : jobs) results.jobs.push_back(std::move(losses.jobs[job]));
  return results;
}

std::vector<GroupRange> PricingRun::parts() const {
  std::vector<GroupRange> parts;
  std::size_t quotes = 0;
  for (std::size_t q = 0; q < plan_.quotes.size(); ++q) {
    const std::size_t group = plan_.quotes[q].group;
    const bool next = parts.empty() || (quotes >= quotes_a_part && group >= parts.back().last);
    if (next) {
      parts.push_back({group, group});
      quotes = 0;
    }
    parts.back().last = group + 1;
    ++quotes;
  }
  if (parts.empty()) return {{0, group_count()}};
  parts.front().first = 0;
  parts.back().last = group_count();
  return parts;
}

void PricingRun::take(GroupResults part) {
  account_.next("price");
  if (!pricer_) {
    pricer_ = std::make_unique<BookPricer>(portfolio_, plan_, basis_, plan_.options.levels,
                                           experience());
  }
  Losses losses{plan_.options.levels, std::vector<JobLosses>(plan_.book->jobs.size())};
  const std::vector<std::size_t> jobs = jobs_of(part.groups);
  for (std::size_t i = 0; i < jobs.size(); ++i) losses.jobs[jobs[i]] = std::move(part.jobs.at(i));
  const auto holds = [&](const QuoteKey& key) { return part.groups.holds(key.group); };
  pricer_->add(static_cast<std::size_t>(
                   std::count_if(plan_.quotes.begin(), plan_.quotes.end(), holds)),
               losses, std::move(part.studies));
  drawn_ += part.member_years;
}

Quotes PricingRun::finish(const std::string& device) {
  account_.next("price");
  Quotes quotes = pricer_->finish();
  quotes.run.member_years = drawn_;
  account_.finish(quotes.run);
  quotes.run.device = device;
  return quotes;
}

}  // namespace corridor
