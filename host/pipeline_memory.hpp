// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "corridor/plan.hpp"

namespace corridor::pipeline {

/// What RunOptions::memory_limit_bytes leaves of a run, once the book is loaded and planned.
struct MemoryRoom {
  std::size_t payouts_bytes = 0;  ///< of the years under way; 0: no limit
  std::size_t laws_bytes = 0;     ///< of exact rows kept for other groups
};
MemoryRoom memory_room(const RunOptions& options, double results_bytes);

/// Pricing goes through a book in parts of about so many quotes, so that their losses are never in
/// memory all at once.
inline constexpr std::size_t quotes_a_part = 8192;

/// Resident bytes that quotes will take, with the part that is under way.
double quotes_bytes(const RunOptions& options, double quotes);

/// What exact laws of so many deductibles take while they are made, beyond what every run has.
double laws_bytes(const RunOptions& options, double deductibles);

/// Resident bytes of some groups of a book, loaded and planned, with their quotes.
double slice_bytes(const RunOptions& options, double members, double quotes);

/// What the limit leaves for such groups, now.
double room_of_a_slice(const RunOptions& options);

/// throws  Error{usage} where the run would exceed the limit: what it takes and what to do
void require_room(const RunOptions& options, double results_bytes);

}  // namespace corridor::pipeline
