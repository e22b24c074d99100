// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/layers/book_layers.hpp"

#include <tbb/parallel_for.h>

#include <utility>

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

BookLayers::BookLayers(std::vector<ClaimLayer> layers, std::vector<Level> levels,
                       std::uint64_t seed, std::uint32_t years)
    : layers_(std::move(layers)),
      levels_(std::move(levels)),
      seed_(seed),
      years_(years),
      together_(layers_.size(), {std::vector<double>(years), std::vector<double>(years)}) {}

std::vector<std::vector<WeightedFigures>> BookLayers::add(const Book& book,
                                                          std::span<const std::size_t> jobs,
                                                          const GroupsProgress& progress) {
  ClaimLaws laws(book);
  std::vector<std::vector<WeightedFigures>> figures;
  for (const std::size_t job : jobs) {
    const GroupView& view = book.jobs[job].group;
    const std::vector<PersonClass> classes = person_classes(view, laws);
    const std::vector<YearFactor> factors = factors_of_years(view, seed_, years_);
    const EffectCells cells(factors, classes.size());
    const GroupDraw group{classes, factors, &cells, view.key, seed_};
    std::vector<WeightedYears> drawn;
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      drawn.push_back(layer_years(group, layers_[l]));
      add_group_years(drawn[l], view.key, seed_, together_[l]);
    }
    figures.push_back(figures_of(drawn, levels_));
    if (progress && !progress(++groups_)) {
      throw Error(ErrorKind::incomplete, "stopped before the run was complete");
    }
  }
  return figures;
}

std::vector<WeightedFigures> BookLayers::together() const { return figures_of(together_, levels_); }

}  // namespace corridor
