// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "corridor/error.hpp"
#include "tests/treaty/made_up_treaties.hpp"

namespace corridor {
namespace {

using made_up::aggregate;
using made_up::one_year;
using made_up::person_excess;
using made_up::quota_share;
using made_up::usd;
using made_up::with_corridor;

void expect_year(const CededYears& years, std::initializer_list<double> ceded_usd, double net_usd) {
  ASSERT_EQ(years.ceded.size(), ceded_usd.size());
  std::size_t treaty = 0;
  for (const double expected : ceded_usd) {
    EXPECT_EQ(years.ceded[treaty].front(), usd(expected)) << "treaty " << treaty;
    ++treaty;
  }
  EXPECT_EQ(years.net.front(), usd(net_usd));
}

TEST(TreatyVectors, WithoutTreatiesTheCarrierKeepsEverything) {
  expect_year(one_year({}, {1000.01}), {}, 1000.01);
}

TEST(TreatyVectors, QuotaShareTakesItsPartOfTheYear) {
  expect_year(one_year({{quota_share(0, 0.3)}}, {100, 900.56}), {300.17}, 700.39);  // 300.168
}

TEST(TreatyVectors, HalfACentGoesToTheEvenOne) {
  expect_year(one_year({{quota_share(0, 0.5)}}, {0.05}), {0.02}, 0.03);
  expect_year(one_year({{quota_share(0, 0.5)}}, {0.07}), {0.04}, 0.03);
}

TEST(TreatyVectors, ExcessOfEachPersonTakesTheLayerOfEach) {
  // Layers of 300,000 xs 200,000: 0, 50,000, 300,000.
  expect_year(one_year({{person_excess(0, 200e3, 300e3)}}, {150e3, 250e3, 900e3}), {350e3}, 950e3);
}

TEST(TreatyVectors, QuotaShareBeforeAnExcessLeavesItAPartOfEachLayer) {
  // 30% of 1,300,000; of the layers' 350,000 the 70% that are left, 90% of them placed.
  expect_year(
      one_year({{quota_share(1, 0.3), person_excess(2, 200e3, 300e3, 0.9)}}, {150e3, 250e3, 900e3}),
      {390e3, 220'500}, 689'500);
}

TEST(TreatyVectors, QuotaShareAfterAnExcessTakesItsPartOfWhatTheExcessLeft) {
  expect_year(
      one_year({{person_excess(1, 200e3, 300e3, 0.9), quota_share(2, 0.3)}}, {150e3, 250e3, 900e3}),
      {315e3, 295'500}, 689'500);
}

TEST(TreatyVectors, TwoQuotaSharesInARowTakeOfWhatIsLeft) {
  expect_year(one_year({{quota_share(1, 0.5), quota_share(2, 0.5)}}, {1000}), {500, 250}, 250);
}

TEST(TreatyVectors, TreatiesOfOneOrderStandSideBySide) {
  expect_year(one_year({{quota_share(1, 0.5), quota_share(1, 0.5)}}, {1000}), {500, 500}, 0);
  expect_year(one_year({{quota_share(1, 0.2), person_excess(1, 400, 600, 0.5)}}, {1000}),
              {200, 300}, 500);
}

TEST(TreatyVectors, SecondExcessAfterAQuotaShareOfTheFirst) {
  // 100,000 xs 0 is gone before the quota share of 40% of 400,000; the second layer of the same
  // payout, 300,000 xs 200,000, has 60% left.
  expect_year(
      one_year({{person_excess(1, 0, 100e3), quota_share(2, 0.4), person_excess(3, 200e3, 300e3)}},
               {500e3}),
      {100e3, 160e3, 180e3}, 60e3);
}

TEST(TreatyVectors, AnnualDeductibleThenAnnualLimitThenShare) {
  Treaty layer = person_excess(0, 0, 1e6, 0.5);
  layer.annual_deductible_usd = 100e3;
  layer.annual_limit_usd = 250e3;
  expect_year(one_year({{layer}}, {60e3, 30e3}), {0}, 90e3);
  expect_year(one_year({{layer}}, {160e3, 30e3}), {45e3}, 145e3);
  expect_year(one_year({{layer}}, {350e3, 30e3}), {125e3}, 255e3);  // 280,000 over 100,000
}

TEST(TreatyVectors, AnnualAmountsActAfterAQuotaShareHasTakenItsPart) {
  Treaty layer = person_excess(2, 0, 1e6);
  layer.annual_deductible_usd = 100e3;
  layer.annual_limit_usd = 250e3;
  // 80% of 500,000 is 400,000: 300,000 over the deductible, 250,000 of it.
  expect_year(one_year({{quota_share(1, 0.2), layer}}, {500e3}), {100e3, 250e3}, 150e3);
}

// Payouts of 130,000, 620,000 and 210,000 over deductibles of the group; the employer kept the
// first 75,000 of their sum. A treaty that takes the whole of each payout finds 885,000 alone.
TEST(TreatyVectors, AggregatingSpecificMayHaveTakenTheBottomOfTheYear) {
  expect_year(one_year({{person_excess(0, 0, Treaty::none)}}, {130e3, 620e3, 210e3}, 1e6, 75e3),
              {885e3}, 0);
  expect_year(one_year({{person_excess(0, 100e3, Treaty::none)}}, {130e3, 620e3, 210e3}, 1e6, 75e3),
              {660e3}, 225e3);
}

TEST(TreatyVectors, AggregateCoversALayerOfTheYear) {
  const Treaty treaty = aggregate(0, 1.1, 0.3, 0.9);  // 300,000 xs 1,100,000
  expect_year(one_year({{treaty}}, {1.1e6}), {0}, 1.1e6);
  expect_year(one_year({{treaty}}, {1.2e6}), {90e3}, 1.11e6);
  expect_year(one_year({{treaty}}, {2e6}), {270e3}, 1.73e6);
}

TEST(TreatyVectors, AggregateInDollars) {
  Treaty treaty = aggregate(0, Treaty::unset, Treaty::unset);
  treaty.attachment_usd = 500e3;
  treaty.limit_usd = 100e3;
  expect_year(one_year({{treaty}}, {550e3}), {50e3}, 500e3);
  expect_year(one_year({{treaty}}, {700e3}), {100e3}, 600e3);
  treaty.limit_usd = Treaty::none;
  expect_year(one_year({{treaty}}, {700e3}), {200e3}, 500e3);
}

TEST(TreatyVectors, CarrierKeepsTheCorridorOfAnAggregate) {
  // 400,000 xs 1,000,000 but for 1,100,000 to 1,250,000.
  const Treaty treaty = with_corridor(aggregate(0, 1, 0.4), 1.1, 1.25);
  expect_year(one_year({{treaty}}, {1.05e6}), {50e3}, 1e6);
  expect_year(one_year({{treaty}}, {1.1e6}), {100e3}, 1e6);
  expect_year(one_year({{treaty}}, {1.2e6}), {100e3}, 1.1e6);
  expect_year(one_year({{treaty}}, {1.3e6}), {150e3}, 1.15e6);
  expect_year(one_year({{treaty}}, {3e6}), {250e3}, 2.75e6);
}

TEST(TreatyVectors, CorridorBesideDollarsActsWhereItMeetsTheLayer) {
  Treaty treaty = with_corridor(aggregate(0, Treaty::unset, Treaty::unset), 0.45, 0.55);
  treaty.attachment_usd = 500e3;
  treaty.limit_usd = 200e3;
  expect_year(one_year({{treaty}}, {600e3}), {50e3}, 550e3);
  treaty.corridor_to_ratio = 2;
  expect_year(one_year({{treaty}}, {600e3}), {0}, 600e3);
  treaty.corridor_from_ratio = 0.65;
  expect_year(one_year({{treaty}}, {900e3}), {150e3}, 750e3);
}

TEST(TreatyVectors, PointsAreOfThePremiumThatQuotaSharesLeft) {
  // 60% of a premium of 1,000,000 is left: 120,000 xs 600,000 of the 60% of 1,100,000 that is net.
  expect_year(one_year({{quota_share(1, 0.4), aggregate(2, 1, 0.2)}}, {1.1e6}), {440e3, 60e3},
              600e3);
  // An excess before it leaves the premium whole: 200,000 xs 1,000,000 of 1,050,000.
  expect_year(one_year({{person_excess(1, 400e3, Treaty::none), aggregate(2, 1, 0.2)}},
                       {450e3, 400e3, 250e3}),
              {50e3, 50e3}, 1e6);
}

TEST(TreatyVectors, CorridorOfALayerIsInPointsOfThePremium) {
  // The layer's losses of 500,000, but for 100,000 to 250,000.
  const Treaty treaty = with_corridor(person_excess(0, 0, 400e3), 0.1, 0.25);
  expect_year(one_year({{treaty}}, {300e3, 200e3}), {350e3}, 150e3);
}

TEST(TreatyVectors, CaptivePaysUpToItsAggregateAndTheExcessAboveItsLayer) {
  Treaty captive = person_excess(1, 0, 250e3);
  captive.kind = TreatyKind::captive;
  captive.captive = 1;
  captive.annual_limit_usd = 600e3;
  const Programme programme{{captive, person_excess(2, 250e3, 1e6)}};
  // Captive 250,000 + 250,000 + 200,000, of which 600,000; excess 50,000 + 150,000.
  expect_year(one_year(programme, {300e3, 400e3, 200e3}), {600e3, 200e3}, 100e3);
}

TEST(TreatyVectors, ExampleOfTheFormatPage) {
  Treaty excess = person_excess(2, 200e3, 300e3, 0.9);
  excess.annual_deductible_usd = 45e3;
  expect_year(
      one_year({{quota_share(1, 0.3), excess, with_corridor(aggregate(3, 0.9, 0.3), 0.95, 1)}},
               {150e3, 250e3, 900e3}),
      {390e3, 180e3, 65e3}, 665e3);
}

TEST(TreatyVectors, PointsOfLossRatioNeedAPremium) {
  EXPECT_THROW(one_year({{aggregate(0, 1, 0.2)}}, {1e6}, 0), Error);
  EXPECT_THROW(
      one_year({{with_corridor(person_excess(0, 0, 1e5), 0.1, 0.2)}}, {1e6}, Treaty::unset), Error);
  expect_year(one_year({{quota_share(0, 0.5)}}, {1e6}, 0), {5e5}, 5e5);
}

}  // namespace
}  // namespace corridor
