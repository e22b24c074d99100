// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <tuple>

#include "kernels/lane/counter.hpp"

namespace corridor {

/// A generator that a test writes: the calls given, and Philox for all others.
class InjectedWords {
 public:
  explicit InjectedWords(std::uint64_t seed = 1) : philox_{round_keys(seed)} {}

  /// Word `member % 4` of the member's call is `word` in `year`.
  void set(Purpose purpose, std::uint32_t year, std::uint32_t member, StreamKey key,
           std::uint32_t word) {
    const Counter counter = counter_of(purpose, year, member, key);
    const auto found = calls_.try_emplace(ordered(counter), philox_(counter)).first;
    found->second.w[member % 4] = word;
  }

  Words operator()(Counter counter) const {
    const auto found = calls_.find(ordered(counter));
    return found == calls_.end() ? philox_(counter) : found->second;
  }

 private:
  using Ordered = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>;
  static Ordered ordered(Counter c) { return {c.x, c.y, c.z, c.w}; }

  Philox philox_;
  std::map<Ordered, Words> calls_;
};

}  // namespace corridor
