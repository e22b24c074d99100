// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "host/distribution/compile.hpp"
#include "host/distribution/round_line.hpp"
#include "host/distribution/table_lines.hpp"
#include "kernels/lane/survival.hpp"

namespace corridor {
namespace {

constexpr double floor_survival = survival_floor;
constexpr double largest_value_usd = 0x1p40;
/// Effects below an eighth would be needed to see a claim eight times over the cap.
constexpr double headroom = 8;

/// A law limited to a ceiling.
class Limited final : public QuantileCurve {
 public:
  Limited(const ClaimLaw& law, double ceiling)
      : law_(law), ceiling_(ceiling), at_ceiling_(law.survival(ceiling)) {}

  double quantile(double survival) const override {
    return std::min(law_.quantile(survival), ceiling_);
  }
  double quantile_integral(double low, double high) const override {
    const double split = std::clamp(at_ceiling_, low, high);
    return ceiling_ * (split - low) + law_.quantile_integral(split, high);
  }

 private:
  const ClaimLaw& law_;
  double ceiling_, at_ceiling_;
};

}  // namespace

std::vector<Bucket> compile_table(const ClaimLaw& law, double cap_over_least_scale) {
  const double ceiling = std::min(headroom * cap_over_least_scale, largest_value_usd);
  const Limited curve(law, ceiling);
  const double at_floor = curve.quantile(floor_survival);
  const Limited floor(law, std::max(std::min(cap_over_least_scale, ceiling), at_floor));
  const TableBounds bounds{.least = 0, .most = ceiling};
  const double below_floor = floor.quantile_integral(0, floor_survival);
  std::vector<Bucket> buckets = round_lines(table_lines(curve, below_floor, bounds), bounds);
  buckets.push_back({0, 0});
  return buckets;
}

}  // namespace corridor
