// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/unpriced.hpp"

#include <cmath>

namespace corridor {
namespace {

constexpr UnpricedFeature features[] = {
    {"run_in_limit_person_usd", HUGE_VAL, 0, "run-in limits"},
};

}  // namespace

std::span<const UnpricedFeature> unpriced_features() { return features; }

unsigned unpriced_bits(std::string_view column) {
  unsigned bits = 0;
  for (const UnpricedFeature& feature : features) {
    if (column == feature.column) bits |= feature.bits;
  }
  return bits;
}

bool asks(const UnpricedFeature& feature, double value) {
  if (feature.bits != 0) return (static_cast<unsigned>(value) & feature.bits) != 0;
  if (std::isnan(feature.neutral)) return !std::isnan(value);
  return value != feature.neutral;
}

}  // namespace corridor
