// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/layer_premiums.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace corridor {
namespace {

/// Four years that pay nothing twice, 100 and 300 dollars: mean 100, variance 60,000 / 3.
const std::vector<std::int64_t> years{0, 0, 10'000, 30'000};

double premium_of(const std::string& principle, const PricingBasis& basis) {
  return layer_premiums_usd(years, {principle}, basis).at(0);
}

TEST(LayerPremiums, AreThePrinciplesOfTheYearsAlone) {
  PricingBasis basis;
  basis.specific.theta = 0.2;
  basis.specific.sd_weight = 0.5;
  basis.specific.rho = 2;
  EXPECT_DOUBLE_EQ(premium_of("expected_value", basis), 120);
  EXPECT_DOUBLE_EQ(premium_of("standard_deviation", basis), 100 + 0.5 * std::sqrt(20'000.0));
  // Half the years pay 100 or more, a quarter 200 more.
  EXPECT_DOUBLE_EQ(premium_of("ph_transform", basis), 100 * std::sqrt(0.5) + 200 * std::sqrt(0.25));
}

TEST(LayerPremiums, TakeTheTailBeyondTheCapitalLevel) {
  PricingBasis basis;
  basis.specific.tvar_weight = 0.1;
  basis.capital_level = parse_level("0.5");  // VaR 0; the years beyond it pay 100 and 300
  EXPECT_DOUBLE_EQ(premium_of("tvar", basis), 100 + 0.1 * (200 - 100));
  basis.capital_level = parse_level("0.75");  // VaR 100; the year beyond it pays 300
  EXPECT_DOUBLE_EQ(premium_of("tvar", basis), 100 + 0.1 * (300 - 100));
  basis.specific.cost_of_capital = 0.1;
  basis.specific.capital_share = 0.25;  // capital 150
  EXPECT_DOUBLE_EQ(premium_of("cost_of_capital", basis), (100 + 15) / 1.1);
}

TEST(LayerPremiums, StandInTheOrderOfTheirNames) {
  const PricingBasis basis;
  const auto both = layer_premiums_usd(years, {"variance", "expected_value"}, basis);
  ASSERT_EQ(both.size(), 2u);
  EXPECT_DOUBLE_EQ(both[1], 105);
  EXPECT_DOUBLE_EQ(both[0], 100 + 1e-7 * 20'000);
}

TEST(LayerPremiums, OfOneYearHaveNoDeviation) {
  PricingBasis basis;
  basis.specific.sd_weight = 0.5;
  const std::vector<std::int64_t> one{10'000};
  EXPECT_EQ(layer_premiums_usd(one, {"standard_deviation"}, basis).at(0), 100);
}

}  // namespace
}  // namespace corridor
