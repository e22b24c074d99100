// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "corridor/quotes.hpp"

namespace corridor {

/// Text on its way to a sink, in pieces: a whole table would take as much memory again as its rows.
class TextFlow {
 public:
  explicit TextFlow(const ReportSink& sink) : sink_(sink) {}

  /// Where the next text is to be appended.
  std::string& text() { return text_; }
  /// To be called after every row.
  void step() {
    if (text_.size() >= piece_bytes) pass();
  }
  void finish() {
    if (!text_.empty()) pass();
  }

 private:
  static constexpr std::size_t piece_bytes = 1u << 18;

  void pass() {
    sink_(text_);
    text_.clear();
  }

  const ReportSink& sink_;
  std::string text_;
};

inline std::size_t rows_in(std::span<const QuoteColumn> columns) {
  if (columns.empty()) return 0;
  return std::visit([](const auto& values) { return values.size(); }, columns.front().values);
}

}  // namespace corridor
