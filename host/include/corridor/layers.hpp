// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "corridor/pricing.hpp"
#include "corridor/result_file.hpp"
#include "corridor/run_options.hpp"

namespace corridor {

/// A layer of each person's eligible claims of a year: min(max(claims - attachment, 0), limit), all
/// persons added up.
struct ClaimLayer {
  double attachment_usd = 0;  ///< above 0, in whole cents
  double limit_usd = 0;       ///< above 0, in whole cents; infinite: no limit
};

inline constexpr std::size_t layers_most = 16;

/// Memory that a simulated year of a study takes: of every layer weight and loss of a group and of
/// all, and an order of the years; and the year's effects.
constexpr double layers_bytes_a_year(std::size_t layers) {
  return 40 * static_cast<double>(layers) + 40;
}

/// A study of rare layers.
struct LayersOptions {
  RunOptions run;      ///< years, seed, levels, principles and threads; its grid is not used
  PricingBasis basis;  ///< loads of the premiums: those of the specific cover
  std::vector<ClaimLayer> layers;   ///< 1 to layers_most, no two alike
  std::vector<std::string> groups;  ///< studied alone; empty: every group of the book
};

/// How large a study is.
struct LayersSize {
  std::size_t groups = 0;
  std::uint64_t members = 0;  ///< of those groups
  std::vector<Problem> warnings;
};

/// Loads and plans a book, and checks all that rare_layers checks before its first year.
///
/// throws  as rare_layers
LayersSize size_layers(const std::string& path, const LayersOptions& options);

/// Prices layers that hardly any year reaches, by importance sampling: every year is drawn with a
/// claim in the layer and weighs what that is likely. Beside each mean stands its closed form. The
/// table "layers" has a row a group and layer, the last ones of all groups together:
/// data/results.md, "Layers". The same for any number of threads.
///
/// throws  Error, whose kind is the command's exit code; nothing is written
ResultFile rare_layers(const std::string& path, const LayersOptions& options);

}  // namespace corridor
