// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/quotes.hpp"

namespace corridor {

/// What every results file says it is.
inline constexpr const char* quotes_schema = "corridor.quotes";
inline constexpr int quotes_schema_major = 1, quotes_schema_minor = 0;

/// One table in a file of its own kind: see data/results.md. Each returns the file's bytes.
std::string hdf5_bytes(const Quotes& quotes, const ReportOptions& options);

/// A table as RFC 4180: one header line, CRLF, the shortest decimals that read back as the same doubles; NaN
/// is an empty cell. Text that a spreadsheet would run as a formula is quoted behind an apostrophe.
std::string csv_lines(const std::vector<QuoteColumn>& columns, std::size_t rows, bool bom);
std::string csv_text(const Quotes& quotes, const ReportOptions& options);

/// Rows as objects, then the gate, the warnings and the run. NaN is null, infinity is "inf".
std::string json_text(const Quotes& quotes, const ReportOptions& options);

/// Aligned columns for people: at most `text_groups` groups, then totals and what to know.
std::string table_text(const Quotes& quotes, const ReportOptions& options);

}  // namespace corridor
