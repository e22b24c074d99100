// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/law_use.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace corridor {
namespace {

constexpr LogRange nothing{std::numeric_limits<double>::infinity(),
                           -std::numeric_limits<double>::infinity()};

/// Collects uses; members of one law mostly stand together, so the last one found is tried first.
class UseList {
 public:
  void add(const Member& member) {
    LawUse& use = at(member.table);
    const double scale = member.scale;
    use.scales.low = std::min(use.scales.low, scale);
    use.scales.high = std::max(use.scales.high, scale);
    if (use.count == 0 || scale != last_scale_) ++use.count;
    last_scale_ = scale;
  }

  /// By table, with the logarithms of the scales.
  std::vector<LawUse> sorted() {
    std::sort(uses_.begin(), uses_.end(),
              [](const LawUse& a, const LawUse& b) { return a.table < b.table; });
    for (LawUse& use : uses_) use.scales = {std::log(use.scales.low), std::log(use.scales.high)};
    return std::move(uses_);
  }

 private:
  LawUse& at(std::uint32_t table) {
    if (last_ < uses_.size() && uses_[last_].table == table) return uses_[last_];
    const auto found = std::find_if(uses_.begin(), uses_.end(),
                                    [=](const LawUse& use) { return use.table == table; });
    last_ = static_cast<std::size_t>(found - uses_.begin());
    if (found == uses_.end()) uses_.push_back({table, nothing, 0});
    return uses_[last_];
  }

  std::vector<LawUse> uses_;
  std::size_t last_ = 0;
  double last_scale_ = 0;
};

void include(LogRange& range, Cents amount) {
  if (amount <= 0 || amount >= unlimited) return;
  const double log_usd = std::log(static_cast<double>(amount) / 100);
  range = joined(range, {log_usd, log_usd});
}

}  // namespace

LogRange joined(LogRange a, LogRange b) {
  return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

std::vector<LawUse> law_uses(const GroupJob& job) {
  const GroupView& group = job.group;
  UseList uses;
  for (std::uint32_t i = 0; i < group.member_count; ++i) {
    if (group.members[i].scale > 0) uses.add(group.members[i]);
  }
  for (std::uint32_t p = 0; p < group.personal_count; ++p) {
    if (group.personal[p].terms.scale > 0) uses.add(group.personal[p].terms);
  }
  std::vector<LawUse> result = uses.sorted();
  for (LawUse& use : result) use.count *= group.threshold_count + 1;
  return result;
}

std::vector<LawUse> merged_uses(const std::vector<LawUse>& uses, const std::vector<LawUse>& more,
                                double log_centre) {
  std::vector<LawUse> result;
  auto old = uses.begin();
  for (LawUse use : more) {
    use.scales = {use.scales.low + log_centre, use.scales.high + log_centre};
    while (old != uses.end() && old->table < use.table) result.push_back(*old++);
    if (old != uses.end() && old->table == use.table) {
      use.scales = joined(use.scales, old->scales);
      use.count += (old++)->count;
    }
    result.push_back(use);
  }
  result.insert(result.end(), old, uses.end());
  return result;
}

LogRange threshold_range(const GroupJob& job) {
  const GroupView& group = job.group;
  LogRange range = nothing;
  include(range, group.maximum);
  for (std::uint32_t k = 0; k < group.threshold_count; ++k) include(range, group.thresholds[k]);
  for (std::uint32_t p = 0; p < group.personal_count; ++p) {
    include(range, group.personal[p].maximum);
    for (std::uint32_t k = 0; k < group.threshold_count; ++k) {
      include(range, group.personal_thresholds[p * group.threshold_count + k]);
    }
  }
  return range;
}

}  // namespace corridor
