// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

#include "corridor/corridor.hpp"
#include "host/distribution/claim_law.hpp"
#include "host/distribution/compile.hpp"
#include "host/exact/exact_means.hpp"
#include "host/pipeline_memory.hpp"
#include "host/pipeline_pricing.hpp"
#include "host/pipeline_steps.hpp"
#include "host/plan/contract_basis.hpp"
#include "host/plan/effects.hpp"
#include "host/plan/idle_terms.hpp"
#include "host/plan/make_plan.hpp"
#include "host/price/price.hpp"
#include "host/treaty/programme.hpp"
#include "host/watch/run_account.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

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

Plan plan_portfolio(const Portfolio& portfolio, const RunOptions& options, RunAccount& account) {
  account.next("tables");
  ClaimTables tables = compile_tables(portfolio, required_effects(portfolio));
  account.next("plan");
  Plan plan = make_plan(portfolio, std::move(tables), options);
  account.next("exact means");
  pipeline::set_figures(portfolio, plan);
  return plan;
}

const RuleBook& rules_of(const RunOptions& options) {
  return options.rules ? *options.rules : built_in_rules();
}

/// What the manual rate expects of the periods in the book's experience, one period of each group
/// at a time.
ExperienceMeans experience_means(const Portfolio& portfolio, const RunOptions& options,
                                 const std::shared_ptr<const BookTables>& tables) {
  ExperienceMeans means;
  means.ground_up_usd.assign(portfolio.experience.rows, std::nan(""));
  means.excess_usd.assign(portfolio.experience.rows, std::nan(""));
  RunOptions bound = options;
  bound.specific_usd.clear();
  bound.corridor.clear();
  for (std::size_t pass = 0;; ++pass) {
    const std::optional<ExperienceBook> book = experience_book(portfolio, pass);
    if (!book) return means;
    const Plan plan = laid_out(book->portfolio, tables, bound);
    recentre(*plan.book);
    const ExactMeans exact = exact_means(*plan.book);
    for (std::size_t job = 0; job < plan.book->jobs.size(); ++job) {
      const std::size_t group = plan.book->group_of_job[job];
      means.ground_up_usd[book->rows[group]] = exact.ground_up_usd[group];
      means.excess_usd[book->rows[group]] = exact.rows[job].front().specific_before_asd_usd;
    }
  }
}

}  // namespace

namespace pipeline {

OpenBook opened(const std::string& path, const RunOptions& options) {
  OpenBook book(path, {options.memory_limit_bytes});
  check_laws(book.head());
  return book;
}

void set_figures(const Portfolio& portfolio, Plan& plan) {
  recentre(*plan.book);
  plan.exact = exact_means(*plan.book);
  set_attachments(portfolio, plan);
}

Portfolio loaded(const std::string& path, const RunOptions& options, RunAccount& account) {
  account.next("load");
  Portfolio portfolio = load_checked(path, options);
  account.input(portfolio);
  return portfolio;
}

Portfolio loaded_group(const std::string& path, const RunOptions& options,
                       const std::string& group_id, RunAccount& account) {
  account.next("load");
  if (options.memory_limit_bytes == 0) {
    const Portfolio book = load_checked(path, options);
    account.input(book);
    return select_group(book, group_id);
  }
  const OpenBook book = opened(path, options);
  account.input(book.head());
  const std::size_t group = group_number(book.head(), group_id);
  return book.slice({group, group + 1});
}

Plan planned(const Portfolio& portfolio, const RunOptions& options, RunAccount& account) {
  return plan_portfolio(portfolio, options, account);
}

Portfolio loaded(const std::string& path, const RunOptions& options) {
  return load_checked(path, options);
}

Plan planned(const Portfolio& portfolio, const RunOptions& options) {
  RunOptions silent = options;
  silent.on_event = {};
  RunAccount unused(silent);
  return plan_portfolio(portfolio, options, unused);
}

Plan with_tables(const Portfolio& portfolio, const RunOptions& options) {
  Plan plan;
  plan.options = options;
  plan.tables = std::make_shared<const BookTables>(
      book_tables(portfolio, compile_tables(portfolio, required_effects(portfolio))));
  return plan;
}

ExperienceMeans expected_experience(const Portfolio& portfolio, const Plan& plan) {
  return experience_means(portfolio, plan.options, plan.tables);
}

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

PricingSize size_pricing(const std::string& path, const RunOptions& options,
                         const PricingBasis& basis) {
  PricingRun run(path, options, basis);
  PricingSize size;
  size.warnings = run.book().warnings();
  run.check_all([&](const BookSlice& slice) {
    const std::vector<Problem>& more = slice.plan.warnings;
    size.warnings.insert(size.warnings.end(), more.begin(), more.end());
    size.groups += slice.groups.count();
    size.quotes += slice.plan.quotes.size();
    size.member_years += slice.plan.member_years;
  });
  return size;
}

RuleCheck check_book(const std::string& path, const RunOptions& options) {
  RunAccount account(options);
  const Portfolio portfolio = pipeline::loaded(path, options, account);
  const Plan plan = plan_portfolio(portfolio, options, account);
  account.next("rules");
  RuleCheck check;
  check.options = checked_options(portfolio, plan);
  check.findings = check_rules(portfolio, plan, rules_of(options));
  check.warnings = portfolio.warnings;
  check.warnings.insert(check.warnings.end(), plan.warnings.begin(), plan.warnings.end());
  RunFacts unused;
  account.finish(unused);
  return check;
}

Quotes price_book(const std::string& path, const RunOptions& options, const PricingBasis& basis) {
  PricingRun run(path, options, basis);
  run.check_all();
  const std::vector<GroupRange> parts = run.parts();
  for (std::size_t part = 0; part < parts.size(); ++part) {
    if (parts.size() > 1) {
      run.name_part("part " + std::to_string(part + 1) + " of " + std::to_string(parts.size()) +
                    ", ");
    }
    run.take(run.results_of(parts[part], run.backend()));
  }
  return run.finish(run.backend().name());
}

}  // namespace corridor
