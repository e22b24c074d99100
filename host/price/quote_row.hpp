// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "corridor/losses.hpp"
#include "corridor/plan.hpp"
#include "host/price/employer_maximum.hpp"
#include "host/price/experience.hpp"
#include "host/price/group_facts.hpp"
#include "host/price/interval_claims.hpp"
#include "host/price/premium.hpp"
#include "host/price/quoted.hpp"

namespace corridor {

/// A simulated figure of a row with what it is compared with.
struct Cell {
  const FigureLoss* loss = nullptr;
  double exact_usd = 0;  ///< NaN without a closed form
  IntervalClaims claims{};
};

/// One row of the results before it is laid out in columns.
struct QuoteRow {
  const QuoteKey* key = nullptr;
  const GroupFacts* group = nullptr;
  const ExactRow* exact = nullptr;
  const GroupExperience* experience = nullptr;
  double expected_claims_usd = 0;
  double outside_basis_usd = 0;
  Cell retained, specific_before_asd, specific, aggregate, total;
  std::vector<Premium> premiums;  ///< [principle], manual: before experience and cap
  QuotedPremium quoted;           ///< from the first of them
  double target_loss_ratio = 0;
  Tiers specific_rate_usd{}, aggregate_factor_usd{};
  EmployerMaximum maximum;
  std::vector<std::string> flags;
};

/// Everything rows are made from; borrows.
struct RowSources {
  const Plan& plan;
  const Losses& losses;
  const std::vector<GroupFacts>& groups;
  const std::vector<GroupExperience>& experience;  ///< [group]
  Tiers specific_relativity, factor_relativity;
  const Premiums& premiums;
  const FigureLoss& no_cover;  ///< a cover that was not quoted: zeros of the right length
  double largest_claim_usd = 0;
};

/// Most that a person can add to a year of what counts to the aggregate.
double largest_retained_usd(const QuoteRow& row, double largest_usd);

bool has_specific(const QuoteKey& key);

/// A row's covers beside their closed forms, without what pricing adds.
QuoteRow covered_row(const QuoteKey& key, const Plan& plan, const Losses& losses,
                     const std::vector<GroupFacts>& groups, const FigureLoss& no_cover);

QuoteRow quote_row(const QuoteKey& key, const RowSources& sources);

}  // namespace corridor
