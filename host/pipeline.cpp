// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <iterator>
#include <map>
#include <optional>

#include "corridor/corridor.hpp"
#include "corridor/info.hpp"
#include "corridor/losses.hpp"
#include "host/distribution/claim_law.hpp"
#include "host/distribution/compile.hpp"
#include "host/exact/exact_losses.hpp"
#include "host/exact/exact_means.hpp"
#include "host/options/controlled.hpp"
#include "host/options/options.hpp"
#include "host/pipeline_steps.hpp"
#include "host/plan/contract_basis.hpp"
#include "host/plan/effects.hpp"
#include "host/plan/idle_terms.hpp"
#include "host/plan/make_plan.hpp"
#include "host/plan/neighbour.hpp"
#include "host/price/price.hpp"
#include "host/price/select_groups.hpp"
#include "host/price/target_se.hpp"
#include "host/reduce/reduce.hpp"
#include "host/simulate/simulate.hpp"
#include "host/treaty/programme.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

/// Times the phases of a run as they follow one another.
class PhaseClock {
 public:
  void next(std::string phase) {
    finish();
    times_.push_back({std::move(phase), 0});
  }
  std::vector<PhaseTime> times() {
    finish();
    return times_;
  }

 private:
  void finish() {
    const auto now = std::chrono::steady_clock::now();
    if (!times_.empty()) {
      times_.back().seconds = std::chrono::duration<double>(now - since_).count();
    }
    since_ = now;
  }

  std::vector<PhaseTime> times_;
  std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

std::vector<Problem> law_problems(const Portfolio& portfolio) {
  std::vector<Problem> problems;
  for (const DistributionSpec& law : portfolio.distributions) {
    if (law.kind.empty()) continue;  // said already, and nothing is known of such a law
    for (Problem& problem : check_law(law, portfolio.distributions)) {
      problem.file = portfolio.path;
      problems.push_back(std::move(problem));
    }
  }
  return problems;
}

bool is_error(const Problem& problem) { return problem.severity == Problem::Severity::error; }

/// Throws with every error of the laws; their warnings join the portfolio's.
void check_laws(Portfolio& portfolio) {
  std::vector<Problem> problems = law_problems(portfolio);
  if (std::any_of(problems.begin(), problems.end(), is_error)) {
    throw Error(ErrorKind::bad_data, std::move(problems));
  }
  std::move(problems.begin(), problems.end(), std::back_inserter(portfolio.warnings));
}

Portfolio load_checked(const std::string& path, const RunOptions& options) {
  Portfolio portfolio = load_portfolio(path, {options.memory_limit_bytes});
  check_laws(portfolio);
  return portfolio;
}

Plan plan_portfolio(const Portfolio& portfolio, const RunOptions& options, PhaseClock& clock) {
  clock.next("tables");
  ClaimTables tables = compile_tables(portfolio, required_effects(portfolio));
  clock.next("plan");
  Plan plan = make_plan(portfolio, std::move(tables), options);
  clock.next("exact means");
  recentre(*plan.book);
  plan.exact = exact_means(*plan.book);
  set_attachments(portfolio, plan);
  return plan;
}

const RuleBook& rules_of(const RunOptions& options) {
  return options.rules ? *options.rules : built_in_rules();
}

/// What the manual rate expects of the periods in the book's experience, one period of each group
/// at a time.
ExperienceMeans experience_means(const Portfolio& portfolio, const RunOptions& options) {
  ExperienceMeans means;
  means.ground_up_usd.assign(portfolio.experience.rows, std::nan(""));
  means.excess_usd.assign(portfolio.experience.rows, std::nan(""));
  RunOptions bound = options;
  bound.specific_usd.clear();
  bound.corridor.clear();
  for (std::size_t pass = 0;; ++pass) {
    const std::optional<ExperienceBook> book = experience_book(portfolio, pass);
    if (!book) return means;
    ClaimTables tables = compile_tables(book->portfolio, required_effects(book->portfolio));
    const Plan plan = make_plan(book->portfolio, std::move(tables), bound);
    recentre(*plan.book);
    const ExactMeans exact = exact_means(*plan.book);
    for (std::size_t job = 0; job < plan.book->jobs.size(); ++job) {
      const std::size_t group = plan.book->group_of_job[job];
      means.ground_up_usd[book->rows[group]] = exact.ground_up_usd[group];
      means.excess_usd[book->rows[group]] = exact.rows[job].front().specific_before_asd_usd;
    }
  }
}

RunOptions with_levels(RunOptions options, const PricingBasis& basis) {
  options.levels = levels_for(options, basis);
  return options;
}

/// Simulates jobs of a plan and reduces them.
class Runner {
 public:
  /// `exact`  figures that take the place of simulated ones; none with the method `simulate`
  Runner(const Plan& plan, Backend& backend, const PricingBasis& basis, const Losses* exact)
      : plan_(plan), backend_(backend), basis_(basis), exact_(exact) {
    losses_.levels = plan.options.levels;
    losses_.jobs.resize(plan.book->jobs.size());
  }

