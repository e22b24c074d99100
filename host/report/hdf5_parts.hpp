// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corridor/quotes.hpp"
#include "host/h5/image_file.hpp"

namespace corridor {

// What files of results have in common; data/results.md describes each part.

/// The root's attributes: schema, schema_version, currency.
void write_head(h5::ImageFile& file, std::string_view schema, std::int32_t major,
                std::int32_t minor);

/// One compound table with a member a column.
void write_columns(h5::ImageFile& file, const std::string& path,
                   const std::vector<QuoteColumn>& columns);

/// The rows of results, a piece at a time where they lie in a scratch file.
void write_rows(h5::ImageFile& file, const std::string& path, const Quotes& quotes);

/// "/gate"
void write_gate(h5::ImageFile& file, const CredibilityGate& gate);
/// "/warnings"
void write_warnings(h5::ImageFile& file, const std::vector<Problem>& warnings);
/// "/run", its timings and settings
void write_run(h5::ImageFile& file, const RunFacts& run);

}  // namespace corridor
