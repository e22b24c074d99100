// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/lane/philox.hpp"

namespace corridor {

/// Philox4x32-10 of other libraries, each in its own source file because they define the same
/// names.
Words random123_philox(Counter counter, std::uint32_t key_low, std::uint32_t key_high);
bool has_curand_philox();
Words curand_philox(Counter counter, std::uint32_t key_low, std::uint32_t key_high);

}  // namespace corridor
