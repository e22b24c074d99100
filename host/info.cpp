// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/info.hpp"

#include <unistd.h>

#include <thread>

#include "kernels/backend.hpp"

namespace corridor {

const BuildFacts& build_facts() {
  static const BuildFacts facts{CORRIDOR_VERSION, CORRIDOR_GIT_REVISION, CORRIDOR_COMPILER,
                                CORRIDOR_BUILD_TYPE, CORRIDOR_BUILT_WITH_CUDA != 0};
  return facts;
}

std::string version_text() {
  return "corridor " + build_facts().version + " (" + build_facts().git_revision + ")";
}

DeviceFacts device_facts() {
  const cuda::Availability cuda = cuda::availability();
  DeviceFacts facts;
  facts.instruction_sets = cpu::instruction_sets();
  facts.threads = std::thread::hardware_concurrency();
  facts.memory_bytes = static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) *
                       static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  facts.cuda_usable = cuda.usable;
  facts.cuda_device = cuda.device;
  facts.cuda_reason = cuda.reason;
  return facts;
}

}  // namespace corridor
