// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/plan.hpp"
#include "corridor/portfolio.hpp"
#include "corridor/quotes.hpp"
#include "host/pipeline_clock.hpp"
#include "host/price/experience.hpp"

/// Steps that the pipelines share.
namespace corridor::pipeline {

/// A book, its values and the meaning of its laws checked.
Portfolio loaded(const std::string& path, const RunOptions& options);

/// Tables, layout, exact means and attachments.
Plan planned(const Portfolio& portfolio, const RunOptions& options);
/// The same, timed.
Plan planned(const Portfolio& portfolio, const RunOptions& options, PhaseClock& clock);

/// What the manual rate expects of the periods in the book's experience.
ExperienceMeans expected_experience(const Portfolio& portfolio, const RunOptions& options);

/// Refuses a run whose kept years need more than the memory limit, half of the machine's memory
/// without one.
///
/// `bytes_a_year`  that all of `what` takes a simulated year
/// `instead`       what else than fewer years would do, such as ", or fewer options"; may be empty
/// throws          Error, usage: how many years fit
void require_memory(double bytes_a_year, const RunOptions& options, const std::string& what,
                    const std::string& instead);

/// UTC, "2026-01-31T23:59:59Z".
std::string now();

/// Version, compiler, machine and start of a run.
void add_origin(const std::string& started_at, RunFacts& facts);

}  // namespace corridor::pipeline
