// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/layer_premiums.hpp"

#include <algorithm>
#include <cmath>

#include "host/price/principles.hpp"

namespace corridor {
namespace {

RiskFigures moments(std::span<const std::int64_t> ascending) {
  const auto years = static_cast<double>(ascending.size());
  double sum = 0, squares = 0;
  for (const std::int64_t amount : ascending) sum += static_cast<double>(amount);
  const double mean = sum / years;
  for (const std::int64_t amount : ascending) {
    squares += (static_cast<double>(amount) - mean) * (static_cast<double>(amount) - mean);
  }
  RiskFigures figures;
  figures.mean_usd = mean / 100;
  figures.sd_usd = ascending.size() > 1 ? std::sqrt(squares / (years - 1)) / 100 : 0;
  return figures;
}

double tail_value_usd(std::span<const std::int64_t> ascending, const Level& level) {
  const std::uint64_t rank = level.rank(ascending.size());
  const std::int64_t var = ascending[rank - 1];
  double above = 0;
  for (std::size_t y = rank; y < ascending.size(); ++y) {
    above += static_cast<double>(ascending[y] - var);
  }
  const double tail_years = (1 - level.value) * static_cast<double>(ascending.size());
  return (static_cast<double>(var) + above / tail_years) / 100;
}

}  // namespace

std::vector<double> layer_premiums_usd(std::span<const std::int64_t> ascending,
                                       const std::vector<std::string>& principles,
                                       const PricingBasis& basis) {
  const auto first_paid = std::upper_bound(ascending.begin(), ascending.end(), std::int64_t{0});
  const std::span<const std::int64_t> payouts(first_paid, ascending.end());
  const auto years = static_cast<std::uint32_t>(ascending.size());
  RiskFigures figures = moments(ascending);
  figures.tvar_usd = tail_value_usd(ascending, basis.capital_level);
  std::vector<double> premiums;
  for (const Principle* principle : chosen_principles(principles)) {
    if (principle->distortion != nullptr) {
      figures.distorted_usd =
          distorted_mean_usd(payouts, *principle->distortion(years, basis.specific));
    }
    premiums.push_back(principle->risk_loaded(figures, basis.specific));
  }
  return premiums;
}

}  // namespace corridor
