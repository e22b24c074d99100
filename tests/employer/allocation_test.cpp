// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/employer/allocation.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <random>

#include "tests/plan/made_up_portfolio.hpp"

namespace corridor {
namespace {

Cents sum(const std::vector<Cents>& amounts) {
  return std::accumulate(amounts.begin(), amounts.end(), Cents{0});
}

TEST(Apportioned, GivesLeftCentsToTheLargestRemainders) {
  EXPECT_EQ(apportioned(10, {1, 1, 1}), (std::vector<Cents>{4, 3, 3}));
  EXPECT_EQ(apportioned(100, {1, 2, 4}), (std::vector<Cents>{14, 29, 57}));
  EXPECT_EQ(apportioned(0, {3, 4}), (std::vector<Cents>{0, 0}));
}

TEST(Apportioned, SharesEquallyWhereNobodyHasWeight) {
  EXPECT_EQ(apportioned(7, {0, 0, 0}), (std::vector<Cents>{3, 2, 2}));
}

TEST(Apportioned, AddsUpToTheCentForAnyAmountAndWeights) {
  std::mt19937_64 random(3);
  for (int trial = 0; trial < 2000; ++trial) {
    std::vector<Cents> weights(1 + random() % 9);
    for (Cents& weight : weights) weight = static_cast<Cents>(random() >> (20 + random() % 43));
    const Cents amount = static_cast<Cents>(random() % 2'000'000'000'000) - 1'000'000'000'000;
    const std::vector<Cents> parts = apportioned(amount, weights);
    ASSERT_EQ(sum(parts), amount);
    const double total = static_cast<double>(sum(weights));
    for (std::size_t i = 0; i < parts.size() && total > 0; ++i) {
      const double fair = static_cast<double>(amount) * (static_cast<double>(weights[i]) / total);
      ASSERT_NEAR(static_cast<double>(parts[i]), fair, 1.01);
    }
  }
}

// Two clients, one year: A has claims of 1,000.00 of which 300.00 above the deductible, B 500.00.
// The specific pays 200.00, all for A; the aggregate pays 120.00, shared 700 : 500.
TEST(OwnCosts, FollowEachOnesClaimsAndRecoveries) {
  const std::vector<SubgroupYears> clients{{{100'000}, {30'000}, {70'000}},
                                           {{50'000}, {0}, {50'000}}};
  const OwnCosts costs = own_costs(clients, {118'000}, {20'000}, {12'000});
  EXPECT_EQ(costs.specific[0][0], 20'000);
  EXPECT_EQ(costs.specific[1][0], 0);
  EXPECT_EQ(costs.aggregate[0][0], 7'000);
  EXPECT_EQ(costs.aggregate[1][0], 5'000);
  EXPECT_EQ(costs.net[0][0], 73'000);
  EXPECT_EQ(costs.net[1][0], 45'000);
}

TEST(OwnCosts, AddUpWhateverRoundingLeft) {
  const std::vector<SubgroupYears> clients{
      {{100'001}, {30'000}, {70'001}}, {{50'001}, {10}, {49'991}}, {{0}, {0}, {0}}};
  const OwnCosts costs = own_costs(clients, {118'000}, {20'000}, {11'999});
  EXPECT_EQ(costs.net[0][0] + costs.net[1][0] + costs.net[2][0], 118'000);
  EXPECT_EQ(costs.specific[0][0] + costs.specific[1][0] + costs.specific[2][0], 20'000);
  EXPECT_EQ(costs.aggregate[0][0] + costs.aggregate[1][0] + costs.aggregate[2][0], 11'999);
}

Arrangement clients(std::vector<Subgroup> subgroups) {
  Arrangement arrangement;
  arrangement.source = "plan.toml";
  arrangement.subgroups = std::move(subgroups);
  return arrangement;
}

TEST(SubgroupMembers, PutTheOthersIntoTheRest) {
  const Portfolio book = made_up::portfolio({6});
  const auto parts = subgroup_members(book, clients({{"A", {{0, 1}, {5, 5}}}, {"B", {{3, 3}}}}));
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_EQ(parts[0].rows, (std::vector<std::uint32_t>{0, 1, 5}));
  EXPECT_EQ(parts[1].rows, (std::vector<std::uint32_t>{3}));
  EXPECT_EQ(parts[2].name, "rest");
  EXPECT_EQ(parts[2].rows, (std::vector<std::uint32_t>{2, 4}));
}

TEST(SubgroupMembers, MayBeTheValuesOfAColumn) {
  Portfolio book = made_up::portfolio({4});
  made_up::add_member_column(book, "tier", {2, 0, 2, 10});
  Arrangement arrangement;
  arrangement.subgroup_column = "tier";
  const auto parts = subgroup_members(book, arrangement);
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_EQ(parts[0].name, "tier 0");
  EXPECT_EQ(parts[1].rows, (std::vector<std::uint32_t>{0, 2}));
  EXPECT_EQ(parts[2].name, "tier 10");
}

TEST(SubgroupMembers, RefuseRowsThatAreMissingOrNamedTwice) {
  const Portfolio book = made_up::portfolio({6});
  const auto message = [&](std::vector<Subgroup> subgroups) -> std::string {
    try {
      subgroup_members(book, clients(std::move(subgroups)));
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_NE(message({{"A", {{4, 6}}}}).find("rows 0 to 5"), std::string::npos);
  EXPECT_NE(message({{"A", {{0, 3}}}, {"B", {{3, 4}}}}).find("A and B"), std::string::npos);
  Arrangement by_column;
  by_column.subgroup_column = "client";
  EXPECT_THROW(subgroup_members(book, by_column), Error);
}

}  // namespace
}  // namespace corridor
