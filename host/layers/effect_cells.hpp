// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "host/layers/person_classes.hpp"

namespace corridor {

/// The factors of years 0 to years - 1 of a group, as a run of the seed draws them.
std::vector<YearFactor> factors_of_years(const GroupView& group, std::uint64_t seed,
                                         std::uint32_t years);

/// Years whose effects lie close together share a cell and an upper bound of both factors, so that
/// what is worked out person by person is worked out once a cell and not once a year. Cells are a
/// fixed part of an octave, so a year's bound does not depend on the other years unless there are
/// more cells times classes than `most`: then they are made wider.
class EffectCells {
 public:
  EffectCells(std::span<const YearFactor> years, std::size_t classes,
              std::size_t most = std::size_t{1} << 24);

  std::size_t size() const { return bounds_.size(); }
  YearFactor bound(std::size_t cell) const { return bounds_[cell]; }
  std::uint32_t cell_of(std::size_t year) const { return cell_of_year_[year]; }

 private:
  std::vector<YearFactor> bounds_;           ///< [cell]
  std::vector<std::uint32_t> cell_of_year_;  ///< [year]
};

}  // namespace corridor
