// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace corridor {

/// Frequencies that are worked on together.
inline constexpr int block_frequencies = 32;

/// A complex function of the frequency at the frequencies of a block.
struct alignas(64) FrequencyBlock {
  double re[block_frequencies];
  double im[block_frequencies];
};

}  // namespace corridor
