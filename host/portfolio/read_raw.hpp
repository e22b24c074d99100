// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "host/h5/read_dataset.hpp"
#include "host/portfolio/exchange.hpp"

namespace corridor {

/// Reads a book's datasets and attributes with HDF5 into the exchange of `descriptor`: memory whole
/// columns at once, a file in blocks, of which no more than one is in memory. The one place that
/// lets HDF5 look at a file nobody vouches for: runs in the helper process.
///
/// limits.bytes binds what the caller will hold in memory: everything, or all but the members.
/// Problems of the book, "not HDF5" among them, go into the exchange.
///
/// throws  Error{internal}, ExchangeIsFull
void read_raw(const std::string& path, const h5::ReadLimits& limits, int descriptor,
              ExchangeKind kind = ExchangeKind::memory);

}  // namespace corridor
