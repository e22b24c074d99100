// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
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

  /// throws  Error{incomplete} when the options say so
  StudiedRun(BookRun book, const TailOptions& options, RunAccount& account);

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
