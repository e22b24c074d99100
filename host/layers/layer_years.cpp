// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/layers/layer_years.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>

#include "kernels/lane/philox.hpp"

namespace corridor {
namespace {

/// In (0, 1), from the top 53 bits of two words.
double uniform(std::uint32_t high, std::uint32_t low) {
  const std::uint64_t bits = (std::uint64_t{high} << 32 | low) >> 11;
  return (static_cast<double>(bits) + 0.5) * 0x1p-53;
}

Counter call_of(Purpose purpose, std::uint32_t year, std::uint32_t call, StreamKey key) {
  Counter counter = counter_of(purpose, year, 0, key);
  counter.y |= call;
  return counter;
}

/// Draws single years of one layer.
class YearDraw {
 public:
  YearDraw(const GroupDraw& group, const ClaimLayer& layer)
      : group_(group),
        layer_(layer),
        hazards_(group.classes, *group.cells, layer.attachment_usd),
        draw_{round_keys(group.seed)} {}

  double weight(std::uint32_t year) const { return -std::expm1(-length(year)); }

  /// Expects a weight above 0.
  double loss_usd(std::uint32_t year) const {
    const double end = length(year), some = weight(year);
    double loss = 0, at = 0;
    for (std::uint32_t call = 0;; ++call) {
      const Words words = draw_(call_of(Purpose::layer_claim, year, call, group_.key));
      const double step = uniform(words.w[0], words.w[1]);
      // The first point is drawn given that there is one.
      at = call == 0 ? std::min(-std::log1p(-step * some), std::nextafter(end, 0.0))
                     : at - std::log(step);
      if (!(at < end)) return loss;
      const LayerHazards::Found found = hazards_.person_at(group_.cells->cell_of(year), at);
      loss += layer_of(found.of_class, uniform(words.w[2], words.w[3]), year);
      at = found.end;
    }
  }

 private:
  double length(std::uint32_t year) const { return hazards_.length(group_.cells->cell_of(year)); }

  double layer_of(std::size_t of_class, double part, std::uint32_t year) const {
    const YearFactor bound = group_.cells->bound(group_.cells->cell_of(year));
    const double claim = group_.classes[of_class].claim_usd(part, layer_.attachment_usd, bound,
                                                            group_.factors[year]);
    return std::clamp(claim - layer_.attachment_usd, 0.0, layer_.limit_usd);
  }

  const GroupDraw& group_;
  const ClaimLayer& layer_;
  LayerHazards hazards_;
  Philox draw_;
};

}  // namespace

WeightedYears layer_years(const GroupDraw& group, const ClaimLayer& layer) {
  const YearDraw draw(group, layer);
  WeightedYears years{std::vector<double>(group.factors.size()),
                      std::vector<double>(group.factors.size())};
  tbb::parallel_for(std::size_t{0}, years.size(), [&](std::size_t y) {
    const auto year = static_cast<std::uint32_t>(y);
    years.weight[y] = draw.weight(year);
    if (years.weight[y] > 0) years.loss_usd[y] = draw.loss_usd(year);
  });
  return years;
}

void add_group_years(const WeightedYears& group, StreamKey key, std::uint64_t seed,
                     WeightedYears& book) {
  const Philox draw{round_keys(seed)};
  tbb::parallel_for(std::size_t{0}, book.size(), [&](std::size_t y) {
    const double before = book.weight[y], own = group.weight[y];
    const double before_alone = before * (1 - own), own_alone = own * (1 - before);
    const double either = before_alone + own_alone + before * own;
    const Words words =
        draw(call_of(Purpose::layer_book, static_cast<std::uint32_t>(y), 0, key));
    const double at = uniform(words.w[0], words.w[1]) * either;
    if (at >= before_alone + own_alone) {
      book.loss_usd[y] += group.loss_usd[y];
    } else if (at >= before_alone) {
      book.loss_usd[y] = group.loss_usd[y];
    }
    book.weight[y] = either;
  });
}

}  // namespace corridor
