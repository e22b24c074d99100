// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/report/json_parts.hpp"
#include "host/report/writers.hpp"

namespace corridor {

std::string json_text(const Quotes& quotes, const ReportOptions&) {
  std::string text = json_head(quotes_schema, quotes_schema_major, quotes_schema_minor);
  text += ",\n\"rows\":[";
  append_rows(text, quotes.columns, quotes.rows);
  text += "]";
  append_facts(text, quotes.gate, quotes.warnings, quotes.run);
  return text + "}\n";
}

}  // namespace corridor
