// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/group_net.hpp"

#include <gtest/gtest.h>

namespace corridor {
namespace {

Treaty treaty(TreatyKind kind) {
  Treaty result;
  result.kind = kind;
  return result;
}

/// A book of one year.
BookYears year_of(Cents gross, std::vector<Cents> layers) {
  BookYears book;
  book.ground_up = {gross};
  book.specific = {gross};
  book.aggregate = {0};
  for (const Cents layer : layers) book.layers.push_back({layer});
  return book;
}

TEST(NetOfYear, WithoutTreatiesIsTheGroupsPayout) {
  NetOfYear net({}, {{}, {700}}, year_of(700, {}), 0);
  EXPECT_EQ(net.next({500, {}}), 500);
  EXPECT_EQ(net.next({200, {}}), 200);
}

TEST(NetOfYear, AQuotaShareTakesTheSameShareOfEveryGroup) {
  const Programme programme{{treaty(TreatyKind::quota_share)}};
  NetOfYear net(programme, {{{250}}, {750}}, year_of(1000, {}), 0);
  EXPECT_EQ(net.next({800, {}}), 600);
  EXPECT_EQ(net.next({200, {}}), 150);
}

TEST(NetOfYear, ALayerIsTakenFromTheGroupsThatHaveIt) {
  const Programme programme{{treaty(TreatyKind::person_excess)}};
  NetOfYear net(programme, {{{300}}, {700}}, year_of(1000, {600}), 0);  // half of the layer
  EXPECT_EQ(net.next({500, {400}}), 300);
  EXPECT_EQ(net.next({300, {0}}), 300);
  EXPECT_EQ(net.next({200, {200}}), 100);
}

TEST(NetOfYear, ALaterTreatyTakesOfWhatEarlierOnesLeft) {
  const Programme programme{
      {treaty(TreatyKind::person_excess), treaty(TreatyKind::book_aggregate)}};
  NetOfYear net(programme, {{{400}, {300}}, {300}}, year_of(1000, {400}), 0);
  EXPECT_EQ(net.next({500, {400}}), 50);  // 100 left of 600, half of it taken
  EXPECT_EQ(net.next({500, {0}}), 250);
}

TEST(NetOfYear, RoundedPartsAddUpToTheBooksNet) {
  const Programme programme{{treaty(TreatyKind::quota_share)}};
  NetOfYear net(programme, {{{500}}, {501}}, year_of(1001, {}), 0);
  Cents sum = 0;
  for (int group = 0; group < 143; ++group) sum += net.next({7, {}});
  EXPECT_EQ(sum, 501);
}

}  // namespace
}  // namespace corridor
