// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/scenario/stressed_book.hpp"

namespace corridor {

/// Gives members the laws that a pandemic's frequency, larger severities and therapies make of
/// theirs, in this order; expects scales to be the stressed ones.
///
/// throws  Error{bad_data} where a book has no numbers left for so many laws
void stress_laws(const Stress& stress, const BaseFacts& facts, Portfolio& portfolio);

/// throws  Error{bad_data} where a coefficient of variation would be above 2
void stress_effects(const Stress& stress, const BaseFacts& facts, Portfolio& portfolio);

/// Deductibles, shares and attachments. Without `reprice` attachments are the base's dollars.
///
/// throws  Error{bad_data} where a limit would leave a specific nothing to pay
void stress_terms(const Stress& stress, const BaseFacts& facts, Portfolio& portfolio);

}  // namespace corridor
