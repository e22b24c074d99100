// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "host/layers/weighted_figures.hpp"

namespace corridor {

/// Told after each group how many there are done; false stops the study.
using GroupsProgress = std::function<bool(std::size_t done)>;

/// Draws policy years 0 to years - 1 of a book's groups, some groups at a time: the figures of every
/// layer, of each group and of all of them in the same years. Memory: layers_bytes_a_year. The same
/// bits on any number of threads.
class BookLayers {
 public:
  BookLayers(std::vector<ClaimLayer> layers, std::vector<Level> levels, std::uint64_t seed,
             std::uint32_t years);

  /// Draws some jobs of a book, in the order in which the figures are wanted.
  ///
  /// returns  [job of `jobs`][layer]
  /// throws   Error{incomplete} when stopped
  std::vector<std::vector<WeightedFigures>> add(const Book& book, std::span<const std::size_t> jobs,
                                                const GroupsProgress& progress = {});

  /// [layer] of all jobs so far.
  std::vector<WeightedFigures> together() const;

 private:
  std::vector<ClaimLayer> layers_;
  std::vector<Level> levels_;
  std::uint64_t seed_;
  std::uint32_t years_;
  std::vector<WeightedYears> together_;  ///< [layer]
  std::size_t groups_ = 0;               ///< so far
};

}  // namespace corridor
