// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/pipeline_book.hpp"

#include <chrono>
#include <cmath>
#include <memory>

#include "host/pipeline_memory.hpp"
#include "host/pipeline_steps.hpp"
#include "host/price/price.hpp"
#include "host/reduce/reduce.hpp"
#include "host/simulate/simulate.hpp"
#include "host/tail/tail_groups.hpp"
#include "host/treaty/programme.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

/// Premiums of groups are of moments: the run keeps no distribution of a group.
void check_principles(const std::vector<std::string>& names) {
  const std::string& first = names.front();
  for (const PrincipleInfo& principle : premium_principles()) {
    if (principle.name != first || !(principle.needs_tail || principle.needs_distribution)) {
      continue;
    }
    throw Error(ErrorKind::usage,
                "principle " + first +
                    " weighs a group's whole distribution, and a run of the book keeps none. Name "
                    "expected_value, standard_deviation or variance first; treaties are priced by "
                    "all that are named");
  }
}

/// What groups, members and the search for the largest of them add to the years' totals. Measured
/// on books of 1,000 and 4,000 groups.
double parts_bytes(const Portfolio& portfolio, const TailOptions& options) {
  constexpr double bytes_a_group = 3000, bytes_a_member = 24, bytes_a_claimant = 300;
  constexpr double claimants_a_member_year = 0.02;  // more than most deductibles have
  const auto members = static_cast<double>(portfolio.member_count());
  double tail_years = 0;
  for (const Level& level : options.run.levels) {
    tail_years = std::max(tail_years, (1 - level.value) * options.run.years);
  }
  if (options.contribution_metric == "none") tail_years = 0;
  const double claimants = members * std::min(1.0, claimants_a_member_year * tail_years);
  return bytes_a_group * static_cast<double>(portfolio.group_count()) + bytes_a_member * members +
         bytes_a_claimant * claimants;
}

RunOptions bound_options(const TailOptions& options) {
  RunOptions bound = options.run;
  bound.specific_usd.clear();
  bound.corridor.clear();
  bound.method = Method::simulate;
  if (bound.principles.empty()) bound.principles = {"expected_value"};
  check_principles(bound.principles);
  bound.principles.resize(1);
  return bound;
}

/// The specific's mean in closed form takes the place of the run's.
void take_closed_form(const ExactRow& exact, const GridRow& row, RowLoss& loss) {
  if (row.terms.retention > 0 || !std::isfinite(exact.specific_before_asd_usd)) return;
  loss.specific.exact_usd = loss.specific.mean_usd = exact.specific_before_asd_usd;
  loss.specific.source = FigureSource::exact_mean;
}

Losses losses_of(const Plan& plan, const BookYears& years) {
  Losses losses;
  const ReduceOptions reduction{years.years(), {}, {}};
  for (std::size_t job = 0; job < plan.book->jobs.size(); ++job) {
    const GridRow& row = plan.book->jobs[job].rows[0];
    losses.jobs.push_back(reduce(tally_of(years.groups[job], row), reduction));
    take_closed_form(plan.exact.rows[job][0], row, losses.jobs.back().rows[0]);
  }
  return losses;
}

std::vector<double> premiums(const Quotes& quotes) {
  std::vector<double> usd;
  const std::string column = "premium_" + quotes.principles.front() + "_usd";
  for (std::size_t row = 0; row < quotes.rows; ++row) usd.push_back(quotes.number(column, row));
  return usd;
}

}  // namespace

double BookRun::book_premium_usd() const {
  double sum = 0;
  for (const double usd : premium_usd) sum += usd;
  return sum;
}

std::uint64_t member_years(std::span<const TailGroup> groups, std::uint64_t years) {
  std::uint64_t members = 0;
  for (const TailGroup& group : groups) members += group.member_count();
  return members * years;
}

YearsProgress years_progress(const RunOptions& options, const std::string& phase,
                             std::uint64_t total) {
  const auto start = std::chrono::steady_clock::now();
  const auto done = std::make_shared<std::uint64_t>(0);
  return [&options, phase, total, start, done](std::uint64_t member_years) {
    *done += member_years;
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    if (options.on_progress) options.on_progress({phase, *done, total, elapsed.count()});
    return !(options.should_stop && options.should_stop());
  };
}

BookRun planned_book(Portfolio portfolio, const TailOptions& options, RunAccount& account) {
  const RunOptions bound = bound_options(options);
  BookRun run;
  run.portfolio = bound_terms(std::move(portfolio));
  if (options.treaties) run.programme = programme_of(run.portfolio);
  run.layers = person_layers(run.programme);
  run.plan = pipeline::planned(run.portfolio, bound, account);
  run.groups = tail_groups(run.portfolio, run.plan, run.layers);
  const double years_bytes = tail_bytes_a_year * bound.years + parts_bytes(run.portfolio, options);
  pipeline::require_room(bound, years_bytes);
  RunOptions within = bound;
  within.memory_limit_bytes = pipeline::memory_room(bound, years_bytes).payouts_bytes;
  run.backend = open_backend(within, run.plan.book->table_set());
  account.device(run.backend->name());
  return run;
}

void settle(BookRun& run, const TailOptions& options, BookYears years, RunAccount& account,
            std::vector<double> given_premium_usd) {
  account.next("price");
  run.years = std::move(years);
  run.quotes = price(run.portfolio, run.plan, losses_of(run.plan, run.years), options.basis,
                     pipeline::expected_experience(run.portfolio, run.plan));
  run.premium_usd =
      given_premium_usd.empty() ? premiums(run.quotes) : std::move(given_premium_usd);
  std::vector<Cents> gross;
  gross.reserve(run.years.years());
  for (std::uint32_t y = 0; y < run.years.years(); ++y) gross.push_back(run.years.gross(y));
  run.ceded = apply_programme(run.programme, gross, run.years.layers, run.book_premium_usd());
}

void simulate_book(BookRun& run, const TailOptions& options, const std::string& phase,
                   RunAccount& account, std::vector<double> given_premium_usd) {
  account.next(phase);
  const std::uint64_t draws = member_years(run.groups, run.plan.options.years);
  const RunOptions& bound = run.plan.options;
  BookYears years =
      book_years(run.groups, run.layers.size(), *run.backend, bound.seed, bound.years,
                 years_progress(options.run, phase, draws));
  account.add_draws(draws);
  settle(run, options, std::move(years), account, std::move(given_premium_usd));
}

BookRun run_book(Portfolio portfolio, const TailOptions& options, const std::string& phase,
                 RunAccount& account, std::vector<double> given_premium_usd) {
  BookRun run = planned_book(std::move(portfolio), options, account);
  simulate_book(run, options, phase, account, std::move(given_premium_usd));
  return run;
}

}  // namespace corridor
