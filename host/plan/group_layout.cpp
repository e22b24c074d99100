// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/group_layout.hpp"

#include <algorithm>
#include <cmath>

#include "host/plan/money.hpp"

namespace corridor {
namespace {

/// The columns a member row is made of; read in place because a book has millions of rows.
struct MemberColumns {
  const std::vector<std::uint16_t>& distribution;
  const std::vector<double>& scale;
  const std::vector<float>* exposure;
  const std::vector<double>* laser;

  explicit MemberColumns(const Table& members)
      : distribution(std::get<std::vector<std::uint16_t>>(members.find("distribution")->values)),
        scale(std::get<std::vector<double>>(members.find("scale")->values)),
        exposure(optional<float>(members, "exposure")),
        laser(optional<double>(members, "laser_usd")) {}

  template <class T>
  static const std::vector<T>* optional(const Table& members, const char* name) {
    const Column* column = members.find(name);
    return column ? &std::get<std::vector<T>>(column->values) : nullptr;
  }
};

Member member_row(const MemberColumns& columns, const ClaimTables& tables, std::size_t row) {
  Member member;
  member.scale = static_cast<float>(columns.scale[row]);
  member.table = tables.table_of.at(columns.distribution[row]);
  if (columns.exposure) {
    member.inverse_exposure = static_cast<float>(1.0 / static_cast<double>((*columns.exposure)[row]));
  }
  return member;
}

double laser_usd(const MemberColumns& columns, std::size_t row) {
  return columns.laser ? (*columns.laser)[row] : NAN;
}

}  // namespace

GroupMembers group_members(const Portfolio& portfolio, const ClaimTables& tables,
                           std::size_t group) {
  const MemberColumns columns(portfolio.members);
  const std::size_t first = portfolio.member_offset[group];
  const std::size_t last = portfolio.member_offset[group + 1];
  GroupMembers result;
  double maximum_usd = 0;
  for (std::size_t row = first; row < last; ++row) {
    result.rows.push_back(member_row(columns, tables, row));
    if (std::isnan(laser_usd(columns, row))) {
      maximum_usd = std::max(maximum_usd, tables.maximum_usd[result.rows.back().table]);
    }
  }
  if (maximum_usd > 0) result.maximum = cents_of(maximum_usd);
  for (std::size_t row = first; row < last; ++row) {
    Member& member = result.rows[row - first];
    const double laser = laser_usd(columns, row);
    const Cents own_maximum = cents_of(tables.maximum_usd[member.table]);
    if (!std::isnan(laser) || own_maximum != result.maximum) {
      const auto index = static_cast<std::uint32_t>(row - first);
      result.personal.push_back({{index, member, own_maximum},
                                 std::isnan(laser) ? 0 : cents_of(laser)});
      member = Member{0, member.table, 1, 0};
    }
    if (member.inverse_exposure != 1) result.exposed = true;
  }
  result.rows.resize((result.rows.size() + member_row_padding - 1) / member_row_padding *
                     member_row_padding);
  return result;
}

}  // namespace corridor
