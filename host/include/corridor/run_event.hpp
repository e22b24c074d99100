// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace corridor {

/// A step of a run, for logs; data/logs.md has the names and the fields of each.
struct RunEvent {
  struct Field {
    std::string name;  ///< with its unit: "elapsed_s", "read_bytes"
    std::variant<std::string, std::uint64_t, double> value;
  };

  std::string name;  ///< "input", "device", "phase_begun", "phase_ended", "unit"
  std::vector<Field> fields;
};

}  // namespace corridor
