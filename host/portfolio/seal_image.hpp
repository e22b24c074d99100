// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace corridor {

/// Writes to `descriptor` the bytes of the file at `path` with root attribute content_sha256 set to
/// `digest`; the file itself is only read. Runs in the helper process.
///
/// throws  Error{bad_data} with HDF5's reason
void seal_image(const std::string& path, const std::string& digest, int descriptor);

}  // namespace corridor
