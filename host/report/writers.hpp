// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "corridor/quotes.hpp"

namespace corridor {

/// What every results file says it is.
inline constexpr const char* quotes_schema = "corridor.quotes";
inline constexpr int quotes_schema_major = 1, quotes_schema_minor = 0;

// One table in a file of its own kind: see data/results.md. Each hands on the file's bytes.

/// In one piece, built in memory.
void stream_hdf5(const Quotes& quotes, const ReportOptions& options, const ReportSink& sink);

/// The same built on the disk, under a name that is there, in memory that does not grow with rows.
/// Returns 0, the system's error where the disk took not all of it, or none where no child process can
/// be had to do it.
std::optional<int> build_hdf5(const Quotes& quotes, const std::string& name);

/// A table as RFC 4180: one header line, CRLF, the shortest decimals that read back as the same
/// doubles; NaN is an empty cell. Text that a spreadsheet would run as a formula is quoted behind
/// an apostrophe.
std::string csv_lines(const std::vector<QuoteColumn>& columns, std::size_t rows, bool bom);
void stream_csv(const Quotes& quotes, const ReportOptions& options, const ReportSink& sink);

/// Rows as objects, then the gate, the warnings and the run. NaN is null, infinity is "inf".
void stream_json(const Quotes& quotes, const ReportOptions& options, const ReportSink& sink);

/// Aligned columns for people: at most `text_groups` groups, then totals and what to know.
void stream_table(const Quotes& quotes, const ReportOptions& options, const ReportSink& sink);

}  // namespace corridor
