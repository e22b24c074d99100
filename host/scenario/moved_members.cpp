// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/moved_members.hpp"

#include "host/scenario/column_edit.hpp"
#include "host/scenario/named_law.hpp"

namespace corridor {
namespace {

constexpr std::uint64_t fnv_start = 0xcbf29ce484222325u, fnv_prime = 0x100000001b3u;

/// FNV-1a.
std::uint64_t hashed(std::uint64_t hash, std::string_view text) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * fnv_prime;
  return (hash ^ 0xff) * fnv_prime;  // ends the text: "a" "bc" is not "ab" "c"
}

/// Every bit of the result depends on every bit given (the finalizer of SplitMix64, Steele, Lea and
/// Flood 2014).
std::uint64_t mixed(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9u;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebu;
  return bits ^ (bits >> 31);
}

void move(const MixChange& mix, std::uint16_t from, std::uint16_t to, Portfolio& portfolio) {
  const std::string salt = mix.from + ">" + mix.to;
  std::vector<std::uint16_t>& law = u16_column(portfolio.members, "distribution");
  for (std::size_t group = 0; group < portfolio.group_count(); ++group) {
    const std::string id = portfolio.groups.text("group_id", group);
    const std::uint64_t first = portfolio.member_offset[group];
    for (std::uint64_t row = first; row < portfolio.member_offset[group + 1]; ++row) {
      if (law[row] == from && member_uniform(salt, id, row - first) < mix.share) law[row] = to;
    }
  }
}

}  // namespace

double member_uniform(std::string_view salt, std::string_view group_id, std::uint64_t member) {
  const std::uint64_t key = hashed(hashed(fnv_start, salt), group_id);
  return static_cast<double>(mixed(key + member * 0x9e3779b97f4a7c15u) >> 11) * 0x1p-53;
}

void move_members(const Stress& stress, Portfolio& portfolio) {
  std::vector<Problem> problems;
  for (const MixChange& mix : stress.mix) {
    const auto* from =
        named_law(portfolio, {stress.file, "mix.from", mix.place, mix.from}, problems);
    const auto* to = named_law(portfolio, {stress.file, "mix.to", mix.place, mix.to}, problems);
    if (from != nullptr && to != nullptr) move(mix, from->index, to->index, portfolio);
  }
  if (!problems.empty()) throw Error(ErrorKind::bad_data, std::move(problems));
}

}  // namespace corridor
