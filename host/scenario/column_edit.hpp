// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "corridor/portfolio.hpp"

namespace corridor {

/// A column of f64 to change, of width 1; made with `neutral` in every row where the table lacks
/// it.
std::vector<double>& f64_column(Table& table, std::string_view name, double neutral);

/// A column's values, all widths; null where the table lacks it.
std::vector<double>* find_f64(Table& table, std::string_view name);
std::vector<std::uint16_t>& u16_column(Table& table, std::string_view name);

void remove_column(Table& table, std::string_view name);

}  // namespace corridor
