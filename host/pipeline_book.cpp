// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/pipeline_book.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <memory>
#include <thread>
#include <utility>
#include <variant>

#include "host/pipeline_memory.hpp"
#include "host/pipeline_steps.hpp"
#include "host/price/price.hpp"
#include "host/reduce/reduce.hpp"
#include "host/risk/contributions.hpp"
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

double tail_years(const TailOptions& options) {
  if (options.contribution_metric == "none") return 0;
  double years = 0;
  for (const Level& level : options.run.levels) {
    years = std::max(years, (1 - level.value) * options.run.years);
  }
  return years;
}

/// What years, groups, members and the search for the largest of them take. Measured on books of
/// 1,000 and 4,000 groups.
BookUse::Bytes study_bytes(const Portfolio& head, const TailOptions& options) {
  constexpr double bytes_a_group = 400, bytes_a_group_and_level = 350, bytes_a_claimant = 300;
  constexpr double claimants_a_member_year = 0.02;  // more than most deductibles have
  const auto levels = static_cast<double>(options.run.levels.size());
  BookUse::Bytes bytes;
  bytes.book = tail_bytes_a_year * options.run.years +
               (bytes_a_group + bytes_a_group_and_level * levels) *
                   static_cast<double>(head.group_count());
  const unsigned threads = options.run.threads > 0 ? options.run.threads
                                                   : std::thread::hardware_concurrency();
  bytes.a_group = 3000 + threads * (sizeof(GroupSums) + levels * sizeof(PartSums));
  if (options.largest_members > 0) {
    bytes.a_member =
        bytes_a_claimant * std::min(1.0, claimants_a_member_year * tail_years(options));
  }
  return bytes;
}

/// Rows of quotes serve for premiums alone.
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

RunOptions stored_rows(RunOptions bound) {
  bound.rows_in_file = bound.memory_limit_bytes > 0;
  return bound;
}

BookUse use_of(const TailOptions& options) {
  return {true, [&options](const Portfolio& head) { return study_bytes(head, options); }};
}

/// The specific's mean in closed form takes the place of the run's.
void take_closed_form(const ExactRow& exact, const GridRow& row, RowLoss& loss) {
  if (row.terms.retention > 0 || !std::isfinite(exact.specific_before_asd_usd)) return;
  loss.specific.exact_usd = loss.specific.mean_usd = exact.specific_before_asd_usd;
  loss.specific.source = FigureSource::exact_mean;
}

/// `first`  group of the book that is the plan's first
Losses losses_of(const Plan& plan, const BookYears& years, std::size_t first) {
  Losses losses;
  const ReduceOptions reduction{years.years(), {}, {}};
  for (std::size_t job = 0; job < plan.book->jobs.size(); ++job) {
    const GridRow& row = plan.book->jobs[job].rows[0];
    losses.jobs.push_back(reduce(tally_of(years.groups[first + job], row), reduction));
    take_closed_form(plan.exact.rows[job][0], row, losses.jobs.back().rows[0]);
  }
  return losses;
}

std::vector<double> premiums(const Quotes& quotes) {
  std::vector<double> usd;
  const std::string name = "premium_" + quotes.principles.front() + "_usd";
  each_part(quotes, [&](std::size_t, std::span<const QuoteColumn> columns) {
    const auto column = std::find_if(columns.begin(), columns.end(),
                                     [&](const QuoteColumn& each) { return each.name == name; });
    const auto& values = std::get<std::vector<double>>(column->values);
    usd.insert(usd.end(), values.begin(), values.end());
  });
  return usd;
}

std::uint64_t member_years(std::span<const TailGroup> groups, std::uint64_t years) {
  std::uint64_t members = 0;
  for (const TailGroup& group : groups) members += group.member_count();
  return members * years;
}

}  // namespace

