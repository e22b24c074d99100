// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "corridor/portfolio.hpp"
#include "host/portfolio/findings.hpp"

namespace corridor {

/// What a digest in the file is taken for: the content's seal, or an old one about to be replaced.
enum class SealCheck { compare, replace };

/// Reads a book in the helper and runs every check. Throws as inspect_portfolio.
Inspection inspect_book(const std::string& path, const LoadOptions& options, SealCheck seal);

/// The limit that `options` mean, in bytes.
std::uint64_t memory_limit(const LoadOptions& options);

}  // namespace corridor
