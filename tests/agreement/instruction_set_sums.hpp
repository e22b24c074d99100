// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <vector>

#include "kernels/cpu/backend.hpp"
#include "tests/lane/made_up.hpp"

namespace corridor {

/// Compares what an instruction set gives with the lane's definition.
class InstructionSetSums : public testing::TestWithParam<std::string> {
 protected:
  /// Sums from the back end, [column][year], with columns wider apart than the years.
  std::vector<Cents> sums(const GroupView& group, std::uint64_t seed, std::uint32_t first_year,
                          std::uint32_t years) {
    const std::uint64_t stride = years + 5;
    std::vector<Cents> wide(sums_columns(group) * stride, untouched);
    backend_->simulate(group, seed, first_year, years, {wide.data(), stride});
    std::vector<Cents> sums;
    for (std::uint64_t c = 0; c < sums_columns(group); ++c) {
      for (std::uint64_t y = 0; y < stride; ++y) {
        if (y < years) sums.push_back(wide[c * stride + y]);
        EXPECT_TRUE(y < years || wide[c * stride + y] == untouched) << "written past the years";
      }
    }
    return sums;
  }

  void expect_the_lane(const made_up::Group& group, std::uint64_t seed, std::uint32_t first_year,
                       std::uint32_t years) {
    const GroupView view = group.view();
    ASSERT_EQ(sums(view, seed, first_year, years),
              made_up::defined_sums(view, seed, first_year, years))
        << view.member_count << " members, " << view.threshold_count << " thresholds, seed " << seed
        << ", years " << first_year << " + " << years;
  }

  static constexpr Cents untouched = -7;
  std::unique_ptr<Backend> backend_ =
      cpu::make_backend({2, GetParam(), 0}, made_up::tables().set());
};

}  // namespace corridor
