// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "host/shards/codec.hpp"

namespace corridor::shards {

/// How a unit's result came about; not part of the result.
struct UnitOrigin {
  std::string device, host;
  double seconds = 0;
  bool self_checked = false;  ///< computed twice, with equal bits
};

struct UnitRecord {
  UnitOrigin origin;
  Bytes payload;
};

/// A unit's result as the bytes of a file: what it belongs to, how it came about, the payload, and
/// a SHA-256 over all of it.
Bytes framed(const std::string& manifest_digest, std::uint32_t unit, const UnitRecord& record);

/// The record of such bytes; none where a bit is not as it was written, or where they belong to
/// another run or unit.
std::optional<UnitRecord> unframed(std::span<const std::byte> file,
                                   const std::string& manifest_digest, std::uint32_t unit);

}  // namespace corridor::shards
