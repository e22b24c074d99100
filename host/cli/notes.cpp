// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/notes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/cli/failure.hpp"
#include "host/cli/run_log.hpp"
#include "host/cli/terminal.hpp"

namespace corridor::cli {

void say_warnings(const std::vector<Problem>& warnings, const std::string& book) {
  constexpr std::size_t most = 10;
  for (std::size_t i = 0; i < std::min(most, warnings.size()); ++i) {
    say_problem(warnings[i]);
  }
  if (warnings.size() > most) {
    say_warning(
        fmt::format("and {} more: corridor validate {} lists them", warnings.size() - most, book));
  }
}

int gate_code(const CredibilityGate& gate) {
  run_log().event(gate.passed() ? Severity::info : Severity::error, "gate",
                  {{"passed", gate.passed()},
                   {"checked", gate.checked},
                   {"largest_z", gate.largest_z},
                   {"z_limit", gate.z_limit},
                   {"failures", gate.failures}});
  if (gate.passed()) return 0;
  show_error(
      fmt::format("the simulation disagrees with its own closed forms in {} of {} checks "
                  "(limit |z| {:.2f}). Do not use these results:",
                  gate.failures.size(), gate.checked, gate.z_limit));
  for (const std::string& cell : gate.failures) show_error(cell);
  return 1;
}

}  // namespace corridor::cli
