// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corridor/plan.hpp"
#include "host/claim_tables.hpp"
#include "host/plan/book_tables.hpp"

namespace corridor {

/// Lays the book out for the kernels and sets up the grid. Exact means and attachments are not set:
/// they need the layout first.
///
/// throws  Error{usage} for a bad list of the command, Error{bad_data} for amounts beyond int64 cents
Plan make_plan(const Portfolio& portfolio, ClaimTables tables, const RunOptions& options);

/// The layout and the grid alone, of a book or of some of its groups, with the book's tables.
Plan laid_out(const Portfolio& portfolio, std::shared_ptr<const BookTables> tables,
              const RunOptions& options);

/// Fixes every attachment from the plan's exact means; no draw has been made.
///
/// throws  Error{bad_data} where expected retained claims have no closed form and a corridor needs them
void set_attachments(const Portfolio& portfolio, Plan& plan);

}  // namespace corridor
