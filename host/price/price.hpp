// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "corridor/losses.hpp"
#include "corridor/plan.hpp"
#include "corridor/portfolio.hpp"
#include "corridor/pricing.hpp"
#include "corridor/quotes.hpp"
#include "host/price/experience.hpp"

namespace corridor {

/// Levels that a run must simulate, ascending: those asked for (0.99 when none is) and the capital
/// level where a principle needs the tail. Throws Error{usage} for more levels than a results file
/// has room for, or an unknown principle.
std::vector<Level> levels_for(const RunOptions& options, const PricingBasis& basis);

/// Must the run keep every payout? Throws Error{usage} for an unknown principle.
bool needs_distribution(const std::vector<std::string>& principles);

/// The figures that reduce has to take from kept payouts, one a principle that needs them, in the
/// order of the principles. Holds a weight per year and cover.
std::vector<Functional> functionals_for(const std::vector<std::string>& principles,
                                        const PricingBasis& basis, std::uint32_t years);

/// Losses to quotes: exact means beside simulated ones, premiums, flags and the credibility gate.
/// Takes them in parts, so that neither losses nor rows of a large book are in memory at once; what
/// spans the book (gate, warnings, the report of a target) is judged at the end.
///
/// throws  Error{usage} for an unknown principle, Error{bad_data} for a group's commission that
///         leaves nothing for losses
class BookPricer {
 public:
  /// Borrows the book, of which it takes the laws and what is said once. `levels` are those of the
  /// losses to come.
  BookPricer(const Portfolio& book, const RunOptions& options, const PricingBasis& basis,
             const std::vector<Level>& levels);
  ~BookPricer();

  /// What is wrong with the terms of groups for pricing, before any loss is known.
  ///
  /// `first_group`  row of the book that is the portfolio's first
  void check(const Portfolio& portfolio, std::size_t first_group = 0) const;

  /// Some groups of the book, in its order, whose quotes come next; borrows them until the next.
  /// Expects means of every period that experience_periods names.
  void begin(const Portfolio& portfolio, const Plan& plan, const ExperienceMeans& experience = {});

  /// The next `count` quotes of that plan. Expects losses of their jobs, reduced with those levels and
  /// functionals_for of the plan's options; those of other jobs may be empty. `studies` are more
  /// columns of these quotes, the same in every part, and stand behind the others.
  ///
  /// throws  Error{io}, Error{cannot_create} where RunOptions::rows_in_file is on and there is no
  ///         room for the scratch file
  void add(std::size_t count, const Losses& losses, std::vector<QuoteColumn> studies = {});

  /// Expects all quotes of the book to be added. `warnings` are those of its plan before any
  /// slice's. RunFacts holds what the arguments know; the caller
  /// adds device, times and the command line.
  Quotes finish(const std::vector<Problem>& warnings = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The whole plan's at once.
Quotes price(const Portfolio& portfolio, const Plan& plan, const Losses& losses,
             const PricingBasis& basis, const ExperienceMeans& experience = {});

}  // namespace corridor
