// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/pipeline_slices.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "host/distribution/compile.hpp"
#include "host/exact/exact_means.hpp"
#include "host/pipeline_memory.hpp"
#include "host/pipeline_steps.hpp"
#include "host/plan/contract_basis.hpp"
#include "host/plan/grid.hpp"
#include "host/plan/idle_terms.hpp"
#include "host/plan/make_plan.hpp"
#include "host/plan/table_range.hpp"
#include "host/tail/tail_groups.hpp"

namespace corridor {
namespace {

/// Problems of a slice's tables, with the rows that they have in the book.
void number_from(std::size_t first_group, std::size_t first_member,
                 std::vector<Problem>& problems) {
  for (Problem& problem : problems) {
    if (!problem.row) continue;
    if (problem.dataset.starts_with("/groups/")) *problem.row += first_group;
    if (problem.dataset.starts_with("/members/")) *problem.row += first_member;
  }
}

GroupRange all_of(const Portfolio& portfolio) { return {0, portfolio.group_count()}; }

}  // namespace

PlannedBook::PlannedBook(const std::string& path, const RunOptions& options, RunAccount& account,
                         Complete complete, const BookUse& use)
    : options_(options), account_(account), complete_(std::move(complete)) {
  account_.next("load");
  if (options.memory_limit_bytes == 0) {
    Portfolio portfolio = pipeline::loaded(path, options);
    account_.input(portfolio);
    if (!options.explain_group.empty()) portfolio = select_group(portfolio, options.explain_group);
    plan_whole(use.on_bound_terms ? bound_terms(std::move(portfolio)) : std::move(portfolio));
    return;
  }
  open(path, use);
  if (!options.explain_group.empty()) {
    const std::size_t group = group_number(open_->head(), options.explain_group);
    plan_whole(open_->slice({group, group + 1}));
    return;
  }
  if (has_room_for_all()) {
    plan_whole(open_->slice(all_of(open_->head())));
  } else {
    take_census();
    slice_bytes_ = room();
  }
}

PlannedBook::PlannedBook(Portfolio portfolio, const RunOptions& options, RunAccount& account)
    : options_(options), account_(account) {
  plan_whole(std::move(portfolio));
}

void PlannedBook::open(const std::string& path, const BookUse& use) {
  open_.emplace(pipeline::opened(path, options_));
  Portfolio& head = open_->head();
  account_.input(head);
  if (use.on_bound_terms) head = bound_terms(std::move(head));
  if (use.bytes) use_ = use.bytes(head);
  const QuoteGrid grid = quote_grid(head, options_);
  deductibles_ = static_cast<double>(std::max<std::size_t>(grid.specific_usd.size(), 1));
  quotes_a_group_ =
      deductibles_ * static_cast<double>(std::max<std::size_t>(grid.corridor.size(), 1));
}

bool PlannedBook::has_room_for_all() const { return room() >= bytes_of(all_of(open_->head())); }

double PlannedBook::room() const {
  return pipeline::room_of_a_slice(options_) - pipeline::laws_bytes(options_, deductibles_) -
         use_.book;
}

double PlannedBook::lacking_bytes() const {
  constexpr double least_bytes = 2e6;
  return is_whole() ? 0 : std::max(0.0, least_bytes - slice_bytes_);
}

double PlannedBook::bytes_of(GroupRange groups) const {
  const std::vector<std::uint64_t>& offset = head().member_offset;
  const auto members = static_cast<double>(offset[groups.last] - offset[groups.first]);
  return pipeline::slice_bytes(options_, members, quotes_of(groups)) + use_.a_member * members +
         use_.a_group * static_cast<double>(groups.count());
}

double PlannedBook::quotes_of(GroupRange groups) const {
  return quotes_a_group_ * static_cast<double>(groups.count());
}

void PlannedBook::plan_whole(Portfolio portfolio) {
  const GroupRange all = all_of(portfolio);
  Plan plan = pipeline::planned(portfolio, options_, account_);
  open_.reset();
  tables_ = plan.tables;
  std::swap(warnings_, plan.warnings);
  whole_ = std::make_unique<BookSlice>(all, std::move(portfolio), std::move(plan));
  if (complete_) complete_(*whole_);
}

/// What plans of slices need to know of the whole book.
void PlannedBook::take_census() {
  const Portfolio& head = open_->head();
  account_.next("tables");
  std::vector<Problem> problems = window_problems(head);
  if (!problems.empty()) throw Error(ErrorKind::bad_data, std::move(problems));
  TableTerms terms;
  terms.add(head);
  // Of a book's members a slice at a time: 16 MB of them.
  constexpr double census_bytes = 16e6;
  slice_bytes_ = std::min(room(), census_bytes);
  const std::vector<GroupRange> parts = cut(all_of(head));
  LawScales scales;
  for (const GroupRange part : parts) scales.add(open_->slice(part).members);
  ClaimTables claims = compile_tables(head, terms.effects(), scales);
  LawFactors factors(claims);
  IdleFacts facts;
  facts.add(head);
  IdleTerms idle(quote_grid(head, options_), facts);
  for (const GroupRange part : parts) {
    const Portfolio slice = open_->slice(part);
    factors.add(slice);
    idle.add({slice, part.first, head.member_offset[part.first]});
  }
  warnings_ = claims.warnings;
  std::vector<Problem> found = idle.found(head);
  std::move(found.begin(), found.end(), std::back_inserter(warnings_));
  std::vector<double> rungs = factors.rungs();
  tables_ = std::make_shared<const BookTables>(
      book_tables(std::move(claims), std::move(rungs), terms.least_share()));
}

std::vector<GroupRange> PlannedBook::cut(GroupRange groups) const {
  if (is_whole()) return {groups};
  std::vector<GroupRange> parts;
  for (std::size_t first = groups.first; first < groups.last;) {
    std::size_t last = first + 1;
    const auto fits = [&](std::size_t end) {
      return quotes_of({first, end}) <= static_cast<double>(pipeline::quotes_a_part) &&
             bytes_of({first, end}) <= slice_bytes_;
    };
    while (last < groups.last && fits(last + 1)) ++last;
    parts.push_back({first, last});
    first = last;
  }
  return parts;
}

BookSlice PlannedBook::planned(GroupRange groups) const {
  account_.next("load");
  BookSlice slice{groups, open_->slice(groups), {}};
  const Portfolio& head = open_->head();
  const std::size_t first_member = head.member_offset[groups.first];
  const auto refuse = [&](std::vector<Problem> problems) {
    number_from(groups.first, first_member, problems);
    throw Error(ErrorKind::bad_data, std::move(problems));
  };
  account_.next("plan");
  slice.plan = laid_out(slice.portfolio, tables_, options_);
  std::vector<Problem> problems = overflow_problems(slice.portfolio, *slice.plan.book);
  if (!problems.empty()) refuse(std::move(problems));
  account_.next("exact means");
  try {
    pipeline::set_figures(slice.portfolio, slice.plan);
  } catch (const Error& error) {
    if (error.problems().empty()) throw;
    refuse(error.problems());
  }
  number_from(groups.first, first_member, slice.plan.warnings);
  return slice;
}

bool PlannedBook::holds(GroupRange groups) const {
  return whole_ || (current_ && current_->groups.first <= groups.first &&
                    groups.last <= current_->groups.last);
}

const BookSlice& PlannedBook::slice(GroupRange groups) {
  if (whole_) return *whole_;
  if (!holds(groups)) {
    current_.reset();  // its memory first
    current_ = std::make_unique<BookSlice>(planned(groups));
    if (complete_) complete_(*current_);
  }
  return *current_;
}

void PlannedBook::plan_all(const std::function<void(const BookSlice&)>& look) {
  std::vector<Problem> problems;
  for (const GroupRange part : cut()) {
    try {
      const BookSlice& planned = slice(part);
      if (look) look(planned);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::bad_data || error.problems().empty()) throw;
      const auto& more = error.problems();
      problems.insert(problems.end(), more.begin(), more.end());
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::bad_data, std::move(problems));
}

}  // namespace corridor
