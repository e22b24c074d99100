// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/capped/effect_nodes.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace corridor {
namespace {

YearSlice years(double log_severity, double sigma) {
  YearSlice slice;
  slice.log_severity = log_severity;
  slice.sigma = sigma;
  return slice;
}

double moment(const std::vector<EffectNode>& nodes, double power) {
  double sum = 0;
  for (const EffectNode& node : nodes) sum += node.weight * std::exp(power * node.log_severity);
  return sum;
}

TEST(EffectNodes, ASliceWithoutSpreadIsOneNode) {
  const auto nodes = effect_nodes(years(0.25, 0), 0.1);
  ASSERT_EQ(nodes.size(), 1u);
  EXPECT_EQ(nodes[0].log_severity, 0.25);
  EXPECT_EQ(nodes[0].weight, 1);
}

TEST(EffectNodes, MomentsAreThoseOfTheLognormal) {
  for (const double sigma : {0.02, 0.2, 0.83}) {
    for (const double cv : {0.02, 0.3, 5.0}) {
      const auto nodes = effect_nodes(years(0.1, sigma), cv);
      for (const double power : {0.0, 1.0, 2.0}) {
        const double exact = std::exp(power * 0.1 + power * power * sigma * sigma / 2);
        EXPECT_NEAR(moment(nodes, power) / exact, 1, 2e-11) << sigma << " " << cv << " " << power;
      }
    }
  }
}

TEST(EffectNodes, SteepTotalsTakeMoreNodesUpToALimit) {
  const YearSlice slice = years(0, 0.2);
  EXPECT_LT(effect_nodes(slice, 1).size(), 30u);
  EXPECT_GT(effect_nodes(slice, 0.02).size(), 100u);
  EXPECT_LT(effect_nodes(slice, 0).size(), 800u);
}

TEST(EffectNodes, EverySecondNodeIsThatOfTwiceTheStep) {
  const YearSlice slice = years(0, 0.2);
  const auto fine = effect_nodes(slice, 0.05), coarse = effect_nodes(slice, 0.05, 2);
  const auto at = [&](double log_severity) {
    for (const EffectNode& node : fine) {
      if (std::abs(node.log_severity - log_severity) < 1e-12) return true;
    }
    return false;
  };
  for (std::size_t i = 1; i + 1 < coarse.size(); ++i) EXPECT_TRUE(at(coarse[i].log_severity)) << i;
}

}  // namespace
}  // namespace corridor
