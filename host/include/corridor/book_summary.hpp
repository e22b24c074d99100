// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "corridor/portfolio.hpp"

namespace corridor {

/// A book in a few facts, for people and for `corridor info`.
struct BookSummary {
  struct Law {
    std::string name, kind;
    std::size_t members = 0;  ///< that refer to it
  };

  std::size_t groups = 0, members = 0;
  std::size_t smallest_group = 0, largest_group = 0;  ///< members
  double employees = 0;                               ///< average of the year, all tiers
  std::size_t lasers = 0;                             ///< members with a deductible of their own
  std::vector<Law> laws;                              ///< in the order of the book
  std::map<std::string, std::size_t> states;          ///< groups by state, "" where none is given
  std::size_t specific_covers = 0, aggregate_covers = 0;     ///< groups that have bound them
  double least_deductible_usd = 0, most_deductible_usd = 0;  ///< of bound specifics; NaN: none
  int policy_year = 0;
  std::string currency, generator, digest;
  bool sealed = false;
};

BookSummary summarize(const Portfolio& book);

}  // namespace corridor
