// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "corridor/portfolio.hpp"
#include "host/portfolio/findings.hpp"
#include "host/portfolio/raw_book.hpp"

namespace corridor {

/// What a digest in the file is taken for: the content's seal, or an old one about to be replaced.
enum class SealCheck { compare, replace };

/// A book as read and checked. Its members' columns are in the portfolio where they were read into
/// memory, else where the reader left them.
struct StoredBook {
  Inspection inspection;
  std::optional<RawBook> raw;      ///< none where the file itself was refused
  std::vector<RawColumn> members;  ///< in raw->exchange, each of inspection.portfolio.members.rows
};

/// Reads a book in the helper and runs every check. Throws as inspect_portfolio and as ScratchFile.
StoredBook read_book(const std::string& path, const LoadOptions& options, ExchangeKind kind,
                     SealCheck seal);

/// The same into memory.
Inspection inspect_book(const std::string& path, const LoadOptions& options, SealCheck seal);

/// The portfolio with its warnings.
/// throws  Error{bad_data} with every error found
Portfolio accepted(Inspection inspection);

/// The limit that `options` mean, in bytes.
std::uint64_t memory_limit(const LoadOptions& options);

}  // namespace corridor
