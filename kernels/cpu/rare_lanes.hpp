// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cpu/block.hpp"

namespace corridor::cpu {

/// Draws of a chunk that a driver's vectors leave to the lane's own function.
class RareLanes {
 public:
  /// `years` has a bit a year. No branch: which members have some cannot be foretold.
  CORRIDOR_HD void note(std::uint32_t member, std::uint64_t years) {
    members_[count_] = member;
    years_[count_] = years;
    count_ += years != 0 ? 1 : 0;
  }

  /// Calls visit(member, year) for every one of them.
  template <class Visit>
  CORRIDOR_HD void visit(const Visit& visit) const {
    for (std::uint32_t i = 0; i < count_; ++i) {
      std::uint64_t left = years_[i];
      do {
        visit(members_[i], static_cast<std::uint32_t>(__builtin_ctzll(left)));
        left &= left - 1;
      } while (__builtin_expect(left != 0, 0));
    }
  }

 private:
  std::uint32_t count_ = 0;
  std::uint32_t members_[chunk_members + 1];
  std::uint64_t years_[chunk_members + 1];
};

}  // namespace corridor::cpu
