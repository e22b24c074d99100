// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/tail/book_years.hpp"

namespace corridor {

/// The book's years as they would be without one of its groups, on the same draws: the group is
/// simulated alone and taken off. `groups` stays as it is.
BookYears without_group(const BookYears& book, const TailGroup& group, Backend& backend,
                        std::uint64_t seed, const YearsProgress& progress = {});

}  // namespace corridor
