// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "corridor/plan.hpp"
#include "corridor/quotes.hpp"
#include "corridor/tail.hpp"
#include "corridor/treaties.hpp"
#include "host/tail/book_years.hpp"
#include "host/treaty/apply.hpp"
#include "host/watch/run_account.hpp"

namespace corridor {

/// A book on its bound terms, simulated year by year: what studies of the whole book stand on.
struct BookRun {
  Portfolio portfolio;
  Programme programme;
  std::vector<PersonLayer> layers;  ///< of the programme's treaties of persons
  Plan plan;
  std::unique_ptr<Backend> backend;
  std::vector<TailGroup> groups;  ///< [job] of the plan
  BookYears years;
  Quotes quotes;                    ///< premiums of the bound terms, and the gate
  std::vector<double> premium_usd;  ///< [group], by the first principle
  CededYears ceded;

  double book_premium_usd() const;
};

/// All of a run before its years: programme, plan, groups and back end. Years, quotes, premiums and
/// what treaties take are left empty.
///
/// throws  as run_book
BookRun planned_book(Portfolio portfolio, const TailOptions& options, RunAccount& account);

/// Takes a planned book's years and settles premiums and treaties on them.
void settle(BookRun& run, const TailOptions& options, BookYears years, RunAccount& account,
            std::vector<double> given_premium_usd = {});

/// Simulates a planned book in this process and settles it.
void simulate_book(BookRun& run, const TailOptions& options, const std::string& phase,
                   RunAccount& account, std::vector<double> given_premium_usd = {});

/// Plans and simulates a loaded book. Premiums of groups stand on closed-form means where there are
/// any and on the run's elsewhere.
///
/// `phase`              name of the simulation in progress reports and in the account
/// `given_premium_usd`  [group] premiums that were agreed before; empty: the run's own
/// throws               Error{usage} where the premium's principle weighs a group's whole
///                      distribution, Error{bad_data} for treaties that make no sense,
///                      Error{incomplete}
BookRun run_book(Portfolio portfolio, const TailOptions& options, const std::string& phase,
                 RunAccount& account, std::vector<double> given_premium_usd = {});

/// Tells progress of `total` member-years and asks whether to stop.
YearsProgress years_progress(const RunOptions& options, const std::string& phase,
                             std::uint64_t total);

/// Draws of some groups in some years.
std::uint64_t member_years(std::span<const TailGroup> groups, std::uint64_t years);

}  // namespace corridor
