// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "corridor/portfolio.hpp"
#include "host/price/quote_row.hpp"

namespace corridor {

/// Quotes that are right and hardly meant: W_DEDUCTIBLE_ABOVE_CAP for a deductible that no law's
/// claims reach, W_NO_EXPECTED_CLAIMS for a group without any.
void append_price_warnings(const Portfolio& portfolio, std::span<const QuoteRow> rows,
                           std::vector<Problem>& warnings);

}  // namespace corridor
