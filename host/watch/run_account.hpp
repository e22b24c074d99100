// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "corridor/portfolio.hpp"
#include "corridor/quotes.hpp"
#include "corridor/run_options.hpp"
#include "host/watch/process_use.hpp"

namespace corridor {

/// Accounts for a run from its construction on: what each phase took, and on what machine. Durations
/// are of the monotonic clock, so setting the wall clock moves none. Tells every step to
/// RunOptions::on_event. For one thread.
class RunAccount {
 public:
  explicit RunAccount(const RunOptions& options);

  /// Ends the phase in progress and begins another. Phases of one name are one entry of the account.
  void next(const std::string& phase);
  /// Adds draws to the phase in progress. Expects one to have begun.
  void add_draws(std::uint64_t member_years);
  /// Tells which book was read.
  void input(const Portfolio& portfolio);
  /// Tells where the run simulates: Backend::name, or "cpu".
  void device(const std::string& name);
  /// Ends the last phase and fills in what a run says of its origin and its cost; the caller knows
  /// the rest.
  void finish(RunFacts& facts);

 private:
  void end_phase();
  void tell(RunEvent event) const;

  std::function<void(const RunEvent&)> on_event_;
  unsigned threads_;
  std::chrono::system_clock::time_point started_at_ = std::chrono::system_clock::now();
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point phase_start_ = start_;
  std::string phase_, device_;
  std::uint64_t phase_draws_ = 0;
  TransferredBytes phase_bytes_;
  std::vector<PhaseTime> times_;
};

}  // namespace corridor
