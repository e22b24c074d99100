// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
// Ten thousand made-up nights: workers of any numbers begin, are overtaken at any of their steps,
// are killed, and what they published is damaged; the merged result is always the same.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "host/digest.hpp"
#include "host/shards/ring.hpp"

namespace corridor::shards {
namespace {

const std::string run(64, 'c');

Bytes payload_of(std::uint32_t unit) {
  Writer write;
  write(unit * 2654435761u, std::string(unit % 5, 'x'));
  return write.take();
}

struct Killed {};

/// A night on `units` units. Every step of a worker is a place where it may be killed, where
/// published files may be damaged, and where other workers may take some or all of their way.
class Night {
 public:
  Night(std::uint32_t seed, std::uint32_t units) : random_(seed), units_(units) {}

  /// Some worker begins, here and now, and goes as far as it comes.
  void worker(int depth) {
    const std::uint32_t count = 1 + random_() % 4;
    Store store(*this, next_worker_++, depth);
    try {
      walk(store, {static_cast<std::uint32_t>(random_() % count), count}, units_, computing(depth),
           [&] { return is_disturbed_ && chance(0.02); });
    } catch (const Killed&) {
      ++kills;
      dead_.insert(store.name());
    }
  }

  /// What the user does the next morning: merge, and where that is not possible work once more.
  std::string morning() {
    is_disturbed_ = false;
    std::string digest = merged();
    while (digest.empty()) {
      Store store(*this, next_worker_++, 0);
      EXPECT_TRUE(walk(store, {0, 1}, units_, computing(0), [] { return false; }).finished);
      digest = merged();
    }
    return digest;
  }

  std::uint64_t kills = 0, damages = 0, duplicates = 0;

 private:
  class Store : public UnitStore {
   public:
    Store(Night& night, std::uint32_t name, int depth) : night_(night), name_(name), depth_(depth) {}
    std::uint32_t name() const { return name_; }

    bool is_done(std::uint32_t unit, Look look) override {
      night_.step(depth_);
      const auto file = night_.files_.find(unit);
      if (file == night_.files_.end()) return false;
      if (look == Look::presence || unframed(file->second, run, unit)) return true;
      night_.files_.erase(file);
      return false;
    }
    void publish(std::uint32_t unit, const UnitRecord& record) override {
      night_.step(depth_);  // killed here: the unfinished file has no name
      const bool first = night_.files_.emplace(unit, framed(run, unit, record)).second;
      night_.duplicates += first ? 0 : 1;
      night_.step(depth_);
    }
    bool claim(std::uint32_t unit) override {
      night_.step(depth_);
      const auto [claim, mine] = night_.claims_.emplace(unit, name_);
      if (!mine && night_.dead_.contains(claim->second) && night_.chance(0.5)) {
        claim->second = name_;  // a dead worker of the same machine
        return true;
      }
      return mine;
    }
    void release(std::uint32_t unit) override {
      night_.claims_.erase(unit);
      night_.step(depth_);
    }

   private:
    Night& night_;
    std::uint32_t name_;
    int depth_;
  };

  ComputeUnit computing(int depth) {
    return [this, depth](std::uint32_t unit, const std::function<bool()>& is_idle) {
      for (int pause = 0; pause < 2; ++pause) {
        step(depth);
        if (is_idle()) return std::optional<UnitRecord>();
      }
      return std::optional(UnitRecord{{}, payload_of(unit)});
    };
  }

  bool chance(double p) { return std::uniform_real_distribution<>()(random_) < p; }

  void step(int depth) {
    if (!is_disturbed_) return;
    if (chance(0.02)) damage();
    constexpr int deepest = 3;
    if (depth < deepest && chance(0.03)) worker(depth + 1);
    if (chance(0.02)) throw Killed{};
  }

  void damage() {
    if (files_.empty()) return;
    Bytes& file = std::next(files_.begin(), random_() % static_cast<std::uint32_t>(files_.size()))
                      ->second;
    ++damages;
    if (file.empty() || chance(0.3)) {
      file.resize(random_() % (file.size() + 1));  // torn
    } else {
      file[random_() % file.size()] ^= static_cast<std::byte>(1u << random_() % 8);
    }
  }

  /// Empty where a unit is missing or damaged.
  std::string merged() {
    Writer all;
    for (std::uint32_t unit = 0; unit < units_; ++unit) {
      const auto file = files_.find(unit);
      const auto record = file == files_.end() ? std::nullopt : unframed(file->second, run, unit);
      if (!record) return {};
      all(record->payload);
    }
    return sha256_hex(all.bytes());
  }

  std::mt19937 random_;
  std::uint32_t units_, next_worker_ = 0;
  bool is_disturbed_ = true;
  std::map<std::uint32_t, Bytes> files_;
  std::map<std::uint32_t, std::uint32_t> claims_;
  std::set<std::uint32_t> dead_;
};

TEST(Schedules, TenThousandNightsGiveOneResult) {
  constexpr std::uint32_t schedules = 10'000, units_most = 9;
  std::map<std::uint32_t, std::set<std::string>> digests;
  std::uint64_t kills = 0, damages = 0, duplicates = 0;
  for (std::uint32_t seed = 0; seed < schedules; ++seed) {
    const std::uint32_t units = 1 + seed % units_most;
    Night night(seed, units);
    for (int begun = 0; begun < 3; ++begun) night.worker(0);
    digests[units].insert(night.morning());
    kills += night.kills;
    damages += night.damages;
    duplicates += night.duplicates;
  }
  for (const auto& [units, found] : digests) EXPECT_EQ(found.size(), 1u) << units << " units";
  // The nights were as bad as they were meant to be.
  EXPECT_GT(kills, schedules);
  EXPECT_GT(damages, schedules);
  EXPECT_GT(duplicates, 100u);
}

}  // namespace
}  // namespace corridor::shards
