// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// Prints how often 95% intervals hold the true value, as a table; see scripts/coverage.

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "tests/coverage/cells.hpp"

namespace {

using corridor::coverage::Figure;

constexpr double least = 0.94, most = 0.96, most_missed = 0.06;

bool is_right(const Figure& figure) {
  if (!figure.claims()) return figure.missed_share() <= most_missed;
  return figure.coverage() >= least && figure.coverage() <= most;
}

void print(const Figure& figure) {
  std::printf("| %s | %s | %u | %.0f | ", figure.law.c_str(), figure.name.c_str(), figure.years,
              figure.hits);
  if (std::isnan(figure.grand_z)) {
    std::printf(" | ");
  } else {
    std::printf("%.1f | ", 100 * figure.normal_coverage());
  }
  if (figure.claimed == 0) {
    std::printf("none | | | |\n");
    return;
  }
  std::printf("%.1f | %.1f | %.1f | %s |\n", 100 * figure.claimed_share(), 100 * figure.coverage(),
              100 * figure.missed_share(), is_right(figure) ? "" : "MISSED");
}

}  // namespace

int main(int count, char** arguments) {
  const long replications = count > 1 ? std::atol(arguments[1]) : 10'000;
  if (replications < 100 || replications > 1'000'000) {
    std::fprintf(stderr, "usage: coverage_table [REPLICATIONS, 100 to 1000000]\n");
    return 64;
  }
  std::printf("| law | figure | years | hits | normal | claimed | coverage | missed of all | |\n");
  std::printf("|---|---|--:|--:|--:|--:|--:|--:|---|\n");
  bool right = true;
  double largest_z = 0;
  for (const Figure& figure : corridor::coverage::study(static_cast<std::uint32_t>(replications))) {
    print(figure);
    right = right && is_right(figure);
    if (std::isfinite(figure.grand_z)) largest_z = std::fmax(largest_z, std::abs(figure.grand_z));
  }
  std::printf("\nLargest |z| of the mean over all replications against its closed form: %.2f\n",
              largest_z);
  return right ? 0 : 1;
}
