// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// The source itself: what is tested is private to it.
#include "kernels/cpu/avx512.cpp"
#include "tests/agreement/claims_of_words.hpp"

namespace corridor {

void claims_avx512(const ChunkOfWords& words, std::uint64_t seed) {
  claims_of_words<cpu::Avx512>(words, seed);
}

void eligible_avx512(const BasisChunkOfWords& words) { eligible_of_words<cpu::Avx512>(words); }

}  // namespace corridor
