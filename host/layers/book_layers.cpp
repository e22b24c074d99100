// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/layers/book_layers.hpp"

#include <tbb/parallel_for.h>

#include "corridor/error.hpp"

namespace corridor {
namespace {

std::vector<WeightedFigures> figures_of(std::span<const WeightedYears> layers,
                                        const std::vector<Level>& levels) {
  std::vector<WeightedFigures> figures(layers.size());
  tbb::parallel_for(std::size_t{0}, layers.size(),
                    [&](std::size_t l) { figures[l] = weighted_figures(layers[l], levels); });
  return figures;
}

}  // namespace

BookLayers book_layers(const Book& book, std::span<const std::size_t> jobs,
                       std::span<const ClaimLayer> layers, const std::vector<Level>& levels,
                       std::uint64_t seed, std::uint32_t years, const GroupsProgress& progress) {
  ClaimLaws laws(book);
  BookLayers result;
  std::vector<WeightedYears> together(
      layers.size(), {std::vector<double>(years), std::vector<double>(years)});
  for (const std::size_t job : jobs) {
    const GroupView& view = book.jobs[job].group;
    const std::vector<PersonClass> classes = person_classes(view, laws);
    const std::vector<YearFactor> factors = factors_of_years(view, seed, years);
    const EffectCells cells(factors, classes.size());
    const GroupDraw group{classes, factors, &cells, view.key, seed};
    std::vector<WeightedYears> drawn;
    for (std::size_t l = 0; l < layers.size(); ++l) {
      drawn.push_back(layer_years(group, layers[l]));
      add_group_years(drawn[l], view.key, seed, together[l]);
    }
    result.groups.push_back(figures_of(drawn, levels));
    if (progress && !progress(result.groups.size())) {
      throw Error(ErrorKind::incomplete, "stopped before the run was complete");
    }
  }
  result.book = figures_of(together, levels);
  return result;
}

}  // namespace corridor
