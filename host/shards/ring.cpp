// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/shards/ring.hpp"

namespace corridor::shards {
namespace {

/// One worker's way round the ring.
class Round {
 public:
  Round(UnitStore& store, Share share, std::uint32_t units, const ComputeUnit& compute,
        const TellUnit& tell)
      : store_(store), share_(share), units_(units), compute_(compute), tell_(tell) {}

  /// False where the worker left. Counts the units that stay open because others claim them.
  bool go(bool heeds_claims, const std::function<bool()>& leave, WalkResult& result,
          std::uint32_t& open) const {
    open = 0;
    for (std::uint32_t step = 0; step < units_; ++step) {
      const auto unit = static_cast<std::uint32_t>((std::uint64_t{share_.first} + step) % units_);
      if (store_.is_done(unit, heeds_claims ? look(unit) : UnitStore::Look::presence)) continue;
      if (leave()) return false;
      const bool claimed = store_.claim(unit);
      if (!claimed && heeds_claims) {
        ++open;
        continue;
      }
      result.computed += computed(unit) ? 1 : 0;
      if (claimed) store_.release(unit);
    }
    return true;
  }

 private:
  UnitStore::Look look(std::uint32_t unit) const {
    const bool own = unit >= share_.first && unit < share_.last;
    return own ? UnitStore::Look::whole : UnitStore::Look::presence;
  }

  bool computed(std::uint32_t unit) const {
    const auto is_idle = [&] { return store_.is_done(unit, UnitStore::Look::presence); };
    // Somebody may have published it between the look and the claim.
    if (is_idle()) return false;
    const std::optional<UnitRecord> record = compute_(unit, is_idle);
    if (record) store_.publish(unit, *record);
    if (tell_) tell_(unit, record ? UnitEnd::computed : UnitEnd::dropped);
    return record.has_value();
  }

  UnitStore& store_;
  Share share_;
  std::uint32_t units_;
  const ComputeUnit& compute_;
  const TellUnit& tell_;
};

}  // namespace

Share share_of(Worker worker, std::uint32_t units) {
  const auto at = [&](std::uint64_t index) {
    return static_cast<std::uint32_t>(index * units / worker.count);
  };
  return {at(worker.index), at(std::uint64_t{worker.index} + 1)};
}

WalkResult walk(UnitStore& store, Worker worker, std::uint32_t units, const ComputeUnit& compute,
                const std::function<bool()>& leave, const TellUnit& tell) {
  const Round round(store, share_of(worker, units), units, compute, tell);
  WalkResult result;
  std::uint32_t open = 0;
  if (!round.go(true, leave, result, open)) return result;
  if (open > 0 && !round.go(false, leave, result, open)) return result;
  result.finished = true;
  return result;
}

}  // namespace corridor::shards
