// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "host/h5/input_file.hpp"
#include "host/h5/read_dataset.hpp"
#include "host/portfolio/exchange.hpp"
#include "host/portfolio/raw_notes.hpp"

namespace corridor {

/// The exchange to fill, and the first byte behind its last column.
struct Target {
  int descriptor;
  ExchangeKind kind;
  std::uint64_t end;
};

/// Reads the columns that `content` lists into the exchange: memory whole columns at once, a file
/// in blocks, of which no more than one is in memory. One that cannot be read is noted and struck
/// off.
///
/// throws  Error{internal}, ExchangeIsFull, ListIsFull
void load_columns(const h5::File& file, const h5::ReadLimits& limits, const Target& target,
                  RawContent& content, RawNotes& notes);

}  // namespace corridor
