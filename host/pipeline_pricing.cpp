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

/// Jobs of some groups of a plan.
std::vector<std::size_t> jobs_of(const Plan& plan, GroupRange groups) {
  std::vector<std::size_t> jobs;
  for (std::size_t job = 0; job < plan.book->jobs.size(); ++job) {
    if (groups.holds(plan.book->group_of_job[job])) jobs.push_back(job);
  }
  return jobs;
}

double quotes_bytes(const Plan& plan) {
  std::uint32_t deductibles = 0;
  for (const GroupJob& job : plan.book->jobs) deductibles = std::max(deductibles, job.row_count);
  return pipeline::quotes_bytes(plan.options, static_cast<double>(plan.quotes.size())) +
         pipeline::laws_bytes(plan.options, deductibles);
}

std::size_t quotes_of(const Plan& plan, GroupRange groups) {
  return static_cast<std::size_t>(
      std::count_if(plan.quotes.begin(), plan.quotes.end(),
                    [&](const QuoteKey& key) { return groups.holds(key.group); }));
}

/// The same book and closed forms with the quotes of some groups alone.
Plan part_of(const Plan& plan, GroupRange groups) {
  Plan part = plan;
  std::erase_if(part.quotes, [&](const QuoteKey& key) { return !groups.holds(key.group); });
  return part;
}

/// Columns of studies hold doubles alone.
std::vector<double>& values_of(QuoteColumn& column) {
  return std::get<std::vector<double>>(column.values);
}

/// Takes the first rows of columns away.
std::vector<QuoteColumn> first_rows(std::vector<QuoteColumn>& columns, std::size_t count) {
  std::vector<QuoteColumn> first;
  for (QuoteColumn& column : columns) {
    std::vector<double>& values = values_of(column);
    if (count > values.size()) {
      throw Error(ErrorKind::bad_data, "results have fewer rows than their groups have quotes");
    }
    const auto end = values.begin() + static_cast<std::ptrdiff_t>(count);
    first.push_back({column.name, column.units, column.description,
                     std::vector<double>(values.begin(), end)});
    values.erase(values.begin(), end);
  }
  return first;
}

void append(std::vector<QuoteColumn> rows, std::vector<QuoteColumn>& columns) {
  if (columns.empty()) return std::swap(rows, columns);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const std::vector<double>& more = values_of(rows.at(c));
    values_of(columns[c]).insert(values_of(columns[c]).end(), more.begin(), more.end());
  }
}

}  // namespace

PricingRun::PricingRun(const std::string& path, const RunOptions& options, PricingBasis basis)
    : account_(options), basis_(std::move(basis)) {
  check_method(options, basis_);
  book_ = std::make_unique<PlannedBook>(path, labelled(with_levels(options, basis_)), account_,
                                        [this](BookSlice& slice) { complete(slice); });
  pricer_ = std::make_unique<BookPricer>(book_->head(), book_->options(), basis_,
                                         book_->options().levels);
}

void PricingRun::complete(BookSlice& slice) {
  const RunOptions& options = slice.plan.options;
  const RuleBook& rules = options.rules ? *options.rules : built_in_rules();
  mark_rules(check_rules(slice.portfolio, slice.plan, rules), slice.plan);
}

void PricingRun::check_all(const std::function<void(const BookSlice&)>& look) {
  const auto check = [&](const BookSlice& slice) {
    pricer_->check(slice.portfolio, slice.groups.first);
    require_room_of(slice);
    if (look) look(slice);
  };
  of_slice_ = {};
  book_->plan_all(check);
}

RunOptions PricingRun::labelled(RunOptions options) const {
  if (!options.on_progress) return options;
  options.on_progress = [this, tell = options.on_progress](Progress progress) {
    progress.phase = label_ + progress.phase;
    tell(progress);
  };
  return options;
}

void PricingRun::require_room_of(const BookSlice& slice) const {
  pipeline::require_room(slice.plan.options, quotes_bytes(slice.plan) + book_->lacking_bytes());
}

void PricingRun::require_room() { require_room_of(slice_of(book_->cut().front())); }

PricingRun::OfSlice& PricingRun::holding(GroupRange groups) {
  if (!book_->holds(groups)) of_slice_ = {};  // its memory before the next slice's
  const BookSlice& slice = book_->slice(groups);
  if (of_slice_.slice == nullptr) of_slice_.slice = &slice;
  return of_slice_;
}

const BookSlice& PricingRun::slice_of(GroupRange groups) { return *holding(groups).slice; }

Backend& PricingRun::backend() {
  if (!backend_) {
    const std::vector<GroupRange> parts = book_->cut();
    const BookSlice& first = slice_of(parts.front());
    RunOptions options = book_->options();
    options.memory_limit_bytes =
        pipeline::memory_room(options, quotes_bytes(first.plan)).payouts_bytes;
    backend_ = open_backend(options, book_->tables().table_set());
    account_.device(backend_->name());
  }
  return *backend_;
}

ExactLaws& PricingRun::laws(OfSlice& of) {
  if (!of.laws) {
    const Plan& plan = of.slice->plan;
    const auto room = pipeline::memory_room(plan.options, quotes_bytes(plan));
    of.laws = std::make_unique<ExactLaws>(plan, room.laws_bytes);
  }
  return *of.laws;
}

