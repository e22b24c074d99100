// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>

#include "kernels/lane/hd.hpp"

namespace corridor {

CORRIDOR_HD float float_from_bits(std::uint32_t bits) { return __builtin_bit_cast(float, bits); }
CORRIDOR_HD std::uint32_t bits_of(float value) { return __builtin_bit_cast(std::uint32_t, value); }

/// The one fused multiply-add of the lane, written out because an implied one depends on the
/// compiler and its flags.
CORRIDOR_HD float fused(float a, float b, float c) { return ::fmaf(a, b, c); }

}  // namespace corridor
