// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/quotes.hpp"

namespace corridor {

// What JSON documents of results have in common. NaN is null, infinity is "inf".

/// An open object with the members `schema` and `schema_version`.
std::string json_head(std::string_view schema, int major, int minor);

/// Rows as objects, a line each, without the array's brackets. They are written as they come: a
/// document of them all would take many times the memory.
class JsonRows {
 public:
  explicit JsonRows(std::span<const QuoteColumn> columns);

  /// The next row, which is row `row` of a part with those columns.
  void append(std::string& text, std::span<const QuoteColumn> columns, std::size_t row);

 private:
  std::vector<std::string> keys_;
  bool is_first_ = true;
};

/// The same of a whole table.
void append_rows(std::string& text, const std::vector<QuoteColumn>& columns, std::size_t rows);

/// Where results come from and what they took, the member `run` of a document.
nlohmann::ordered_json run_json(const RunFacts& run);

/// The members `gate`, `warnings` and `run` of an object that has others before them.
void append_facts(std::string& text, const CredibilityGate& gate,
                  const std::vector<Problem>& warnings, const RunFacts& run);

}  // namespace corridor
