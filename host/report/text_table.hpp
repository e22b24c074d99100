// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace corridor {

/// Aligned columns: the first and the last lean left, those between lean right.
class TextTable {
 public:
  void add(std::vector<std::string> cells);
  /// A line across the columns.
  void note(std::string text);
  std::string text() const;

 private:
  struct Line {
    std::vector<std::string> cells;
    std::string note;  ///< instead of cells
  };

  std::string aligned(const std::vector<std::string>& cells) const;

  std::vector<Line> lines_;
  std::vector<std::size_t> widths_;
};

}  // namespace corridor