  void run(const SimulatedJobs& which) {
    const RunOptions& options = plan_.options;
    const ReduceOptions reduction{which.years, options.levels,
                                  functionals_for(options.principles, basis_, which.years)};
    simulate(plan_, backend_, which, !reduction.functionals.empty(),
             [&](std::size_t job, GroupTally tally) {
               losses_.jobs[job] = reduce(tally, reduction);
               member_years_ += member_years(plan_, job, which.years);
             });
    if (exact_ != nullptr) take_exact(*exact_, losses_);
  }

  /// Simulates groups again, for more years, until they meet the options' target or cannot have
  /// more. The years of a group follow from exact sums, so they are the same on every machine of
  /// the same memory.
  void meet_target(const Portfolio& portfolio) {
    for (;;) {
      const std::vector<SimulatedJobs> again = jobs_for_target(portfolio);
      if (again.empty()) return;
      for (const SimulatedJobs& jobs : again) run(jobs);
    }
  }

  Losses take() { return std::move(losses_); }
  std::uint64_t drawn() const { return member_years_; }

 private:
  /// Jobs of groups that need more years and can have them, by years.
  std::vector<SimulatedJobs> jobs_for_target(const Portfolio& portfolio) const {
    const std::vector<double> needed = years_for_target(portfolio, plan_, losses_);
    const std::vector<std::uint32_t> most = most_years_of_groups(needed.size());
    std::map<std::uint32_t, SimulatedJobs> by_years;
    for (std::size_t job = 0; job < losses_.jobs.size(); ++job) {
      const std::uint32_t group = plan_.book->group_of_job[job];
      const auto simulated = static_cast<std::uint32_t>(losses_.jobs[job].ground_up.years);
      const std::uint32_t years = next_years(simulated, needed[group], most[group]);
      if (years == simulated) continue;
      by_years[years].years = years;
      by_years[years].jobs.push_back(job);
    }
    std::vector<SimulatedJobs> again;
    for (auto& [years, jobs] : by_years) again.push_back(std::move(jobs));
    return again;
  }

  std::vector<std::uint32_t> most_years_of_groups(std::size_t groups) const {
    std::vector<std::uint32_t> most(groups, plan_.options.max_years);
    const bool keeps = needs_distribution(plan_.options.principles);
    for (std::size_t job = 0; job < losses_.jobs.size(); ++job) {
      std::uint32_t& of_group = most[plan_.book->group_of_job[job]];
      of_group = std::min(of_group, most_years(plan_, job, keeps));
    }
    return most;
  }

  const Plan& plan_;
  Backend& backend_;
  const PricingBasis& basis_;
  const Losses* exact_;
  Losses losses_;
  std::uint64_t member_years_ = 0;
};

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

/// The figures that prices stand on, by the options' method; `drawn` member-years on the way.
Losses losses_of(const Portfolio& portfolio, const Plan& plan, Backend& backend,
                 const PricingBasis& basis, PhaseClock& clock, std::uint64_t& drawn) {
  const RunOptions& options = plan.options;
  Losses exact;
  if (options.method != Method::simulate) {
    clock.next("exact laws");
    exact = exact_losses(plan, keep_going(options));
  }
  if (options.method == Method::exact) return exact;
  clock.next("simulate");
  Runner runner(plan, backend, basis, options.method == Method::both ? &exact : nullptr);
  runner.run(all_jobs(plan));
  if (options.target_se > 0) {
    clock.next("simulate more years");
    runner.meet_target(portfolio);
  }
  drawn = runner.drawn();
  return runner.take();
}

/// Exact means of every row's neighbour, for control variates.
std::vector<std::vector<NeighbourMeans>> means_of_neighbours(const Plan& plan) {
  Plan near = plan;
  near.book = neighbours(*plan.book);
  near.exact = exact_means(*near.book);
  return neighbour_means(near.exact, exact_losses(near, keep_going(plan.options)));
}

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[sizeof "2026-01-31T23:59:59Z"];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

std::string host_name() {
  char name[256] = {};
  return gethostname(name, sizeof name - 1) == 0 ? name : "";
}

void add_build_facts(const std::string& started_at, RunFacts& facts) {
  facts.version = build_facts().version;
  facts.git_revision = build_facts().git_revision;
  facts.compiler = build_facts().compiler;
  facts.host = host_name();
  facts.started_at = started_at;
}

void add_facts(const Portfolio& portfolio, const Plan& plan, const Backend& backend,
               PhaseClock& clock, Quotes& quotes) {
  quotes.run.seed = plan.options.seed;
  quotes.run.years = plan.options.years;
  quotes.run.member_years = plan.member_years;
  quotes.run.input_path = portfolio.path;
  quotes.run.input_digest = portfolio.digest;
  quotes.run.table_digest = plan.table_digest;
  quotes.run.device = backend.name();
  quotes.run.timings = clock.times();
}

}  // namespace

