// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/error.hpp"
#include "corridor/plan.hpp"
#include "corridor/portfolio.hpp"
#include "corridor/pricing.hpp"
#include "corridor/quotes.hpp"
#include "corridor/run_options.hpp"

namespace corridor {

/// Prices a book from file to quotes: load, plan, simulate, reduce, price.
///
/// throws  Error, whose kind is the command's exit code; nothing is written
Quotes price_book(const std::string& path, const RunOptions& options,
                  const PricingBasis& basis = {});

/// The plan of a run without running it: grid, exact means, attachments, member-years.
Plan plan_book(const std::string& path, const RunOptions& options);

}  // namespace corridor
