// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/planned_run.hpp"

#include <fmt/format.h>

#include "corridor/error.hpp"
#include "host/cli/recorded.hpp"

namespace corridor::cli {
namespace {

void take_inputs(const RunManifest& run, FlagText* rules, FlagText& pricing) {
  for (const RunInput& input : run.inputs) {
    if (input.flag == "--rules" && rules != nullptr) *rules = input.path;
    if (input.flag == "--pricing") pricing = input.path;
  }
}

}  // namespace

PriceFlags price_flags(const RunManifest& run) {
  PriceFlags flags = flags_from<PriceFlags>("price", run.arguments);
  take_inputs(run, &flags.rules, flags.pricing);
  return flags;
}

TailFlags tail_flags(const RunManifest& run) {
  TailFlags flags = flags_from<TailFlags>("tail", run.arguments);
  take_inputs(run, nullptr, flags.pricing);
  return flags;
}

void refuse_command(const std::string& folder, const RunManifest& run) {
  throw Error(ErrorKind::bad_data,
              fmt::format("{} holds a run of the command '{}', which this program does not cut "
                          "into units",
                          folder, run.command));
}

}  // namespace corridor::cli
