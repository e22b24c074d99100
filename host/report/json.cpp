// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/report/json_parts.hpp"
#include "host/report/text_flow.hpp"
#include "host/report/writers.hpp"

namespace corridor {

void stream_json(const Quotes& quotes, const ReportOptions&, const ReportSink& sink) {
  TextFlow flow(sink);
  flow.text() = json_head(quotes_schema, quotes_schema_major, quotes_schema_minor);
  flow.text() += ",\n\"rows\":[";
  JsonRows rows(quotes.columns);
  each_part(quotes, [&](std::size_t, std::span<const QuoteColumn> columns) {
    for (std::size_t row = 0; row < rows_in(columns); ++row) {
      rows.append(flow.text(), columns, row);
      flow.step();
    }
  });
  flow.text() += "]";
  append_facts(flow.text(), quotes.gate, quotes.warnings, quotes.run);
  flow.text() += "}\n";
  flow.finish();
}

}  // namespace corridor
