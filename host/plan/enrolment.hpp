// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "corridor/portfolio.hpp"

namespace corridor {

inline constexpr std::size_t months_per_year = 12;
inline constexpr double members_per_employee = 2.03;

using TierCounts = std::array<double, tier_count>;

/// Enrolled employees by tier in a month (0 to 11): the monthly column where the book has it, else
/// the average column.
TierCounts enrolment(const Portfolio& portfolio, std::size_t group, std::size_t month);

/// Employee-months of a year over 12.
double average_employees(const Portfolio& portfolio, std::size_t group);

/// Average employees, or members / 2.03 where the book counts none.
double employees_or_estimate(const Portfolio& portfolio, std::size_t group);

}  // namespace corridor
