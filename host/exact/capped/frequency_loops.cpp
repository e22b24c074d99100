// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/capped/frequency_loops.hpp"

namespace corridor {

extern const FrequencyLoops portable_frequency_loops;
#if defined(__x86_64__)
extern const FrequencyLoops avx2_frequency_loops, avx512_frequency_loops;
#endif

namespace {

struct Available {
  const FrequencyLoops* sets[3] = {&portable_frequency_loops};
  int count = 1;

  Available() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) sets[count++] = &avx2_frequency_loops;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")) {
      sets[count++] = &avx512_frequency_loops;
    }
#endif
  }
};

const Available& available() {
  static const Available sets;
  return sets;
}

}  // namespace

const FrequencyLoops& frequency_loops() { return *available().sets[available().count - 1]; }

const FrequencyLoops* const* frequency_loops_list(int& count) {
  count = available().count;
  return available().sets;
}

}  // namespace corridor
