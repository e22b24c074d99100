// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/effects.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/plan/made_up_portfolio.hpp"

namespace corridor {
namespace {

using made_up::add_group_column;

TEST(GroupEffect, DefaultCvFallsWithTheNumberOfEmployees) {
  // sqrt(.05^2 + .22^2 50/(50+n)) by hand.
  EXPECT_DOUBLE_EQ(default_group_cv(20), 0.193);
  EXPECT_DOUBLE_EQ(default_group_cv(50), 0.163);
  EXPECT_DOUBLE_EQ(default_group_cv(250), 0.103);
  EXPECT_DOUBLE_EQ(default_group_cv(1000), 0.069);
  EXPECT_DOUBLE_EQ(default_group_cv(5000), 0.055);
}

TEST(GroupEffect, OwnCvBeatsTheMarketWhichBeatsTheDefault) {
  Portfolio book = made_up::portfolio({203, 203});
  add_group_column(book, "effect_cv", {0.0, NAN});
  EXPECT_EQ(group_effect_cv(book, 0), 0);
  EXPECT_EQ(group_effect_cv(book, 1), default_group_cv(100));
  book.market["group_cv"] = 0.3;
  EXPECT_EQ(group_effect_cv(book, 1), 0.3);
}

TEST(GroupEffect, SplitsItsLogVarianceIntoALastingAndAYearlyPart) {
  Portfolio book = made_up::portfolio({10});
  add_group_column(book, "effect_cv", {0.5});
  book.market["year_correlation"] = 0.6;
  const std::vector<EffectDraw> draws = group_effect_draws(book, 0, {7, 8});
  ASSERT_EQ(draws.size(), 2u);
  const double variance = std::log(1.25);
  EXPECT_EQ(draws[0].purpose, Purpose::group_effect);
  EXPECT_EQ(draws[1].purpose, Purpose::group_effect_year);
  EXPECT_NEAR(draws[0].severity.sigma, std::sqrt(0.6 * variance), 1e-15);
  EXPECT_NEAR(draws[1].severity.sigma, std::sqrt(0.4 * variance), 1e-15);
  EXPECT_NEAR(draws[0].severity.location, -0.3 * variance, 1e-15);
  EXPECT_EQ(draws[0].key.low, 7u);
  EXPECT_EQ(draws[0].key.high, 8u);
  EXPECT_EQ(draws[0].inverse_frequency.sigma, 0);
}

TEST(GroupEffect, IsTheSameToClosedFormsAsToTheDraws) {
  Portfolio book = made_up::portfolio({10});
  add_group_column(book, "effect_cv", {0.5});
  add_group_column(book, "effect_frequency_share", {0.25});
  book.market["year_correlation"] = 0.6;
  book.market["book_cv"] = 0.1;
  book.market["region_cv"] = 0.2;
  const EffectModel model = group_effect_model(book, 0);
  EXPECT_NEAR(model.group_sigma, std::sqrt(std::log(1.25)), 1e-15);
  EXPECT_NEAR(model.shared_sigma, std::sqrt(std::log(1.01) + std::log(1.04)), 1e-15);
  EXPECT_EQ(model.frequency_share, 0.25);
  EXPECT_EQ(model.lasting_share, 0.6);
}

TEST(GroupEffect, AFrequencyShareMovesThatPowerToTheInverseFrequency) {
  Portfolio book = made_up::portfolio({10});
  add_group_column(book, "effect_cv", {0.5});
  add_group_column(book, "effect_frequency_share", {0.25});
  book.market["year_correlation"] = 1;
  const std::vector<EffectDraw> draws = group_effect_draws(book, 0, {});
  ASSERT_EQ(draws.size(), 1u);
  const double variance = std::log(1.25), sigma = std::sqrt(variance);
  EXPECT_NEAR(draws[0].severity.sigma, 0.75 * sigma, 1e-15);
  EXPECT_NEAR(draws[0].severity.location, -0.75 * variance / 2, 1e-15);
  EXPECT_NEAR(draws[0].inverse_frequency.sigma, 0.25 * sigma, 1e-15);
  EXPECT_NEAR(draws[0].inverse_frequency.location, 0.25 * variance / 2, 1e-15);
  EXPECT_TRUE(draws[0].inverse_frequency.decreasing);
}

TEST(SharedEffects, AreKeyedByBookRegionAndIndustryInThatOrder) {
  Portfolio book = made_up::portfolio({10, 10});
  add_group_column(book, "effect_cv", {0, 0});
  add_group_column(book, "region", {3, 4});
  add_group_column(book, "industry", {5, 5});
  book.market = {{"book_cv", 0.03}, {"region_cv", 0.02}, {"industry_cv", 0.01}};
  const std::vector<EffectDraw> draws = group_effect_draws(book, 1, {});
  ASSERT_EQ(draws.size(), 3u);
  EXPECT_EQ(draws[0].purpose, Purpose::book_effect);
  EXPECT_EQ(draws[0].key.low, 0u);
  EXPECT_EQ(draws[1].purpose, Purpose::region_effect);
  EXPECT_EQ(draws[1].key.low, 4u);
  EXPECT_EQ(draws[2].purpose, Purpose::industry_effect);
  EXPECT_EQ(draws[2].key.low, 5u);
  EXPECT_EQ(required_effects(book).size(), 3u);
}

TEST(SharedEffects, APandemicIsOneDrawForTheWholeBook) {
  Portfolio book = made_up::portfolio({10, 10});
  add_group_column(book, "effect_cv", {0.2, 0});
  book.market = {{"pandemic_probability", 0.02}, {"pandemic_frequency", 1.4}};
  for (std::size_t group = 0; group < 2; ++group) {
    const EffectDraw draw = group_effect_draws(book, group, {7, 8}).front();
    EXPECT_EQ(draw.purpose, Purpose::pandemic);
    EXPECT_EQ(draw.key.low, 0u);
    EXPECT_EQ(draw.key.high, 0u);
    EXPECT_TRUE(draw.severity.neutral());
    EXPECT_EQ(draw.inverse_frequency.shock_probability, 0.02);
    EXPECT_EQ(draw.inverse_frequency.shock_frequency, 1.4);
    EXPECT_EQ(group_effect_model(book, group).pandemic_probability, 0.02);
    EXPECT_EQ(group_effect_model(book, group).pandemic_frequency, 1.4);
  }
}

// No draw and no table, so that every bit of the results stays.
TEST(SharedEffects, APandemicThatChangesNothingLeavesNoTrace) {
  for (const auto& [probability, frequency] : {std::pair{0.0, 1.4}, {0.02, 1.0}}) {
    Portfolio plain = made_up::portfolio({10});
    Portfolio book = made_up::portfolio({10});
    book.market = {{"pandemic_probability", probability}, {"pandemic_frequency", frequency}};
    EXPECT_EQ(group_effect_draws(book, 0, {}).size(), group_effect_draws(plain, 0, {}).size());
    EXPECT_EQ(required_effects(book), required_effects(plain));
  }
}

TEST(SharedEffects, ABookThatSaysNothingHasNone) {
  Portfolio book = made_up::portfolio({10});
  add_group_column(book, "effect_cv", {0});
  EXPECT_TRUE(group_effect_draws(book, 0, {}).empty());
  EXPECT_TRUE(required_effects(book).empty());
}

TEST(EffectModel, AddsTheLogVariancesOfTheSharedEffects) {
  Portfolio book = made_up::portfolio({10});
  add_group_column(book, "effect_cv", {0.2});
  book.market = {{"book_cv", 0.03}, {"region_cv", 0.04}};
  const EffectModel model = group_effect_model(book, 0);
  EXPECT_NEAR(model.shared_sigma * model.shared_sigma, std::log(1.0009) + std::log(1.0016), 1e-15);
  EXPECT_NEAR(model.group_sigma * model.group_sigma, std::log(1.04), 1e-15);
}

}  // namespace
}  // namespace corridor
