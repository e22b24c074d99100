// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corridor/treaties.hpp"

namespace corridor {

/// Everything wrong with the book's treaties, as data/README.md says, and what they leave idle as
/// warnings. Expects values inside their columns' ranges.
std::vector<Problem> treaty_problems(const Portfolio& portfolio);

/// The book's treaties in the order in which they act: by order, then by row.
///
/// throws  Error{bad_data} with every problem: layers that together take more than all of a dollar,
///         a layer without width, a way to state a treaty given twice, ...
Programme programme_of(const Portfolio& portfolio);

}  // namespace corridor
