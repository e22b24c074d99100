// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/layers/weighted_figures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace corridor {
namespace {

struct MeanAndError {
  double mean = 0, se = 0;
};

/// Mean over the years of a figure of each, in two passes.
template <class OfYear>
MeanAndError over_years(std::size_t years, const OfYear& of_year) {
  const auto count = static_cast<double>(years);
  double sum = 0, squares = 0;
  for (std::size_t y = 0; y < years; ++y) sum += of_year(y);
  const double mean = sum / count;
  for (std::size_t y = 0; y < years; ++y) squares += (of_year(y) - mean) * (of_year(y) - mean);
  return {mean, std::sqrt(squares / (count - 1) / count)};
}

/// Quantiles of the losses with the years' weights.
class Descending {
 public:
  explicit Descending(const WeightedYears& years) : years_(years), order_(years.size()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::erase_if(order_, [&](std::size_t y) {
      return !(years.weight[y] * years.loss_usd[y] > 0);
    });
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      return years.loss_usd[a] > years.loss_usd[b];
    });
  }

  /// The smallest amount exceeded with a probability of at most `tail`.
  double exceeded_with(double tail) const {
    const double allowed = tail * static_cast<double>(years_.size());
    double weight = 0;
    for (const std::size_t y : order_) {
      weight += years_.weight[y];
      if (weight > allowed) return years_.loss_usd[y];
    }
    return 0;
  }

 private:
  const WeightedYears& years_;
  std::vector<std::size_t> order_;
};

WeightedTail tail_of(const WeightedYears& years, const Descending& losses, const Level& level) {
  const double tail = 1 - level.value;
  WeightedTail result;
  result.var_usd = losses.exceeded_with(tail);
  const MeanAndError excess = over_years(years.size(), [&](std::size_t y) {
    return years.weight[y] * std::max(years.loss_usd[y] - result.var_usd, 0.0);
  });
  result.tvar_usd = result.var_usd + excess.mean / tail;
  result.tvar_se_usd = excess.se / tail;
  // At VaR 0 what matters is whether there is a loss at all.
  const MeanAndError above = over_years(years.size(), [&](std::size_t y) {
    return years.loss_usd[y] > result.var_usd ? years.weight[y] : 0.0;
  });
  result.var_se_usd = (losses.exceeded_with(std::max(tail - above.se, 0.0)) -
                       losses.exceeded_with(tail + above.se)) /
                      2;
  return result;
}

}  // namespace

double WeightedFigures::plain_se_usd() const {
  return sd_usd / std::sqrt(static_cast<double>(years));
}

double WeightedFigures::variance_ratio() const {
  if (!(se_usd > 0)) return std::numeric_limits<double>::quiet_NaN();
  const double ratio = plain_se_usd() / se_usd;
  return ratio * ratio;
}

WeightedFigures weighted_figures(const WeightedYears& years, const std::vector<Level>& levels) {
  const std::size_t count = years.size();
  const auto weighted = [&](std::size_t y) { return years.weight[y] * years.loss_usd[y]; };
  WeightedFigures figures;
  figures.years = count;
  const MeanAndError mean = over_years(count, weighted);
  figures.mean_usd = mean.mean;
  figures.se_usd = mean.se;
  // Var L = E L^2 - (E L)^2; its error is that of the influence function w (L^2 - 2 L E L).
  const MeanAndError square =
      over_years(count, [&](std::size_t y) { return weighted(y) * years.loss_usd[y]; });
  const MeanAndError influence = over_years(count, [&](std::size_t y) {
    return weighted(y) * (years.loss_usd[y] - 2 * mean.mean);
  });
  figures.sd_usd = std::sqrt(std::max(square.mean - mean.mean * mean.mean, 0.0));
  if (figures.sd_usd > 0) figures.sd_se_usd = influence.se / (2 * figures.sd_usd);
  const MeanAndError chance =
      over_years(count, [&](std::size_t y) { return years.loss_usd[y] > 0 ? years.weight[y] : 0; });
  figures.probability = chance.mean;
  figures.probability_se = chance.se;
  double sum = 0, squares = 0;
  for (std::size_t y = 0; y < count; ++y) {
    figures.largest_weight = std::max(figures.largest_weight, years.weight[y]);
    if (!(weighted(y) > 0)) continue;
    ++figures.hits;
    sum += years.weight[y];
    squares += years.weight[y] * years.weight[y];
  }
  if (squares > 0) figures.effective_years = sum * sum / squares;
  const Descending losses(years);
  for (const Level& level : levels) figures.tails.push_back(tail_of(years, losses, level));
  return figures;
}

}  // namespace corridor