namespace pipeline {

Portfolio loaded(const std::string& path, const RunOptions& options) {
  return load_checked(path, options);
}

Plan planned(const Portfolio& portfolio, const RunOptions& options) {
  PhaseClock clock;
  return plan_portfolio(portfolio, options, clock);
}

ExperienceMeans expected_experience(const Portfolio& portfolio, const RunOptions& options) {
  return experience_means(portfolio, options);
}

std::string now() { return utc_now(); }

void require_memory(double bytes_a_year, const RunOptions& options, const std::string& what,
                    const std::string& instead) {
  auto limit = static_cast<double>(options.memory_limit_bytes);
  if (limit == 0) {
    limit = 0.5 * static_cast<double>(sysconf(_SC_PHYS_PAGES)) *
            static_cast<double>(sysconf(_SC_PAGESIZE));
  }
  const double bytes = bytes_a_year * options.years;
  if (bytes <= limit) return;
  const auto fitting = static_cast<std::uint64_t>(limit / bytes_a_year);
  throw Error(ErrorKind::usage, "every year of " + what + " needs " +
                                    std::to_string(static_cast<std::uint64_t>(bytes / 1e9) + 1) +
                                    " GB. Simulate at most " + std::to_string(fitting) + " years" +
                                    instead);
}

void add_origin(const std::string& started_at, RunFacts& facts) {
  add_build_facts(started_at, facts);
}

}  // namespace pipeline

std::vector<Problem> validate_book(const std::string& path, const LoadOptions& options) {
  Inspection inspection = inspect_portfolio(path, options);
  const bool usable = inspection.usable();
  std::vector<Problem> problems = std::move(inspection.problems);
  std::vector<Problem> laws = law_problems(inspection.portfolio);
  std::move(laws.begin(), laws.end(), std::back_inserter(problems));
  if (!usable) return problems;
  std::vector<Problem> windows = window_problems(inspection.portfolio);
  std::move(windows.begin(), windows.end(), std::back_inserter(problems));
  std::vector<Problem> idle =
      idle_terms(inspection.portfolio, quote_grid(inspection.portfolio, RunOptions{}));
  std::move(idle.begin(), idle.end(), std::back_inserter(problems));
  std::vector<Problem> treaties = treaty_problems(inspection.portfolio);
  std::move(treaties.begin(), treaties.end(), std::back_inserter(problems));
  return problems;
}

Plan plan_book(const std::string& path, const RunOptions& options) {
  PhaseClock clock;
  return plan_portfolio(load_checked(path, options), options, clock);
}

RuleCheck check_book(const std::string& path, const RunOptions& options) {
  PhaseClock clock;
  const Portfolio portfolio = load_checked(path, options);
  const Plan plan = plan_portfolio(portfolio, options, clock);
  RuleCheck check;
  check.options = checked_options(portfolio, plan);
  check.findings = check_rules(portfolio, plan, rules_of(options));
  check.warnings = portfolio.warnings;
  check.warnings.insert(check.warnings.end(), plan.warnings.begin(), plan.warnings.end());
  return check;
}

Quotes price_book(const std::string& path, const RunOptions& options, const PricingBasis& basis) {
  const std::string started_at = utc_now();
  check_method(options, basis);
  PhaseClock clock;
  clock.next("load");
  Portfolio portfolio = load_checked(path, options);
  if (!options.explain_group.empty()) portfolio = select_group(portfolio, options.explain_group);
  Plan plan = plan_portfolio(portfolio, with_levels(options, basis), clock);
  mark_rules(check_rules(portfolio, plan, rules_of(options)), plan);
  const ExperienceMeans experience = experience_means(portfolio, options);
  const std::unique_ptr<Backend> backend = open_backend(plan.options, plan.book->table_set());
  std::uint64_t drawn = 0;
  const Losses losses = losses_of(portfolio, plan, *backend, basis, clock, drawn);
  clock.next("price");
  Quotes quotes = price(portfolio, plan, losses, basis, experience);
  clock.next("options");
  add_options(portfolio, plan, *backend, quotes);
  if (options.control_variates) {
    clock.next("control variates");
    add_controlled_means(plan, *backend, means_of_neighbours(plan), quotes);
  }
  add_facts(portfolio, plan, *backend, clock, quotes);
  quotes.run.member_years = drawn;
  add_build_facts(started_at, quotes.run);
  return quotes;
}

}  // namespace corridor
