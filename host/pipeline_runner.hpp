// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "corridor/losses.hpp"
#include "corridor/plan.hpp"
#include "corridor/pricing.hpp"
#include "host/simulate/simulate.hpp"

namespace corridor {

/// Simulates jobs of a plan and reduces them.
class Runner {
 public:
  /// `exact`  figures that take the place of simulated ones; none with the method `simulate`
  Runner(const Plan& plan, Backend& backend, const PricingBasis& basis, const Losses* exact);

  void run(const SimulatedJobs& which);

  /// Simulates groups again, for more years, until they meet the options' target or cannot have
  /// more. The years of a group follow from exact sums, so they are the same on every machine of
  /// the same memory.
  void meet_target(const Portfolio& portfolio);

  /// [job of the plan]; jobs that were not run are empty.
  Losses take() { return std::move(losses_); }
  std::uint64_t drawn() const { return member_years_; }

 private:
  std::vector<SimulatedJobs> jobs_for_target(const Portfolio& portfolio) const;
  std::vector<std::uint32_t> most_years_of_groups(std::size_t groups) const;

  const Plan& plan_;
  Backend& backend_;
  const PricingBasis& basis_;
  const Losses* exact_;
  Losses losses_;
  std::uint64_t member_years_ = 0;
};

}  // namespace corridor