const ExperienceMeans& PricingRun::experience(OfSlice& of) {
  if (!of.experience) {
    of.experience = pipeline::expected_experience(of.slice->portfolio, of.slice->plan);
  }
  return *of.experience;
}

Losses PricingRun::losses_of(OfSlice& of, const Plan& part, const std::vector<std::size_t>& jobs,
                             Backend& backend, std::uint64_t& drawn) {
  const RunOptions& options = part.options;
  Losses exact;
  if (options.method != Method::simulate) {
    account_.next("exact laws");
    exact = laws(of).losses(jobs, keep_going(options));
  }
  if (options.method == Method::exact) return exact;
  account_.next("simulate");
  Runner runner(part, backend, basis_, options.method == Method::both ? &exact : nullptr);
  runner.run({jobs, options.years});
  account_.add_draws(runner.drawn());
  if (options.target_se > 0) {
    account_.next("simulate more years");
    const std::uint64_t before = runner.drawn();
    runner.meet_target(of.slice->portfolio);
    account_.add_draws(runner.drawn() - before);
  }
  drawn += runner.drawn();
  return runner.take();
}

bool PricingRun::has_studies() const {
  return book_->options().control_variates || has_options(book_->head());
}

std::vector<QuoteColumn> PricingRun::studies_of(OfSlice& of, const Plan& part,
                                                const std::vector<std::size_t>& jobs,
                                                const Losses& losses, Backend& backend) {
  account_.next("options");
  const Portfolio& portfolio = of.slice->portfolio;
  Quotes quotes = price(portfolio, part, losses, basis_, experience(of));
  const auto priced = static_cast<std::ptrdiff_t>(quotes.columns.size());
  add_options(book_->head(), portfolio, part, backend, quotes);
  if (part.options.control_variates) {
    account_.next("control variates");
    add_controlled_means(part, backend, means_of_neighbours(of, jobs), quotes);
  }
  return {std::make_move_iterator(quotes.columns.begin() + priced),
          std::make_move_iterator(quotes.columns.end())};
}

std::vector<std::vector<NeighbourMeans>> PricingRun::means_of_neighbours(
    OfSlice& of, const std::vector<std::size_t>& jobs) {
  if (!of.near) {
    of.near = std::make_unique<Plan>(of.slice->plan);
    of.near->book = neighbours(*of.slice->plan.book);
    of.near->exact = exact_means(*of.near->book);
    of.near_laws = std::make_unique<ExactLaws>(*of.near);
  }
  return neighbour_means(of.near->exact, of.near_laws->losses(jobs, keep_going(of.near->options)));
}

void PricingRun::add_results(GroupRange groups, Backend& backend, GroupResults& results) {
  OfSlice& of = holding(groups);
  const GroupRange own = of.slice->local(groups);
  const Plan part = part_of(of.slice->plan, own);
  const std::vector<std::size_t> jobs = jobs_of(part, own);
  Losses losses = losses_of(of, part, jobs, backend, results.member_years);
  if (has_studies()) append(studies_of(of, part, jobs, losses, backend), results.studies);
  for (const std::size_t job : jobs) results.jobs.push_back(std::move(losses.jobs[job]));
}

GroupResults PricingRun::results_of(GroupRange groups, Backend& backend) {
  GroupResults results{groups, {}, {}, 0};
  for (const GroupRange part : book_->cut(groups)) add_results(part, backend, results);
  return results;
}

std::vector<GroupRange> PricingRun::parts() {
  if (!book_->is_whole()) return book_->cut();
  const BookSlice& whole = slice_of(book_->cut().front());
  std::vector<GroupRange> parts;
  std::size_t quotes = 0;
  for (const QuoteKey& key : whole.plan.quotes) {
    const bool next = parts.empty() ||
                      (quotes >= pipeline::quotes_a_part && key.group >= parts.back().last);
    if (next) {
      parts.push_back({key.group, key.group});
      quotes = 0;
    }
    parts.back().last = key.group + std::size_t{1};
    ++quotes;
  }
  if (parts.empty()) return {whole.groups};
  parts.front().first = 0;
  parts.back().last = whole.groups.last;
  return parts;
}

void PricingRun::take(GroupResults part) {
  std::size_t job = 0;
  for (const GroupRange groups : book_->cut(part.groups)) {
    OfSlice& of = holding(groups);
    account_.next("price");
    if (!of.is_priced) pricer_->begin(of.slice->portfolio, of.slice->plan, experience(of));
    of.is_priced = true;
    const Plan& plan = of.slice->plan;
    const GroupRange own = of.slice->local(groups);
    Losses losses{plan.options.levels, std::vector<JobLosses>(plan.book->jobs.size())};
    for (const std::size_t of_plan : jobs_of(plan, own)) {
      losses.jobs[of_plan] = std::move(part.jobs.at(job++));
    }
    const std::size_t quotes = quotes_of(plan, own);
    pricer_->add(quotes, losses, first_rows(part.studies, quotes));
  }
  drawn_ += part.member_years;
}

Quotes PricingRun::finish(const std::string& device) {
  account_.next("price");
  Quotes quotes = pricer_->finish(book_->warnings());
  quotes.run.member_years = drawn_;
  account_.finish(quotes.run);
  quotes.run.device = device;
  return quotes;
}

}  // namespace corridor
