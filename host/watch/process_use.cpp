// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/watch/process_use.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

namespace corridor {
namespace {

std::uint64_t peak_bytes(int whose) {
  rusage use{};
  if (getrusage(whose, &use) != 0 || use.ru_maxrss < 0) return 0;
  return static_cast<std::uint64_t>(use.ru_maxrss) * 1024;  // Linux counts in KiB
}

}  // namespace

TransferredBytes transferred_bytes() {
  TransferredBytes bytes;
  std::ifstream counters("/proc/self/io");
  std::string name;
  std::uint64_t count = 0;
  while (counters >> name >> count) {
    if (name == "rchar:") bytes.read = count;
    if (name == "wchar:") bytes.written = count;
  }
  return bytes;
}

PeakMemory peak_memory() { return {peak_bytes(RUSAGE_SELF), peak_bytes(RUSAGE_CHILDREN)}; }

std::uint64_t resident_memory() {
  std::ifstream pages("/proc/self/statm");
  std::uint64_t all = 0, resident = 0;
  pages >> all >> resident;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::string host_name() {
  char name[256] = {};
  return gethostname(name, sizeof name - 1) == 0 ? name : "";
}

}  // namespace corridor
