// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "corridor/explain.hpp"
#include "corridor/plan.hpp"
#include "host/price/account.hpp"
#include "host/price/premium.hpp"
#include "host/price/quote_row.hpp"

namespace corridor {

/// The account of every row; all are of one group.
Explanation explained(std::span<const QuoteRow> rows, const Premiums& premiums, const Plan& plan);

/// Who is covered, on what terms, and what both covers are expected to pay.
void explain_covers(const QuoteRow& row, Account& account);

/// From payouts to the manual premium, by the principle that quotes.
void explain_manual(const QuoteRow& row, const Premiums& premiums, Account& account);

/// From the manual premium to the quote, rates, factors and the employer's maximum.
void explain_quote(const QuoteRow& row, const Premiums& premiums, Account& account);

}  // namespace corridor
