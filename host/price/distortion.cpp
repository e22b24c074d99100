// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/distortion.hpp"

#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace corridor {
namespace {

// Without promotion to long double the values are those of every processor with 64-bit doubles.
using DoubleOnly = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using Normal = boost::math::normal_distribution<double, DoubleOnly>;

template <class Function>
Distortion tabulated(std::uint32_t years, const Function& g) {
  std::vector<double> values(std::size_t{years} + 1);
  for (std::size_t k = 1; k < years; ++k) {
    values[k] = g(static_cast<double>(k) / static_cast<double>(years));
  }
  values[years] = 1;
  return std::make_shared<const std::vector<double>>(std::move(values));
}

}  // namespace

Distortion proportional_hazard(std::uint32_t years, double rho) {
  return tabulated(years, [power = 1 / rho](double s) { return std::pow(s, power); });
}

Distortion wang(std::uint32_t years, double lambda) {
  if (lambda == 0) return proportional_hazard(years, 1);  // the identity, without a round trip
  return tabulated(years, [lambda](double s) {
    return boost::math::cdf(Normal{}, boost::math::quantile(Normal{}, s) + lambda);
  });
}

double distorted_mean_usd(std::span<const std::int64_t> payouts, const std::vector<double>& g) {
  double sum = 0, lost = 0;  // compensated: a million terms keep fifteen digits
  std::int64_t below = 0;
  for (std::size_t i = 0; i < payouts.size(); ++i) {
    if (payouts[i] == below) continue;
    const double term = static_cast<double>(payouts[i] - below) * g[payouts.size() - i] - lost;
    const double next = sum + term;
    lost = (next - sum) - term;
    sum = next;
    below = payouts[i];
  }
  return sum / 100;
}

}  // namespace corridor
