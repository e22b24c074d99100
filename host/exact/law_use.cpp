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
  void add(LawKey key, const Member& member) {
    LawUse& use = at(key);
    const double scale = member.scale;
    use.scales.low = std::min(use.scales.low, scale);
    use.scales.high = std::max(use.scales.high, scale);
    if (member.inverse_exposure != 1) use.thinned = true;
  }

  /// By key, with the logarithms of the scales.
  std::vector<LawUse> sorted() {
    std::sort(uses_.begin(), uses_.end(),
              [](const LawUse& a, const LawUse& b) { return a.key < b.key; });
    for (LawUse& use : uses_) use.scales = {std::log(use.scales.low), std::log(use.scales.high)};
    return std::move(uses_);
  }

 private:
  LawUse& at(LawKey key) {
    if (last_ < uses_.size() && uses_[last_].key == key) return uses_[last_];
    const auto found =
        std::find_if(uses_.begin(), uses_.end(), [=](const LawUse& use) { return use.key == key; });
    last_ = static_cast<std::size_t>(found - uses_.begin());
    if (found == uses_.end()) uses_.push_back({key, nothing, false});
    return uses_[last_];
  }

  std::vector<LawUse> uses_;
  std::size_t last_ = 0;
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

LawKey law_of(const PersonalMember& person, const ClaimsView& view) {
  const bool known = person.known_run_in >= 0 && has_run_in(view.group);
  return {person.terms.table, known ? view.own_year : view.basis};
}

std::vector<LawUse> law_uses(const ClaimsView& view) {
  const GroupView& group = view.group;
  UseList uses;
  for (std::uint32_t i = 0; i < group.member_count; ++i) {
    const Member& member = group.members[i];
    if (member.scale > 0) uses.add({member.table, view.basis}, member);
  }
  for (std::uint32_t p = 0; p < group.personal_count; ++p) {
    const PersonalMember& person = group.personal[p];
    if (person.terms.scale > 0) uses.add(law_of(person, view), person.terms);
  }
  return uses.sorted();
}

std::vector<LawUse> merged_uses(const std::vector<LawUse>& uses, const std::vector<LawUse>& more,
                                double log_centre) {
  std::vector<LawUse> result;
  auto old = uses.begin();
  for (LawUse use : more) {
    use.scales = {use.scales.low + log_centre, use.scales.high + log_centre};
    while (old != uses.end() && old->key < use.key) result.push_back(*old++);
    if (old != uses.end() && old->key == use.key) {
      use.scales = joined(use.scales, old->scales);
      use.thinned = use.thinned || old->thinned;
      ++old;
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
