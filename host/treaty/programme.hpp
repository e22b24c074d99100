// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corridor/treaties.hpp"

namespace corridor {

/// The book's treaties in the order in which they act.
///
/// throws  Error{bad_data} with every problem: layers of one kind that overlap, a layer without
///         width, a way to state a treaty given twice, points of loss ratio without a premium, ...
Programme programme_of(const Portfolio& portfolio);

}  // namespace corridor
