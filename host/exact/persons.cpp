// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/persons.hpp"

#include <algorithm>
#include <tuple>

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

std::vector<Person> distinct_persons(const GroupView& group, bool merge_exposures) {
  std::vector<Person> persons;
  persons.reserve(group.member_count);
  for (std::uint32_t i = 0; i < group.member_count; ++i) {
    if (group.members[i].scale > 0) {
      persons.push_back(person_of(group.members[i], merge_exposures));
    }
  }
  std::sort(persons.begin(), persons.end(), [](const Person& a, const Person& b) {
    return std::tuple(identity(a), a.weight) < std::tuple(identity(b), b.weight);
  });
  std::size_t kept = 0;
  for (const Person& person : persons) {
    if (kept > 0 && identity(persons[kept - 1]) == identity(person)) {
      persons[kept - 1].weight += person.weight;
    } else {
      persons[kept++] = person;
    }
  }
  persons.resize(kept);
  return persons;
}

}  // namespace corridor
