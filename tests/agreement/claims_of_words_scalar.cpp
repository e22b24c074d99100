// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// The source itself: what is tested is private to it.
#include "kernels/cpu/scalar.cpp"
#include "tests/agreement/claims_of_words.hpp"

namespace corridor {

void claims_scalar(const ChunkOfWords& words, std::uint64_t seed) {
  claims_of_words<cpu::Portable>(words, seed);
}

void eligible_scalar(const BasisChunkOfWords& words) { eligible_of_words<cpu::Portable>(words); }

}  // namespace corridor
