// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/layers.hpp"
#include "host/cli/outputs.hpp"
#include "host/cli/run_flags.hpp"

namespace corridor::cli {

/// The flags of `corridor layers`, as typed.
struct LayersFlags : RunFlags, OutputFlags {
  std::string book;
  FlagText layers, groups;
};

/// The same, understood and checked.
struct LayersRequest : Outputs {
  std::string book;
  LayersOptions options;
};

void declare_flags(CLI::App& app, LayersFlags& flags);

/// Checks all that can be checked without opening the book, the destinations included.
///
/// throws  Error{usage} naming flag, value and remedy; Error{cannot_create}; what load_pricing
/// throws
LayersRequest checked(const LayersFlags& flags);

/// "1000000:1000000,2000000:inf", attachment and limit of each layer.
///
/// throws  Error{usage}
std::vector<ClaimLayer> claim_layers(const std::string& text);

}  // namespace corridor::cli
