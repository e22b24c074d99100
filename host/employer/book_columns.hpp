// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "corridor/portfolio.hpp"

namespace corridor {

/// Takes a discount off every member's claims.
void discount_claims(Portfolio& book, double discount);

/// Takes a column out of a table, where it is there.
void drop_column(Table& table, std::string_view name);

/// The values of a column of doubles; nullptr where the table lacks it.
std::vector<double>* doubles_of(Table& table, std::string_view name);

}  // namespace corridor
