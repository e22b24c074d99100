// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/info.hpp"

#include <H5public.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "kernels/backend.hpp"

namespace corridor {

namespace {

/// Of its headers, which the library compares with itself. Asking the library would wake it up in a
/// process that may have no use for it (host/h5/apart.hpp).
std::string hdf5_version() {
  return std::to_string(H5_VERS_MAJOR) + "." + std::to_string(H5_VERS_MINOR) + "." +
         std::to_string(H5_VERS_RELEASE);
}

}  // namespace

const BuildFacts& build_facts() {
  static const BuildFacts facts{CORRIDOR_VERSION, CORRIDOR_GIT_REVISION, CORRIDOR_COMPILER,
                                CORRIDOR_BUILD_TYPE, CORRIDOR_BUILT_WITH_CUDA != 0,
                                hdf5_version()};
  return facts;
}

std::string version_text() {
  return "corridor " + build_facts().version + " (" + build_facts().git_revision + ")";
}

std::string cpu_model() {
  std::ifstream processors("/proc/cpuinfo");
  for (std::string line; std::getline(processors, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "";
}

DeviceFacts device_facts() {
  const cuda::Availability cuda = cuda::availability();
  DeviceFacts facts;
  facts.cpu_model = cpu_model();
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
