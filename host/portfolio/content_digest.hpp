// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "host/portfolio/raw_book.hpp"

namespace corridor {

/// SHA-256, as 64 lower-case hexadecimal digits, over what the book says: names, types, shapes and
/// values by ascending path, whatever the chunks, compression, byte order or free text of the file.
/// data/README.md gives the bytes.
std::string content_digest(const RawBook& raw);

}  // namespace corridor
