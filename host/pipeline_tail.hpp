// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "host/pipeline_book.hpp"

namespace corridor {

/// Options of a study, checked, with what is usual where nothing was asked.
///
/// throws  Error{usage}
TailOptions checked_tail(const TailOptions& asked);

/// Loads and plans a study.
BookRun planned_tail(const std::string& path, const TailOptions& options, RunAccount& account);

/// The tables and series of a settled run; finishes the account.
ResultFile tail_file(const BookRun& run, const TailOptions& options, RunAccount& account);

}  // namespace corridor
