// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "corridor/portfolio.hpp"

namespace corridor {

/// How a group's aggregate attachment comes about. The book states at most one way; a quoted corridor
/// replaces it, and the minima stay.
struct AttachmentRule {
  enum class Way { none, corridor, amount, monthly_factors };

  Way way = Way::none;
  double corridor = 0;         ///< times expected retained claims
  double amount_usd = 0;       ///< explicit, or the sum of factors times enrolment over the months
  double first_month_ratio = 1;  ///< 12 times the first month's attachment / the year's
  double minimum_usd = 0;
  double minimum_first_month_fraction = 0;
  double minimum_quoted_fraction = 0;
};

/// The rule of a group's bound terms, or with `quoted_corridor` the rule of that quote.
AttachmentRule attachment_rule(const Portfolio& portfolio, std::size_t group,
                               std::optional<double> quoted_corridor);

/// What the attachment is before minima: corridor * expected retained | explicit | factors.
double quoted_attachment_usd(const AttachmentRule& rule, double expected_retained_usd);

/// The largest of the minima beside it; 0 where the book states none.
double minimum_attachment_usd(const AttachmentRule& rule, double expected_retained_usd);

/// max(corridor * expected retained | explicit | factors, minima), dollars; NaN without an aggregate.
double attachment_usd(const AttachmentRule& rule, double expected_retained_usd);

}  // namespace corridor
