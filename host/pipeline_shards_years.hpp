// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "host/shards/codec.hpp"
#include "host/shards/manifest.hpp"
#include "host/tail/book_years.hpp"

namespace corridor {

/// What some groups add to some years, as a unit's payload.
shards::Bytes encoded(const shards::UnitRange& range, const BookYears& part);

/// Adds a payload to the book's years. Sums of integers and largest rungs: any order gives the same.
///
/// throws  Error{bad_data} for bytes that are no part of such a book
void add_encoded(std::span<const std::byte> payload, BookYears& book);

}  // namespace corridor
