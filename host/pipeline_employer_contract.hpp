// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "corridor/employer.hpp"
#include "corridor/plan.hpp"
#include "host/employer/option_years.hpp"
#include "host/employer/plan_design.hpp"
#include "kernels/book.hpp"

namespace corridor::pipeline {

/// One group's options under one plan design, with the thresholds that the design and the count of
/// claimants stand on.
struct Contract {
  DesignThresholds design;
  Plan plan;                 ///< quotes with deductibles on plan-paid claims
  double plan_paid_usd = 0;  ///< exact
  std::optional<Plan> measured;
  std::unique_ptr<Backend> backend, measured_backend;
};

/// Plans the options of a book's only group under a plan design; no back end is open yet.
Contract make_contract(const Portfolio& book, const RunOptions& options,
                       const DesignThresholds& design);
void open_backends(Contract& contract);

/// [option] on the contract's own scale: raised by the plan design.
std::vector<Cents> deductibles_of(const Plan& plan);

std::uint64_t member_years(const Contract& contract, std::uint64_t years);

/// What a run tells its caller while it simulates.
class Watch {
 public:
  Watch(const RunOptions& options, std::uint64_t total) : options_(options), total_(total) {}

  void done(std::uint64_t member_years) {
    done_ += member_years;
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    if (options_.on_progress) {
      options_.on_progress({"simulate", std::min(done_, total_), total_, elapsed.count()});
    }
    if (options_.should_stop && options_.should_stop()) {
      throw Error(ErrorKind::incomplete, "stopped before the run was complete");
    }
  }

 private:
  const RunOptions& options_;
  std::uint64_t done_ = 0, total_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

using OptionVisit = std::function<void(std::size_t option, const YearState& state,
                                       const Terms& terms, std::uint64_t persons_above)>;

/// Years 0 to years - 1 of every option, the options of a year together. `attachment_part` of the
/// annual attachments is in force; infinite: no aggregate.
void each_option_year(const Contract& contract, std::uint32_t years, Watch& watch,
                      const OptionVisit& visit, double attachment_part = 1);

}  // namespace corridor::pipeline
