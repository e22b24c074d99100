// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "corridor/losses.hpp"
#include "corridor/plan.hpp"
#include "host/price/group_facts.hpp"
#include "host/price/premium.hpp"

namespace corridor {

/// A simulated figure of a row with what it is compared with.
struct Cell {
  const FigureLoss* loss = nullptr;
  double exact_usd = 0;  ///< NaN without a closed form
};

/// One row of the results before it is laid out in columns.
struct QuoteRow {
  const QuoteKey* key = nullptr;
  const GroupFacts* group = nullptr;
  double expected_claims_usd = 0;
  double expected_retained_usd = 0;
  Cell retained, specific_before_asd, specific, aggregate, total;
  std::vector<double> premium_usd;  ///< [principle]
  std::vector<std::string> flags;
};

/// Everything rows are made from; borrows.
struct RowSources {
  const Plan& plan;
  const Losses& losses;
  const std::vector<GroupFacts>& groups;
  const Premiums& premiums;
  const FigureLoss& no_cover;  ///< a cover that was not quoted: zeros of the right length
};

QuoteRow quote_row(const QuoteKey& key, const RowSources& sources);

}  // namespace corridor
