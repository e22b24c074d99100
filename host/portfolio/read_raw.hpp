// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "host/h5/read_dataset.hpp"

namespace corridor {

/// Reads a book's datasets and attributes with HDF5 into the exchange memory of `descriptor`. The
/// one place that lets HDF5 look at a file nobody vouches for: runs in the helper process.
///
/// Problems of the file, "not HDF5" among them, go into the memory. Throws Error{internal} alone.
void read_raw(const std::string& path, const h5::ReadLimits& limits, int descriptor);

}  // namespace corridor
