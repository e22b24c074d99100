// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "corridor/portfolio.hpp"

namespace corridor {

/// Share of the annual attachment that each policy month adds: by factors times enrolment where the
/// book has monthly factors, else by enrolled employees, else evenly. Adds up to 1.
/// returns  [month], policy_months long
std::vector<double> attachment_months(const Portfolio& portfolio, std::size_t group);

/// Sum of the first `months`.
double accumulated(const std::vector<double>& shares, std::size_t months);

/// Sum of the last three.
double last_three(const std::vector<double>& shares);

}  // namespace corridor
