// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/pipeline_book.hpp"

namespace corridor {

/// Options of a study, checked, with what is usual where nothing was asked.
///
/// throws  Error{usage}
TailOptions checked_tail(const TailOptions& asked);

/// Refuses groups and tables that the book lacks: a mistake costs no simulation.
///
/// throws  Error{usage}
void check_asked(const BookRun& run, const TailOptions& options);

/// The tables and series of a settled run; finishes the account.
ResultFile tail_file(BookRun& run, const TailOptions& options, RunAccount& account);

}  // namespace corridor
