// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/report/text_table.hpp"

#include <algorithm>

namespace corridor {
namespace {

/// Characters of UTF-8 text: bytes that do not continue one.
std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

void TextTable::add(std::vector<std::string> cells) {
  widths_.resize(std::max(widths_.size(), cells.size()));
  for (std::size_t i = 0; i < cells.size(); ++i) {
    widths_[i] = std::max(widths_[i], width(cells[i]));
  }
  lines_.push_back({std::move(cells), {}});
}

void TextTable::note(std::string text) { lines_.push_back({{}, std::move(text)}); }

std::string TextTable::text() const {
  std::string result;
  for (const Line& line : lines_) {
    const std::string text = line.cells.empty() ? line.note : aligned(line.cells);
    result += text.substr(0, text.find_last_not_of(' ') + 1) + '\n';
  }
  return result;
}

std::string TextTable::aligned(const std::vector<std::string>& cells) const {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string space(widths_[i] - width(cells[i]), ' ');
    const bool left = i == 0 || i + 1 == widths_.size();
    line += (i == 0 ? "" : "  ") + (left ? cells[i] + space : space + cells[i]);
  }
  return line;
}

}  // namespace corridor
