// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/lag.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "kernels/lane/basis.hpp"

namespace corridor {
namespace {

// A mature medical block: a fifth paid in the month of incurral, nine tenths after four months, the
// rest over two years. Large claims take longer to be billed, reviewed and settled.
const std::vector<double> default_paid_small{
    .20,  .56,   .77,  .865, .91,  .937,  .954,  .966,  .974,  .980,  .984,  .987, .990,
    .992, .9935, .995, .996, .997, .9977, .9983, .9988, .9992, .9995, .9998, 1};
const std::vector<double> default_paid_large{
    .08,  .38,  .62,   .76,   .845, .89,   .92,   .94,  .953,  .963,  .971,  .977, .982,
    .986, .989, .9915, .9935, .995, .9962, .9972, .998, .9986, .9992, .9996, 1};

constexpr double default_spread = 0.5;

}  // namespace

std::size_t Lag::months() const { return std::max(paid_small.size(), paid_large.size()) - 1; }

std::array<int, months_per_year> slots_of(const std::vector<double>& weights) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::array<int, months_per_year> slots{};
  double so_far = 0;
  int given = 0;
  for (std::size_t month = 0; month < months_per_year; ++month) {
    so_far += weights[month];
    const int through = static_cast<int>(std::lround(month_slots * so_far / total));
    slots[month] = through - given;
    given = through;
  }
  return slots;
}

Lag lag_of(const Portfolio& portfolio) {
  Lag lag;
  const bool given = !portfolio.lag_paid_fraction.empty();
  lag.paid_small = given ? portfolio.lag_paid_fraction : default_paid_small;
  // A book that states one curve means it for claims of every size.
  lag.paid_large = !portfolio.lag_paid_fraction_large.empty() ? portfolio.lag_paid_fraction_large
                   : given                                    ? portfolio.lag_paid_fraction
                                                              : default_paid_large;
  const bool seasonal = !portfolio.lag_incurral_weight.empty();
  lag.month_slots = slots_of(seasonal ? portfolio.lag_incurral_weight
                                      : std::vector<double>(months_per_year, 1.0));
  lag.spread = portfolio.market_value("incurral_spread", default_spread);
  return lag;
}

}  // namespace corridor
