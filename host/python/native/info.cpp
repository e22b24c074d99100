// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/info.hpp"

#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "corridor/pricing.hpp"
#include "corridor/scenario.hpp"
#include "host/python/native/parts.hpp"

namespace nb = nanobind;

namespace corridor::python {
namespace {

Facts this_build() {
  const BuildFacts& build = build_facts();
  nb::dict facts;
  facts["version"] = build.version;
  facts["git_revision"] = build.git_revision;
  facts["compiler"] = build.compiler;
  facts["build_type"] = build.build_type;
  facts["cuda"] = build.cuda;
  return facts;
}

Facts this_machine() {
  const DeviceFacts device = device_facts();
  nb::dict facts;
  facts["instruction_sets"] = device.instruction_sets;
  facts["threads"] = device.threads;
  facts["memory_bytes"] = device.memory_bytes;
  facts["cuda_usable"] = device.cuda_usable;
  facts["cuda_device"] = device.cuda_device;
  facts["cuda_reason"] = device.cuda_reason;
  return facts;
}

Texts known_principles() {
  nb::dict formulas;
  for (const PrincipleInfo& principle : premium_principles()) {
    formulas[principle.name.c_str()] = principle.formula;
  }
  return formulas;
}

Texts known_loads() {
  nb::dict descriptions;
  for (const LoadInfo& load : pricing_loads()) descriptions[load.name.c_str()] = load.description;
  return descriptions;
}

Texts known_stresses() {
  nb::dict descriptions;
  for (const Stress& stress : built_in_stresses()) {
    descriptions[stress.name.c_str()] = stress.description;
  }
  return descriptions;
}

}  // namespace

void declare_info(nb::module_& module) {
  module.def("build", this_build, "What this build is.");
  module.def("devices", this_machine, "What this machine offers.");
  module.def("principles", known_principles, "Premium principles: name to formula.");
  module.def("loads", known_loads, "Loads: name to description.");
  module.def("stresses", known_stresses, "Stresses that come with the program.");
}

}  // namespace corridor::python
