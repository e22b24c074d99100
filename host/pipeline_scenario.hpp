// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "corridor/losses.hpp"
#include "corridor/scenario.hpp"
#include "host/pipeline_book.hpp"

namespace corridor {

/// One of a scenario's runs with what it says beyond its years.
struct StudiedRun {
  BookRun run;
  Losses exact;  ///< figures of exact laws; without jobs where the method has none
  std::vector<Cents> gross, retained, ceded;  ///< [year]

  /// Borrows options and account.
  ///
  /// `phase`              name of the simulation in progress reports and in the account
  /// `given_premium_usd`  [group] premiums that were agreed before; empty: the run's own
  /// throws               as BookRun; Error{incomplete} when the options say so
  StudiedRun(Portfolio portfolio, const TailOptions& options, const std::string& phase,
             RunAccount& account, std::vector<double> given_premium_usd = {});

  const Plan& plan() const { return run.whole().plan; }
  std::size_t jobs() const { return plan().book->jobs.size(); }

  // Expected amounts in closed form or by the exact law, dollars; NaN where there is neither.
  double exact_ground_up_usd() const;
  double exact_specific_usd() const;  ///< of all groups
  double exact_aggregate_usd() const;
  double exact_specific_usd(std::size_t job) const;
  double exact_aggregate_usd(std::size_t job) const;
};

/// Results of a loaded book; without a word of where they were made. Expects levels.
ResultFile stressed_results(Portfolio portfolio, const Stress& stress, const TailOptions& options,
                            RunAccount& account);
/// The same for a caller that keeps no account.
ResultFile stressed_results(Portfolio portfolio, const Stress& stress, const TailOptions& options);

}  // namespace corridor
