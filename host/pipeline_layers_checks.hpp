// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "corridor/layers.hpp"
#include "corridor/portfolio.hpp"

namespace corridor {

/// Refuses a study that no book makes sensible.
///
/// throws  Error{usage}
void check_options(const LayersOptions& options);

/// Rows of the groups of a study, ascending: those named, or all.
///
/// throws  Error{usage} for an id that the book lacks
std::vector<std::size_t> chosen_groups(const Portfolio& portfolio,
                                       const std::vector<std::string>& ids);

/// Claims of several years together have no law to draw from.
///
/// `run_in`   groups of the study whose contracts pay such, of `studied` groups
/// throws     Error{bad_data} naming some of them
void refuse_run_in(const Portfolio& head, std::span<const std::size_t> run_in,
                   std::size_t studied);

/// throws  Error{bad_data} naming a group of more members than a year has draws for
void refuse_giants(const Portfolio& head, std::span<const std::size_t> groups);

}  // namespace corridor
