// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "host/shards/unit_store.hpp"

namespace corridor::shards {

/// Worker `index` of `count`.
struct Worker {
  std::uint32_t index = 0, count = 1;
};

/// Units [first, last) of a worker's own share: shares of all workers are the whole ring.
struct Share {
  std::uint32_t first = 0, last = 0;
};
Share share_of(Worker worker, std::uint32_t units);

struct WalkResult {
  std::uint32_t computed = 0;
  bool finished = false;  ///< every unit was seen done; false where the worker left before
};

/// Computes one unit. `is_idle` says that somebody else has published it meanwhile: what is under
/// way may then be dropped by returning nothing.
using ComputeUnit = std::function<std::optional<UnitRecord>(std::uint32_t unit,
                                                            const std::function<bool()>& is_idle)>;

/// Hears of each unit that a worker has computed and published, or dropped.
enum class UnitEnd : std::uint8_t { computed, dropped };
using TellUnit = std::function<void(std::uint32_t unit, UnitEnd end)>;

/// Does what is left of a run: from the worker's own share on round the ring, first what nobody
/// claims, then what others claim and have not published, so that neither a slow nor a dead worker
/// holds up the end. Results in the own share are read whole, those elsewhere are taken by name, so
/// that many workers read each result once.
///
/// `leave`  asked before each unit; true ends the walk
/// `tell`   may be empty
WalkResult walk(UnitStore& store, Worker worker, std::uint32_t units, const ComputeUnit& compute,
                const std::function<bool()>& leave, const TellUnit& tell = {});

}  // namespace corridor::shards