void BookMeans::add(const Plan& plan) {
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  for (const double usd : plan.exact.ground_up_usd) ground_up_usd += usd;
  for (std::size_t job = 0; job < plan.book->jobs.size(); ++job) {
    const GridRow& row = plan.book->jobs[job].rows[0];
    specific_usd +=
        row.terms.retention > 0 ? unknown : plan.exact.rows[job][0].specific_before_asd_usd;
    if (row.attachment_count > 0) aggregate_usd = unknown;
  }
  for (const double usd : plan.book->maximum_usd) {
    largest_claim_usd = std::max(largest_claim_usd, usd);
  }
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

BookRun::BookRun(const std::string& path, const TailOptions& options, RunAccount& account)
    : BookRun(PlannedBook(path, stored_rows(bound_options(options)), account, {}, use_of(options)),
              options, account) {}

BookRun::BookRun(Portfolio portfolio, const TailOptions& options, RunAccount& account)
    : BookRun(PlannedBook(bound_terms(std::move(portfolio)), bound_options(options), account),
              options, account) {}

BookRun::BookRun(PlannedBook book, const TailOptions& options, RunAccount& account)
    : asked_(options), account_(account), book_(std::move(book)) {
  if (options.treaties) programme_ = programme_of(head());
  layers_ = person_layers(programme_);
}

const BookSlice& BookRun::slice(GroupRange groups) {
  if (!book_.holds(groups)) {
    planned_ = nullptr;
    groups_.clear();  // they borrow from the slice that goes
  }
  return book_.slice(groups);
}

std::span<const TailGroup> BookRun::groups(GroupRange part) {
  const BookSlice& planned = slice(part);
  if (planned_ != &planned) groups_ = tail_groups(planned.portfolio, planned.plan, layers_);
  planned_ = &planned;
  return std::span<const TailGroup>(groups_).subspan(planned.local(part).first, part.count());
}

/// What is yet to come while a slice and its groups are in memory.
double BookRun::bytes_beside(const BookSlice& slice) const {
  const BookUse::Bytes bytes = study_bytes(head(), asked_);
  return bytes.book + book_.lacking_bytes() +
         bytes.a_member * static_cast<double>(slice.portfolio.member_count()) +
         pipeline::quotes_bytes(options(), static_cast<double>(slice.plan.quotes.size()));
}

void BookRun::require_room_of(const BookSlice& slice) {
  groups(slice.groups);
  pipeline::require_room(options(), bytes_beside(slice));
}

void BookRun::require_room() { require_room_of(slice(cut().front())); }

Backend& BookRun::backend() {
  if (!backend_) {
    RunOptions within = options();
    within.memory_limit_bytes =
        pipeline::memory_room(within, bytes_beside(slice(cut().front()))).payouts_bytes;
    backend_ = open_backend(within, tables().table_set());
    account_.device(backend_->name());
  }
  return *backend_;
}

void BookRun::check_all(const std::function<void(const BookSlice&)>& look) {
  const BookPricer checks = pricer();
  planned_ = nullptr;
  groups_.clear();
  book_.plan_all([&](const BookSlice& slice) {
    checks.check(slice.portfolio, slice.groups.first);
    require_room_of(slice);
    if (look) look(slice);
    if (book_.is_whole()) return;
    planned_ = nullptr;  // before the slice goes
    groups_.clear();
  });
}

BookPricer BookRun::pricer() const { return {head(), options(), asked_.basis, {}}; }

void BookRun::price(GroupRange part, BookPricer& pricer) {
  account_.next("price");
  const BookSlice& planned = slice(part);
  pricer.begin(planned.portfolio, planned.plan,
               pipeline::expected_experience(planned.portfolio, planned.plan));
  pricer.add(planned.plan.quotes.size(), losses_of(planned.plan, years_, part.first));
  means_.add(planned.plan);
}

void BookRun::finish(BookPricer& pricer, std::vector<double> given_premium_usd) {
  quotes_ = pricer.finish(book_.warnings());
  premium_usd_ = given_premium_usd.empty() ? premiums(quotes_) : std::move(given_premium_usd);
  std::vector<Cents> gross;
  gross.reserve(years_.years());
  for (std::uint32_t y = 0; y < years_.years(); ++y) gross.push_back(years_.gross(y));
  ceded_ = apply_programme(programme_, gross, years_.layers, book_premium_usd());
}

double BookRun::book_premium_usd() const {
  double sum = 0;
  for (const double usd : premium_usd_) sum += usd;
  return sum;
}

void BookRun::simulate(const std::string& phase, bool with_batches,
                       std::vector<double> given_premium_usd) {
  const std::uint32_t years = options().years;
  const std::size_t groups_of_book = head().group_count();
  years_ = no_years(years, groups_of_book, layers_.size());
  if (with_batches) years_.batches = no_batches(years, groups_of_book);
  const YearsProgress progress =
      years_progress(asked_.run, phase, std::uint64_t{head().member_count()} * years);
  BookPricer rows = pricer();
  for (const GroupRange part : cut()) {
    account_.next(phase);
    const std::span<const TailGroup> drawn = groups(part);
    add_years(drawn, part.first, backend(), options().seed, 0, years_, progress);
    account_.add_draws(member_years(drawn, years));
    price(part, rows);
  }
  finish(rows, std::move(given_premium_usd));
}

void BookRun::settle(BookYears years) {
  years_ = std::move(years);
  BookPricer rows = pricer();
  for (const GroupRange part : cut()) price(part, rows);
  finish(rows, {});
}

}  // namespace corridor
