// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "corridor/book_summary.hpp"

namespace corridor {
namespace {

constexpr std::size_t tiers = 4, months = 12;

std::vector<BookSummary::Law> laws_of(const Portfolio& book) {
  std::vector<std::size_t> members(65'536);
  for (std::size_t row = 0; row < book.members.rows; ++row) {
    ++members[static_cast<std::size_t>(book.members.number("distribution", row, 0))];
  }
  std::vector<BookSummary::Law> laws;
  for (const DistributionSpec& law : book.distributions) {
    laws.push_back({law.name, law.kind, members[law.index]});
  }
  return laws;
}

double employees_of(const Table& groups, std::size_t row) {
  double total = 0;
  for (std::size_t i = 0; i < tiers; ++i) total += groups.number("employees", row, 0, i);
  for (std::size_t i = 0; i < tiers * months; ++i) {
    total += groups.number("employees_monthly", row, 0, i) / months;
  }
  return total;
}

bool has_aggregate(const Table& groups, std::size_t row) {
  return std::isfinite(groups.number("aggregate_corridor", row, HUGE_VAL)) ||
         !std::isnan(groups.number("aggregate_attachment_usd", row, NAN)) ||
         !std::isnan(groups.number("aggregate_factor_usd", row, NAN));
}

void add_sizes(const Portfolio& book, BookSummary& summary) {
  for (std::size_t group = 0; group + 1 < book.member_offset.size(); ++group) {
    const std::size_t size = book.member_offset[group + 1] - book.member_offset[group];
    summary.smallest_group = group == 0 ? size : std::min(summary.smallest_group, size);
    summary.largest_group = std::max(summary.largest_group, size);
  }
}

void add_group(const Table& groups, std::size_t row, BookSummary& summary) {
  summary.employees += employees_of(groups, row);
  ++summary.states[groups.text("state", row)];
  summary.aggregate_covers += has_aggregate(groups, row) ? 1 : 0;
  const double deductible = groups.number("specific_deductible_usd", row, HUGE_VAL);
  if (!std::isfinite(deductible)) return;
  ++summary.specific_covers;
  summary.least_deductible_usd = std::fmin(summary.least_deductible_usd, deductible);
  summary.most_deductible_usd = std::fmax(summary.most_deductible_usd, deductible);
}

std::size_t lasers_of(const Table& members) {
  const Column* column = members.find("laser_usd");
  if (column == nullptr) return 0;
  const auto& laser = std::get<std::vector<double>>(column->values);
  return static_cast<std::size_t>(
      std::count_if(laser.begin(), laser.end(), [](double usd) { return !std::isnan(usd); }));
}

}  // namespace

BookSummary summarize(const Portfolio& book) {
  BookSummary summary;
  summary.groups = book.group_count();
  summary.members = book.member_count();
  summary.laws = laws_of(book);
  summary.lasers = lasers_of(book.members);
  summary.least_deductible_usd = summary.most_deductible_usd = NAN;
  summary.policy_year = book.policy_year;
  summary.currency = book.currency;
  summary.generator = book.generator;
  summary.digest = book.digest;
  summary.sealed = book.sealed;
  add_sizes(book, summary);
  for (std::size_t row = 0; row < book.groups.rows; ++row) add_group(book.groups, row, summary);
  return summary;
}

}  // namespace corridor
