// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace corridor {

/// What a person's claims x add to a total: nondecreasing, 0 at 0, in straight lines.
struct PersonFunction {
  struct Line {
    double from_usd = 0;
    double slope = 0;  ///< up to the next line's start
  };
  std::vector<Line> lines;  ///< ascending; nothing below the first

  double operator()(double usd) const {
    double sum = 0;
    for (std::size_t i = 0; i < lines.size() && lines[i].from_usd < usd; ++i) {
      const bool last = i + 1 == lines.size() || usd <= lines[i + 1].from_usd;
      sum += lines[i].slope * ((last ? usd : lines[i + 1].from_usd) - lines[i].from_usd);
    }
    return sum;
  }
};

}  // namespace corridor
