// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "host/tail/tail_group.hpp"
#include "kernels/backend.hpp"

namespace corridor {

/// Exact sums of one group over the years of a run.
struct GroupSums {
  CellTally ground_up, counted, specific_before_asd, specific, aggregate, total;

  /// `claims`  [year of `paid`], ground up
  void add(std::span<const Cents> claims, const PaidYears& paid);
  void merge(const GroupSums& other);
};

/// Payouts of groups in batches of successive years, for errors of what two runs of the same years
/// differ by. A run of n blocks of years has min(n, batches_most) batches.
struct BatchSums {
  static constexpr std::size_t batches_most = 64;

  std::vector<std::uint32_t> years;          ///< [batch]; empty: not asked for
  std::vector<Cents> specific, aggregate;    ///< [batch * groups + group], of all its years

  std::size_t batches() const { return years.size(); }
};

/// Totals of the book in every simulated year, in cents: the same integers for any back end, number
/// of threads and order of groups.
struct BookYears {
  std::vector<Cents> ground_up, specific, aggregate;  ///< [year]
  std::vector<std::vector<Cents>> layers;             ///< [layer][year]
  std::vector<std::uint8_t> rung;                     ///< [year] of the largest claim
  std::vector<GroupSums> groups;                      ///< [group]
  BatchSums batches;

  std::uint32_t years() const { return static_cast<std::uint32_t>(ground_up.size()); }
  Cents gross(std::size_t year) const { return specific[year] + aggregate[year]; }
};

/// Told of member-years drawn, from any thread, never by two at a time; false stops the run.
using YearsProgress = std::function<bool(std::uint64_t member_years)>;

/// Years of nothing, to which groups and years add.
///
/// `layers`  that every group will be made with
BookYears no_years(std::size_t years, std::size_t groups, std::size_t layers);

/// Batches of nothing, for BookYears::batches of so many years.
BatchSums no_batches(std::uint32_t years, std::size_t groups);

/// Simulates successive years of some groups and adds them to a book of as many years. Parts of a
/// book add up to it, in any order; so do batches, where the book has any.
///
/// `first_group`  of the book's groups, the first of `groups`
/// `first_year`   that is drawn, year 0 of the book
/// throws         Error{incomplete} when `progress` says so
void add_years(std::span<const TailGroup> groups, std::size_t first_group, Backend& backend,
               std::uint64_t seed, std::uint32_t first_year, BookYears& book,
               const YearsProgress& progress = {});

/// Simulates years 0 to years - 1 of every group, with batches.
///
/// `layer_count`  layers that every group was made with
/// throws         Error{incomplete} when `progress` says so
BookYears book_years(std::span<const TailGroup> groups, std::size_t layer_count, Backend& backend,
                     std::uint64_t seed, std::uint32_t years, const YearsProgress& progress = {});

/// Simulates chosen years of every group once more. Calls visit(group, year, sums, at) with the
/// year's row of the group's sums, from any thread, two at a time only for different years; groups of
/// one year come in order.
///
/// `years`  ascending, without repetition
using GroupYearVisit = std::function<void(std::size_t group, std::uint32_t year, SumsView sums,
                                          std::uint64_t at)>;
void each_chosen_year(std::span<const TailGroup> groups, Backend& backend, std::uint64_t seed,
                      std::span<const std::uint32_t> years, const GroupYearVisit& visit);

}  // namespace corridor
