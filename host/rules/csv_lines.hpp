// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace corridor {

/// A record of a CSV file; a quoted cell may span lines.
struct CsvLine {
  std::uint32_t number = 0;  ///< of its first line, from 1
  std::vector<std::string> cells;
};

struct CsvText {
  std::vector<CsvLine> lines;    ///< without empty ones and those that begin with #
  std::uint32_t open_quote = 0;  ///< line of a quote that never closes; 0: none
};

/// RFC 4180 with LF or CRLF; a byte order mark is skipped.
CsvText csv_lines(std::string_view text);

}  // namespace corridor
