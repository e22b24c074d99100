// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/shards.hpp"
#include "host/cli/price_request.hpp"
#include "host/cli/tail_request.hpp"

namespace corridor::cli {

/// The flags of a planned pricing, its files where they were when it was planned.
PriceFlags price_flags(const RunManifest& run);

/// The same of a planned study of the whole book.
TailFlags tail_flags(const RunManifest& run);

/// throws  Error{bad_data} where the run is of a command that this program does not cut
[[noreturn]] void refuse_command(const std::string& folder, const RunManifest& run);

}  // namespace corridor::cli
