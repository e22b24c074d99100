// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace corridor {

/// Bytes that read and write calls moved, of this process and of its children that have ended; 0
/// where the system does not say.
struct TransferredBytes {
  std::uint64_t read = 0, written = 0;
};
TransferredBytes transferred_bytes();

/// Largest resident memory so far; of the children the one with the most.
struct PeakMemory {
  std::uint64_t process_bytes = 0, child_bytes = 0;
};
PeakMemory peak_memory();

/// Resident memory of this process now; 0 where the system does not say.
std::uint64_t resident_memory();

std::string host_name();

}  // namespace corridor
