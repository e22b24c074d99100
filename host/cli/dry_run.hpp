// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/cli/layers_request.hpp"
#include "host/cli/price_request.hpp"
#include "host/cli/tail_request.hpp"

namespace corridor::cli {

/// Reads and plans the book, simulates for up to three seconds to learn the speed of this machine,
/// and prints how large and how long the run would be. Writes nothing. Returns 0.
///
/// throws  what price_book throws: a dry run that passes says that the run will start
int dry_run(const PriceRequest& request);

/// The same of a study of the whole book, whose trial studies fewer years.
int dry_run(const TailRequest& request);

/// The same of a study of rare layers.
int dry_run(const LayersRequest& request);

}  // namespace corridor::cli
