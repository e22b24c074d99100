// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "corridor/employer.hpp"
#include "corridor/error.hpp"
#include "corridor/plan.hpp"
#include "corridor/portfolio.hpp"
#include "corridor/pricing.hpp"
#include "corridor/quotes.hpp"
#include "corridor/rules.hpp"
#include "corridor/run_options.hpp"

namespace corridor {

/// Prices a book from file to quotes: load, plan, simulate, reduce, price.
///
/// throws  Error, whose kind is the command's exit code; nothing is written
Quotes price_book(const std::string& path, const RunOptions& options,
                  const PricingBasis& basis = {});

/// Every problem of a book, errors and warnings: its schema, its values and the meaning of its claim
/// laws. Does not throw for bad content.
///
/// throws  Error{missing_input} when it cannot be opened
std::vector<Problem> validate_book(const std::string& path, const LoadOptions& options = {});

/// How large a pricing is.
struct PricingSize {
  std::size_t groups = 0, quotes = 0;
  std::uint64_t member_years = 0;  ///< draws of the run, passes counted
  std::vector<Problem> warnings;   ///< of its plan
};

/// Plans a pricing without running it, in no more memory than the run.
///
/// throws  as price_book does before its first year
PricingSize size_pricing(const std::string& path, const RunOptions& options,
                         const PricingBasis& basis = {});

/// Compares every option of a book with the rules of its group's state: `options.rules`, or those
/// built in. Plans the book, simulates nothing.
///
/// throws  Error, whose kind is the command's exit code
RuleCheck check_book(const std::string& path, const RunOptions& options);

}  // namespace corridor
