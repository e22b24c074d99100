// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/group_layout.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "host/plan/contract_basis.hpp"
#include "host/plan/money.hpp"

namespace corridor {
namespace {

/// The columns a member row is made of; read in place because a book has millions of rows.
struct MemberColumns {
  const std::vector<std::uint16_t>& distribution;
  const std::vector<double>& scale;
  const std::vector<float>* exposure;
  const std::vector<double>* laser;
  const std::vector<std::uint32_t>* family;
  const std::vector<double>* unpaid;

  explicit MemberColumns(const Table& members)
      : distribution(std::get<std::vector<std::uint16_t>>(members.find("distribution")->values)),
        scale(std::get<std::vector<double>>(members.find("scale")->values)),
        exposure(optional<float>(members, "exposure")),
        laser(optional<double>(members, "laser_usd")),
        family(optional<std::uint32_t>(members, "family")),
        unpaid(optional<double>(members, "prior_year_unpaid_usd")) {}

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
    member.inverse_exposure =
        static_cast<float>(1.0 / static_cast<double>((*columns.exposure)[row]));
  }
  return member;
}

/// What sets single persons of a group apart.
class OwnTermsOf {
 public:
  OwnTermsOf(const Portfolio& portfolio, const MemberColumns& columns, std::size_t group)
      : columns_(columns), first_(portfolio.member_offset[group]) {
    const std::size_t last = portfolio.member_offset[group + 1];
    family_deductible_ =
        cents_of(portfolio.groups.number("specific_family_deductible_usd", group, HUGE_VAL));
    runs_in_ = specific_windows(portfolio, group).run_in > 0 ||
               aggregate_windows(portfolio, group).run_in > 0;
    if (family_deductible_ >= unlimited) return;
    for (std::size_t row = first_; row < last; ++row) {
      if (family_number(row) != 0) ++family_size_[family_number(row)];
    }
  }

  Cents family_deductible() const {
    const auto has_two = [](const auto& family) { return family.second > 1; };
    const bool any = std::any_of(family_size_.begin(), family_size_.end(), has_two);
    return any ? family_deductible_ : unlimited;
  }

  double laser_usd(std::size_t row) const { return columns_.laser ? (*columns_.laser)[row] : NAN; }

  /// Family of a person that a family deductible works on, 0 for none: it takes two persons without
  /// lasers, since a laser keeps a person's claims out of the family's.
  std::uint32_t family(std::size_t row) const {
    const std::uint32_t number = family_size_.empty() ? 0 : family_number(row);
    return number != 0 && family_size_.at(number) > 1 ? number : 0;
  }

  /// Claims of the year before that the policy's year will pay; below 0 where they are drawn.
  Cents known_run_in(std::size_t row) const {
    if (!runs_in_ || columns_.unpaid == nullptr) return -1;
    const double usd = (*columns_.unpaid)[row];
    return std::isnan(usd) ? -1 : cents_of(usd);
  }

 private:
  std::uint32_t family_number(std::size_t row) const {
    return columns_.family && std::isnan(laser_usd(row)) ? (*columns_.family)[row] : 0;
  }

  const MemberColumns& columns_;
  std::size_t first_;
  Cents family_deductible_ = unlimited;
  bool runs_in_ = false;
  std::map<std::uint32_t, std::size_t> family_size_;
};

/// Cap of those in the main loop: the largest of any law in it.
Cents common_maximum(const GroupMembers& members, const ClaimTables& tables, const OwnTermsOf& own,
                     std::size_t first) {
  double maximum_usd = 0;
  for (std::size_t i = 0; i < members.rows.size(); ++i) {
    if (!std::isnan(own.laser_usd(first + i))) continue;
    maximum_usd = std::max(maximum_usd, tables.maximum_usd[members.rows[i].table]);
  }
  return maximum_usd > 0 ? cents_of(maximum_usd) : unlimited;
}

/// Families side by side, persons without one first; else in member order.
void sort_by_family(std::vector<OwnTerms>& personal) {
  std::stable_sort(personal.begin(), personal.end(), [](const OwnTerms& a, const OwnTerms& b) {
    return a.person.family < b.person.family;
  });
}

void add_person(std::size_t index, double laser_usd, std::uint32_t family, Cents known_run_in,
                Cents own_maximum, GroupMembers& members) {
  Member& member = members.rows[index];
  if (std::isnan(laser_usd) && own_maximum == members.maximum && family == 0 && known_run_in < 0) {
    return;
  }
  OwnTerms own;
  own.person = {static_cast<std::uint32_t>(index), member, own_maximum, family, known_run_in};
  own.deductible = std::isnan(laser_usd) ? 0 : cents_of(laser_usd);
  members.personal.push_back(own);
  member = Member{0, member.table, 1, 0};
}

}  // namespace

GroupMembers group_members(const Portfolio& portfolio, const ClaimTables& tables,
                           std::size_t group) {
  const MemberColumns columns(portfolio.members);
  const OwnTermsOf own(portfolio, columns, group);
  const std::size_t first = portfolio.member_offset[group];
  const std::size_t last = portfolio.member_offset[group + 1];
  GroupMembers result;
  for (std::size_t row = first; row < last; ++row) {
    result.rows.push_back(member_row(columns, tables, row));
    if (result.rows.back().inverse_exposure != 1) result.exposed = true;
  }
  result.maximum = common_maximum(result, tables, own, first);
  result.family_deductible = own.family_deductible();
  for (std::size_t i = 0; i < last - first; ++i) {
    const Cents own_maximum = cents_of(tables.maximum_usd[result.rows[i].table]);
    add_person(i, own.laser_usd(first + i), own.family(first + i), own.known_run_in(first + i),
               own_maximum, result);
  }
  sort_by_family(result.personal);
  result.rows.resize((result.rows.size() + member_row_padding - 1) / member_row_padding *
                     member_row_padding);
  return result;
}

}  // namespace corridor
