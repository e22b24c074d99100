// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "corridor/portfolio.hpp"
#include "host/price/quote_row.hpp"

namespace corridor {

/// Quotes that are right and hardly meant, of rows that come in parts: W_DEDUCTIBLE_ABOVE_CAP for a
/// deductible that no law's claims reach, W_NO_EXPECTED_CLAIMS for a group without any.
class PriceWarnings {
 public:
  explicit PriceWarnings(const Portfolio& portfolio);

  /// Expects groups in the book's order.
  void add(std::span<const QuoteRow> rows);
  void append_to(std::vector<Problem>& warnings) const;

 private:
  struct AboveCap {
    std::string first_group;
    std::size_t quotes = 0;
  };

  void note_deductible(const QuoteRow& row);
  void note_claims(const QuoteRow& row);

  const Portfolio& portfolio_;
  double largest_usd_;
  std::map<double, AboveCap> above_cap_;     ///< by deductible
  std::vector<std::string> without_claims_;  ///< groups
};

}  // namespace corridor
