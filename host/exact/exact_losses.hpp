// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "corridor/losses.hpp"
#include "corridor/plan.hpp"

namespace corridor {

/// Called with the jobs done so far; false ends the work.
using KeepGoing = std::function<bool(std::size_t done, std::size_t of)>;

class BookLaws;

inline constexpr std::size_t exact_memory_bytes = std::size_t{768} << 20;

/// The exact laws of a plan's rows. What rows share is made of the whole book and kept, so a job's
/// figures have the same bits whichever jobs are asked for with it. Borrows the plan.
class ExactLaws {
 public:
  /// `memory_bytes`  of rows that are kept for other jobs; no figure depends on it
  explicit ExactLaws(const Plan& plan, std::size_t memory_bytes = exact_memory_bytes);
  ExactLaws(const ExactLaws&) = delete;
  ExactLaws& operator=(const ExactLaws&) = delete;
  ~ExactLaws();

  /// As exact_losses, of some jobs; the others are left empty.
  Losses losses(std::span<const std::size_t> jobs, const KeepGoing& keep_going = {});

 private:
  const Plan& plan_;
  std::unique_ptr<BookLaws> laws_;
};

/// Exact figures of every row: what a run of endless years would give, from the laws of the totals.
/// Figures that no law gives are simulated ones without years, all NaN; a mean in closed form
/// stands alone as exact_mean. Takes every core; the result does not depend on how many. Expects
/// `plan.exact` and attachments to be set.
///
/// `memory_bytes`  of rows that are kept for other jobs; no figure depends on it
/// throws          Error{incomplete} when keep_going ends it
Losses exact_losses(const Plan& plan, const KeepGoing& keep_going = {},
                    std::size_t memory_bytes = exact_memory_bytes);

/// Puts exact figures of the covers in the place of simulated ones; the run's own means stay in
/// simulated_usd, its standard errors and hits where they were. Retained claims and the specific
/// before the aggregating specific, which are there to be checked, stay simulated.
void take_exact(const Losses& exact, Losses& losses);

}  // namespace corridor
