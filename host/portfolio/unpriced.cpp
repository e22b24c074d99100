// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/unpriced.hpp"

#include <cmath>

namespace corridor {
namespace {

constexpr UnpricedFeature features[] = {
    {"policy_months", 12, 0, "policies of other than 12 months"},
    {"specific_family_deductible_usd", HUGE_VAL, 0, "family deductibles"},
    {"aggregate_expected_basis", 0, 0, "attachments set on mature expected claims"},
    {"aggregate_counts", 0, 16, "leaving excluded members out of the aggregate"},
    {"run_in_months", 0, 0, "run-in claims"},
    {"run_out_months", 255, 0, "a limited run-out: claims are priced as incurred, paid whenever"},
    {"aggregate_run_in_months", 0, 0, "run-in claims of the aggregate"},
    {"aggregate_run_out_months", 255, 0, "a limited run-out of the aggregate"},
    {"run_in_limit_person_usd", HUGE_VAL, 0, "run-in limits"},
    {"run_in_limit_group_usd", HUGE_VAL, 0, "run-in limits"},
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
