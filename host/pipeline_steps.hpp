// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/plan.hpp"
#include "corridor/portfolio.hpp"
#include "corridor/quotes.hpp"
#include "host/price/experience.hpp"

/// Steps that the pipelines share.
namespace corridor::pipeline {

/// A book, its values and the meaning of its laws checked.
Portfolio loaded(const std::string& path, const RunOptions& options);

/// Tables, layout, exact means and attachments.
Plan planned(const Portfolio& portfolio, const RunOptions& options);

/// What the manual rate expects of the periods in the book's experience.
ExperienceMeans expected_experience(const Portfolio& portfolio, const RunOptions& options);

/// UTC, "2026-01-31T23:59:59Z".
std::string now();

/// Version, compiler, machine and start of a run.
void add_origin(const std::string& started_at, RunFacts& facts);

}  // namespace corridor::pipeline
