// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/shards/ring.hpp"

#include <gtest/gtest.h>

#include <set>

namespace corridor::shards {
namespace {

/// Units in memory, claims of others as told.
class PlainStore : public UnitStore {
 public:
  bool is_done(std::uint32_t unit, Look look) override {
    if (look == Look::whole && damaged.erase(unit) > 0) done.erase(unit);
    looked.push_back({unit, look});
    return done.contains(unit);
  }
  void publish(std::uint32_t unit, const UnitRecord&) override {
    done.insert(unit);
    order.push_back(unit);
  }
  bool claim(std::uint32_t unit) override { return !claimed.contains(unit); }
  void release(std::uint32_t unit) override { released.insert(unit); }

  std::set<std::uint32_t> done, damaged, claimed, released;
  std::vector<std::uint32_t> order;
  std::vector<std::pair<std::uint32_t, Look>> looked;
};

const ComputeUnit nothing = [](std::uint32_t, const std::function<bool()>&) { return UnitRecord{}; };
bool never() { return false; }

TEST(Ring, SharesOfAllWorkersAreTheRing) {
  for (const std::uint32_t units : {1u, 2u, 7u, 100u}) {
    for (const std::uint32_t workers : {1u, 2u, 3u, 7u, 150u}) {
      std::uint32_t next = 0;
      for (std::uint32_t w = 0; w < workers; ++w) {
        const Share share = share_of({w, workers}, units);
        EXPECT_EQ(share.first, next);
        next = share.last;
      }
      EXPECT_EQ(next, units);
    }
  }
}

TEST(Ring, StartsAtTheOwnShareAndGoesRound) {
  PlainStore store;
  const WalkResult result = walk(store, {1, 3}, 7, nothing, never);
  EXPECT_EQ(store.order, (std::vector<std::uint32_t>{2, 3, 4, 5, 6, 0, 1}));
  EXPECT_EQ(result.computed, 7u);
  EXPECT_TRUE(result.finished);
  EXPECT_EQ(store.released.size(), 7u);
}

TEST(Ring, ComputesOnlyWhatIsLeft) {
  PlainStore store;
  store.done = {0, 1, 3};
  EXPECT_EQ(walk(store, {0, 1}, 5, nothing, never).computed, 2u);
  EXPECT_EQ(store.order, (std::vector<std::uint32_t>{2, 4}));
  EXPECT_EQ(walk(store, {0, 1}, 5, nothing, never).computed, 0u);
}

TEST(Ring, TakesWhatOthersClaimLast) {
  PlainStore store;
  store.claimed = {0, 2};
  const WalkResult result = walk(store, {0, 1}, 4, nothing, never);
  EXPECT_EQ(store.order, (std::vector<std::uint32_t>{1, 3, 0, 2}));
  EXPECT_TRUE(result.finished);
  EXPECT_FALSE(store.released.contains(0)) << "a claim of another worker is not ours to release";
}

TEST(Ring, LeavesBetweenUnits) {
  PlainStore store;
  const auto leave = [&] { return store.order.size() == 2; };
  const WalkResult result = walk(store, {0, 1}, 5, nothing, leave);
  EXPECT_EQ(store.order.size(), 2u);
  EXPECT_FALSE(result.finished);
}

TEST(Ring, ReadsResultsOfTheOwnShareWholeAndOthersByName) {
  PlainStore store;
  store.done = {0, 1, 2, 3};
  store.damaged = {0, 2};
  walk(store, {1, 2}, 4, nothing, never);
  EXPECT_EQ(store.order, (std::vector<std::uint32_t>{2}));
  walk(store, {0, 2}, 4, nothing, never);
  EXPECT_EQ(store.order, (std::vector<std::uint32_t>{2, 0}));
}

TEST(Ring, TellsOfEachUnitItComputedOnceItIsPublished) {
  PlainStore store;
  store.done = {0};
  std::vector<std::uint32_t> told;
  const TellUnit tell = [&](std::uint32_t unit, UnitEnd end) {
    EXPECT_EQ(end, UnitEnd::computed);
    EXPECT_TRUE(store.done.contains(unit));
    told.push_back(unit);
  };
  walk(store, {1, 2}, 4, nothing, never, tell);
  EXPECT_EQ(told, (std::vector<std::uint32_t>{2, 3, 1}));
}

TEST(Ring, DropsAUnitThatAnotherWorkerPublishesMeanwhile) {
  PlainStore store;
  const ComputeUnit overtaken = [&](std::uint32_t unit, const std::function<bool()>& is_idle) {
    EXPECT_FALSE(is_idle());
    store.done.insert(unit);
    EXPECT_TRUE(is_idle());
    return std::optional<UnitRecord>();
  };
  std::uint32_t dropped = 0;
  const TellUnit tell = [&](std::uint32_t, UnitEnd end) { dropped += end == UnitEnd::dropped; };
  const WalkResult result = walk(store, {0, 1}, 3, overtaken, never, tell);
  EXPECT_EQ(dropped, 3u);
  EXPECT_TRUE(store.order.empty());
  EXPECT_EQ(result.computed, 0u);
  EXPECT_TRUE(result.finished);
}

}  // namespace
}  // namespace corridor::shards
