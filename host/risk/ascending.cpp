// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <tbb/parallel_sort.h>

#include "host/risk/risk.hpp"

namespace corridor {

std::vector<Cents> ascending(std::span<const Cents> amounts) {
  std::vector<Cents> sorted(amounts.begin(), amounts.end());
  tbb::parallel_sort(sorted.begin(), sorted.end());
  return sorted;
}

}  // namespace corridor
