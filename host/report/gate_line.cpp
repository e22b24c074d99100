// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/report/gate_line.hpp"

#include "host/report/number_text.hpp"

namespace corridor {

std::string gate_line(const CredibilityGate& gate) {
  if (gate.checked == 0) return "Nothing simulated was compared with exact means.\n";
  const auto two_places = [](double z) { return money_text(z, 2); };
  return "Exact means: " + count_text(gate.checked) +
         " compared with the simulation, largest |z| " + two_places(gate.largest_z) + ", limit " +
         two_places(gate.z_limit) + ": " +
         (gate.passed() ? "agreed" : count_text(gate.failures.size()) + " DISAGREE") + "\n";
}

}  // namespace corridor
