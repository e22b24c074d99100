// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <unordered_map>

#include "host/portfolio/check_book.hpp"
#include "host/portfolio/group_names.hpp"
#include "kernels/lane/counter.hpp"

namespace corridor {
namespace {

constexpr const char* offset_path = "/groups/member_offset";
constexpr const char* id_path = "/groups/group_id";

void bad_offset(Findings& findings, const GroupNames& names, std::uint64_t row, std::uint64_t value,
                const std::string& message) {
  findings.add("E_OFFSET", {offset_path, row, names.of_group(row)}, std::to_string(value), message,
               "Start at 0, add each group's member count, end at the number of members");
}

void check_group_size(Findings& findings, const GroupNames& names, std::uint64_t group,
                      std::uint64_t members) {
  if (members > 0 && members <= members_per_group_max) return;
  findings.add("E_GROUP_SIZE", {offset_path, group, names.of_group(group)}, std::to_string(members),
               members == 0 ? "this group has no members, so nothing can be priced"
                            : "this group has more than 67108864 members",
               members == 0 ? "Leave the group out of the book" : "Split the group");
}

void check_offsets(const Portfolio& book, Findings& findings) {
  const auto& offset = book.member_offset;
  if (offset.empty()) return;
  const GroupNames names(book);
  if (offset.front() != 0) {
    bad_offset(findings, names, 0, offset.front(), "the first offset is not 0");
  }
  for (std::uint64_t group = 0; group + 1 < offset.size(); ++group) {
    if (offset[group + 1] < offset[group]) {
      bad_offset(findings, names, group + 1, offset[group + 1],
                 std::to_string(offset[group + 1]) + " is below the offset before it, " +
                     std::to_string(offset[group]));
    } else {
      check_group_size(findings, names, group, offset[group + 1] - offset[group]);
    }
  }
  if (offset.back() != book.members.rows && book.members.rows > 0) {
    bad_offset(findings, names, offset.size() - 1, offset.back(),
               "the last offset is " + std::to_string(offset.back()) + ", but the book has " +
                   std::to_string(book.members.rows) + " members");
  }
}

std::uint64_t hash_of(const std::string& id) {
  char padded[group_id_length] = {};
  std::memcpy(padded, id.data(), std::min(id.size(), group_id_length));
  const StreamKey key = stream_key(padded);
  return static_cast<std::uint64_t>(key.high) << 32 | key.low;
}

void check_ids(const Portfolio& book, Findings& findings) {
  const Column* column = book.groups.find("group_id");
  if (column == nullptr) return;
  const auto& ids = std::get<std::vector<std::string>>(column->values);
  std::unordered_map<std::uint64_t, std::uint64_t> first;  // row of a stream
  first.reserve(ids.size());
  for (std::uint64_t row = 0; row < ids.size(); ++row) {
    const auto [found, is_new] = first.emplace(hash_of(ids[row]), row);
    if (is_new) continue;
    const bool same = ids[found->second] == ids[row];
    findings.add(same ? "E_DUPLICATE" : "E_HASH", {id_path, row, ids[row]}, ids[row],
                 same ? "the id is that of row " + std::to_string(found->second) + " too"
                      : "the id draws the same random numbers as " + ids[found->second],
                 "Give the group another id");
  }
}

}  // namespace

void check_structure(const Portfolio& book, Findings& findings) {
  if (book.groups.rows == 0 && !findings.mentions(id_path)) {
    findings.add("E_MISSING", {"/groups", {}, ""}, "0", "the book has no groups",
                 "Add a row for each group");
  }
  check_offsets(book, findings);
  check_ids(book, findings);
}

}  // namespace corridor
