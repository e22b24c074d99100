// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/float_environment.hpp"

#include <cfenv>

#include "corridor/error.hpp"

namespace corridor::cpu {
namespace {

/// Computes with the processor, not with the compiler: the answer is the environment's.
bool keeps_subnormals() {
  volatile float smallest_normal = 0x1p-126f;
  volatile float half = smallest_normal * 0.5f;
  volatile float doubled = half * 2.0f;
  return half != 0.0f && doubled == smallest_normal;
}

}  // namespace

void check_float_environment() {
  if (std::fegetround() != FE_TONEAREST) {
    throw Error(
        ErrorKind::usage,
        "the floating-point rounding mode is not to-nearest (results would have other bits). "
        "Call fesetround(FE_TONEAREST) before a run");
  }
  if (!keeps_subnormals()) {
    throw Error(ErrorKind::usage,
                "the processor flushes subnormal numbers to zero (results could have other bits). "
                "Build the calling program without -ffast-math or clear the FTZ and DAZ flags");
  }
}

}  // namespace corridor::cpu
