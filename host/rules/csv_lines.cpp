// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/rules/csv_lines.hpp"

#include <utility>

namespace corridor {
namespace {

/// Takes a text apart, character by character, counting lines.
class CsvSplitter {
 public:
  explicit CsvSplitter(std::string_view text) : text_(text) {}

  CsvText split() {
    while (at_ < text_.size()) read_line();
    return std::move(result_);
  }

 private:
  void read_line() {
    if (text_[at_] == '#') return skip_line();
    CsvLine line{number_, {}};
    do {
      line.cells.push_back(take('"') ? read_quoted() : read_plain());
    } while (take(','));
    take('\r');
    if (take('\n')) ++number_;
    if (line.cells.size() > 1 || !line.cells[0].empty()) result_.lines.push_back(std::move(line));
  }

  void skip_line() {
    const std::size_t end = text_.find('\n', at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
    ++number_;
  }

  std::string read_plain() {
    const std::size_t from = at_;
    while (at_ < text_.size() && text_[at_] != ',' && !at_line_end()) ++at_;
    return std::string(text_.substr(from, at_ - from));
  }

  std::string read_quoted() {
    const std::uint32_t opened = number_;
    std::string cell;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '\n') ++number_;
      if (c != '"') {
        cell += c;
      } else if (take('"')) {
        cell += '"';
      } else {
        return cell + read_plain();
      }
    }
    result_.open_quote = opened;
    return cell;
  }

  bool at_line_end() const { return text_[at_] == '\n' || text_.substr(at_).starts_with("\r\n"); }

  bool take(char wanted) {
    if (at_ == text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t number_ = 1;
  CsvText result_;
};

}  // namespace

CsvText csv_lines(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  return CsvSplitter(text).split();
}

}  // namespace corridor
