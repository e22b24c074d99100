// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/plan.hpp"
#include "corridor/portfolio.hpp"
#include "corridor/quotes.hpp"
#include "host/portfolio/open_book.hpp"
#include "host/price/experience.hpp"
#include "host/watch/run_account.hpp"

/// Steps that the pipelines share.
namespace corridor::pipeline {

/// A book, its values and the meaning of its laws checked; the phase "load".
Portfolio loaded(const std::string& path, const RunOptions& options, RunAccount& account);
Portfolio loaded(const std::string& path, const RunOptions& options);

/// One group of it; the others' members need not be in memory where there is a limit.
///
/// throws  Error{usage} for an id that the book lacks
Portfolio loaded_group(const std::string& path, const RunOptions& options,
                       const std::string& group_id, RunAccount& account);

/// The same with members left outside of memory.
OpenBook opened(const std::string& path, const RunOptions& options);

/// Exact means and attachments of a plan that is laid out.
void set_figures(const Portfolio& portfolio, Plan& plan);

/// Tables, layout, exact means and attachments, a phase each.
Plan planned(const Portfolio& portfolio, const RunOptions& options, RunAccount& account);
/// The same as a part of the caller's phase.
Plan planned(const Portfolio& portfolio, const RunOptions& options);

/// Options and tables of a plan without its layout.
Plan with_tables(const Portfolio& portfolio, const RunOptions& options);

/// What the manual rate expects of the periods in the book's experience.
///
/// `plan`  of the portfolio or of a book that holds it: its options and tables count
ExperienceMeans expected_experience(const Portfolio& portfolio, const Plan& plan);

/// Refuses a run whose kept years need more than the memory limit, half of the machine's memory
/// without one.
///
/// `bytes_a_year`  that all of `what` takes a simulated year
/// `instead`       what else than fewer years would do, such as ", or fewer options"; may be empty
/// throws          Error, usage: how many years fit
void require_memory(double bytes_a_year, const RunOptions& options, const std::string& what,
                    const std::string& instead);

}  // namespace corridor::pipeline
