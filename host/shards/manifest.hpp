// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/shards.hpp"

namespace corridor::shards {

/// Groups and years of one unit: units go through the years of their groups first.
struct UnitRange {
  std::uint32_t first_group = 0, last_group = 0;  ///< [first, last)
  std::uint32_t first_year = 0, last_year = 0;
};
UnitRange range_of(const RunManifest& manifest, std::uint32_t unit);

/// The manifest of a file's text; `path` stands for the file in messages.
///
/// throws  Error{bad_data} where it is damaged or of another format
RunManifest parse_manifest(const std::string& text, const std::string& path);

/// Places the manifest in a folder, which is made if need be. Returns whether it is new there; the
/// same one may stand there already.
///
/// `restart`  another run's manifest and results go
/// throws     Error{cannot_create} naming both digests where another run is there
bool place_manifest(const std::string& folder, const RunManifest& manifest, bool restart);

}  // namespace corridor::shards
