// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "corridor/plan.hpp"
#include "host/pipeline_pricing.hpp"
#include "host/shards/codec.hpp"

namespace corridor {

/// Results of some groups as a unit's payload, and back. Doubles keep their bits, NaN's too.
shards::Bytes encoded(const GroupResults& results);
/// throws  Error{bad_data} for bytes that are no such results
GroupResults decoded_groups(std::span<const std::byte> payload);

/// Of each group, SHA-256 over the bits of its closed forms and attachments, hex: what programs,
/// compilers and mathematical libraries must agree on for their units to be one run.
void append_figures(const Plan& plan, GroupRange groups, std::vector<std::string>& digests);

/// The digest of a unit of the digests of its groups.
std::string joint_digest(std::span<const std::string> digests);

}  // namespace corridor
