// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// Prints how often 95% intervals of VaR and TVaR hold the true value, as a table; see
// scripts/coverage.

#include <cstdio>
#include <cstdlib>

#include "tests/risk/cells.hpp"

namespace {

using corridor::risk_cases::Coverage;

constexpr double errors = 3.5;

void print(const Coverage& cell) {
  std::printf("| %s | %s %s | %u | %u | %.3f | %.3f | ", cell.law.c_str(), cell.figure.c_str(),
              cell.level.c_str(), cell.years, cell.tail_years, cell.se_over_spread,
              cell.bias_over_se);
  if (cell.claimed == 0) {
    std::printf("none | | | |\n");
    return;
  }
  std::printf("%.1f | %.1f | %.1f | %s |\n", 100 * cell.claimed_share(), 100 * cell.coverage(),
              100 * cell.missed_share(), cell.is_right(errors) ? "" : "MISSED");
}

}  // namespace

int main(int count, char** arguments) {
  const long replications = count > 1 ? std::atol(arguments[1]) : 10'000;
  if (replications < 100 || replications > 1'000'000) {
    std::fprintf(stderr, "usage: risk_coverage_table [REPLICATIONS, 100 to 1000000]\n");
    return 64;
  }
  std::printf(
      "| law | figure | years | beyond | se / spread | bias / se | claimed | coverage "
      "| missed of all | |\n|---|---|--:|--:|--:|--:|--:|--:|--:|---|\n");
  bool right = true;
  const auto runs = static_cast<std::uint32_t>(replications);
  for (const Coverage& cell : corridor::risk_cases::study(runs)) {
    print(cell);
    right = right && cell.is_right(errors);
  }
  std::printf(
      "\n| rare event, mean excesses | expected in a run | claimed and missed | at 3.5 |\n"
      "|--:|--:|--:|--:|\n");
  for (const auto& event : corridor::risk_cases::rare_events(runs)) {
    std::printf("| %g | %g | %.1f | %.1f |\n", event.mean_excesses, event.expected,
                100 * event.missed, 100 * event.missed_at_3_5);
    right = right && event.missed <= 0.06;
  }
  return right ? 0 : 1;
}
