// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corridor/portfolio.hpp"
#include "kernels/book.hpp"

namespace corridor {

/// The smallest value of an effect's or a law's table.
double least_value(const Bucket* table);

/// Problems with amounts that cents cannot hold: a claim of 2^51 cents, a group of 2^62.
std::vector<Problem> overflow_problems(const Portfolio& portfolio, const Book& book);

}  // namespace corridor
