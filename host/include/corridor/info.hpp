// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace corridor {

/// What this build is; captured when it was configured.
struct BuildFacts {
  std::string version;       ///< "0.1.0"
  std::string git_revision;  ///< twelve hex digits, "-dirty" behind them when changed; or "unknown"
  std::string compiler;      ///< "GNU 12.2.0"
  std::string build_type;    ///< "RelWithDebInfo"
  bool cuda = false;         ///< the CUDA back end is part of it
  std::string hdf5_version;  ///< of the library loaded: "1.10.8"
};
const BuildFacts& build_facts();

/// "corridor 0.1.0 (0123456789ab)"
std::string version_text();

/// The processor as the system names it, "AMD EPYC 9R14"; "" where it does not.
std::string cpu_model();

/// What this machine offers.
struct DeviceFacts {
  std::string cpu_model;                      ///< as the system names it; "" where it does not
  std::vector<std::string> instruction_sets;  ///< of the CPU and this build, best last
  unsigned threads = 0;                       ///< that run at once
  std::uint64_t memory_bytes = 0;
  bool cuda_usable = false;
  std::string cuda_device;  ///< name, capability, memory, driver; "" without one
  std::string cuda_reason;  ///< why not usable: "built without CUDA", "no driver (error 35)"
};
DeviceFacts device_facts();

/// One thing a file says of itself.
struct FileFact {
  std::string name;  ///< "schema", "rows", "run.seed", "gate.passed"
  std::variant<std::string, std::uint64_t, double> value;
};

/// Attributes of a book's or a results file's root, /run and /gate, and the rows of /summary.
/// Parses in this process: for a file that nobody vouches for, call it in a child.
///
/// throws  Error{missing_input} when it cannot be opened, Error{bad_data}
std::vector<FileFact> file_facts(const std::string& path);

}  // namespace corridor
