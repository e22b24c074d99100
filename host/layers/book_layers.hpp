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

/// Figures of every layer: of each group, and of all of them in the same years.
struct BookLayers {
  std::vector<std::vector<WeightedFigures>> groups;  ///< [group of the study][layer]
  std::vector<WeightedFigures> book;                 ///< [layer]
};

/// Draws policy years 0 to years - 1 of some jobs of a book, a group at a time. Memory:
/// layers_bytes_a_year. The same bits on any number of threads.
///
/// `jobs`   of the book, in the order in which the figures are wanted
/// throws   Error{incomplete} when stopped
BookLayers book_layers(const Book& book, std::span<const std::size_t> jobs,
                       std::span<const ClaimLayer> layers, const std::vector<Level>& levels,
                       std::uint64_t seed, std::uint32_t years, const GroupsProgress& progress);

}  // namespace corridor
