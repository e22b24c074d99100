// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/cpu/block.hpp"

namespace corridor::cpu {

/// The persons with own terms over a block of years, some at a time, by the lane's own function on
/// words drawn side by side.
class BlockPersons {
 public:
  CORRIDOR_HD BlockPersons(const GroupView& group, const Philox& philox)
      : group_(group), philox_(philox) {}

  /// Adds every person to rows [row, row + years) of columns that the members have filled, and
  /// fills the columns of bands and families.
  ///
  /// `rows`            room for the words of `calls_most` calls
  /// `calls`           calls that a person takes
  /// draw(person, at)  draws a person's calls, one after the other, into rows + 4 * at
  /// effects(y)        what add_personal_claims takes
  template <class Draw, class Effects>
  CORRIDOR_HD void add(std::uint32_t first_year, std::uint32_t years,
                       std::uint32_t (*rows)[block_years], std::uint32_t calls_most,
                       std::uint32_t calls, const Draw& draw, const Effects& effects, SumsView out,
                       std::uint64_t row) {
    clear(years);
    GroupView some = group_;
    for (std::uint32_t first = 0; first < group_.personal_count; first += some.personal_count) {
      some.personal = group_.personal + first;
      some.personal_thresholds = group_.personal_thresholds + first * group_.threshold_count;
      some.personal_count = together(first, calls_most / calls);
      if (some.personal_count == 0) {
        some.personal_count = family_end(first) - first;
        for (std::uint32_t y = 0; y < years; ++y) {
          add_personal_claims(some, first_year + y, effects(y), philox_, sums_[y]);
        }
        continue;
      }
      for (std::uint32_t p = 0; p < some.personal_count; ++p) draw(some.personal[p], p * calls);
      for (std::uint32_t y = 0; y < years; ++y) {
        const DrawnCalls drawn{rows, y, philox_};
        add_personal_claims(some, first_year + y, effects(y), drawn, sums_[y]);
      }
    }
    add_to(years, out, row);
  }

 private:
  CORRIDOR_HD void clear(std::uint32_t years) {
    for (std::uint32_t y = 0; y < years; ++y) {
      StopLossSums& sums = sums_[y];
      sums.ground_up = sums.run_in = 0;
      for (std::uint32_t k = 0; k < group_.threshold_count; ++k) {
        sums.excess[k] = sums.band[k] = sums.family[k] = 0;
      }
    }
  }

  /// End of the family of a person, or of the person alone.
  CORRIDOR_HD std::uint32_t family_end(std::uint32_t person) const {
    const std::uint32_t family = group_.personal[person].family;
    std::uint32_t end = person + 1;
    while (family != 0 && end < group_.personal_count && group_.personal[end].family == family) {
      ++end;
    }
    return end;
  }

  /// Persons from `first` on that are drawn together: at most `most`, and no family cut in two. 0
  /// where a family alone is larger.
  CORRIDOR_HD std::uint32_t together(std::uint32_t first, std::uint32_t most) const {
    const std::uint32_t left = group_.personal_count - first;
    if (left <= most) return left;
    if (!has_families(group_)) return most;
    std::uint32_t count = 0;
    for (std::uint32_t end = family_end(first); end - first <= most; end = family_end(end)) {
      count = end - first;
      if (end == group_.personal_count) break;
    }
    return count;
  }

  CORRIDOR_HD void add_to(std::uint32_t years, SumsView out, std::uint64_t row) const {
    const auto column = [&](std::uint32_t c) { return out.data + c * out.stride + row; };
    const auto each = [&](std::uint32_t c, const auto& store) {
      Cents* cells = column(c);
      for (std::uint32_t y = 0; y < years; ++y) store(cells[y], sums_[y]);
    };
    each(0, [](Cents& cell, const StopLossSums& sums) { cell += sums.ground_up; });
    for (std::uint32_t k = 0; k < group_.threshold_count; ++k) {
      each(1 + k, [k](Cents& cell, const StopLossSums& sums) { cell += sums.excess[k]; });
      each(band_column(group_) + k,
           [k](Cents& cell, const StopLossSums& sums) { cell = sums.band[k]; });
      if (!has_families(group_)) continue;
      each(family_column(group_) + k,
           [k](Cents& cell, const StopLossSums& sums) { cell = sums.family[k]; });
    }
    if (!has_run_in(group_)) return;
    each(run_in_column(group_), [](Cents& cell, const StopLossSums& sums) { cell += sums.run_in; });
  }

  const GroupView& group_;
  const Philox& philox_;
  union {
    StopLossSums sums_[block_years];  ///< a union, so that only what is used is ever written
  };
};

}  // namespace corridor::cpu
