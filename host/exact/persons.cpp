// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/persons.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

namespace corridor {
namespace {

auto identity(const Person& person) {
  return std::tuple(person.table, person.inverse_exposure, person.scale);
}

Person person_of(const Member& member, bool merge_exposures) {
  if (!merge_exposures) return {member.table, member.inverse_exposure, member.scale, 1};
  return {member.table, 1, member.scale, exposure_of(member.inverse_exposure)};
}

}  // namespace

double exposure_of(float inverse_exposure) { return 1 / static_cast<double>(inverse_exposure); }

void each_distinct_person(const GroupView& group, bool merge_exposures,
                          const std::function<void(const Person&)>& take) {
  const auto person_at = [&](std::uint32_t member) {
    return person_of(group.members[member], merge_exposures);
  };
  std::vector<std::uint32_t> order;  // a sixth of what the persons themselves would take
  order.reserve(group.member_count);
  for (std::uint32_t i = 0; i < group.member_count; ++i) {
    if (group.members[i].scale > 0) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Person left = person_at(a), right = person_at(b);
    return std::tuple(identity(left), left.weight) < std::tuple(identity(right), right.weight);
  });
  for (std::size_t i = 0; i < order.size();) {
    Person distinct = person_at(order[i++]);
    for (; i < order.size(); ++i) {
      const Person next = person_at(order[i]);
      if (identity(next) != identity(distinct)) break;
      distinct.weight += next.weight;
    }
    take(distinct);
  }
}

}  // namespace corridor
