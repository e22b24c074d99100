// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "kernels/lane/philox.hpp"

namespace corridor::bench {

/// Draws every word of Philox4x32-10 for `calls` calls of each of 64 * `blocks` years, nothing
/// known in advance but the key, and returns their exclusive or. The denominator of the goals.
using PurePhilox = std::uint32_t (*)(std::uint32_t calls, std::uint32_t blocks,
                                     const RoundKeys& keys);

std::uint32_t pure_philox_scalar(std::uint32_t calls, std::uint32_t blocks, const RoundKeys& keys);
std::uint32_t pure_philox_avx2(std::uint32_t calls, std::uint32_t blocks, const RoundKeys& keys);
std::uint32_t pure_philox_avx512(std::uint32_t calls, std::uint32_t blocks, const RoundKeys& keys);

inline constexpr std::uint32_t philox_block_years = 64;

}  // namespace corridor::bench
