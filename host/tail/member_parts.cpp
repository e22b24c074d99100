// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/member_parts.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <unordered_map>

#include "host/tail/year_claims.hpp"

namespace corridor {
namespace {

/// What a group's specific pays for one person.
class PersonPayout {
 public:
  explicit PersonPayout(const TailGroup& group) : view_(group.job().group), row_(group.row()) {}

  /// Claims at or below it pay nothing.
  Cents deductible() const { return view_.thresholds[row_.deductible_threshold]; }

  Cents of(const YearClaim& claim) const {
    const Cents* own = claim.has_own_terms()
                           ? view_.personal_thresholds + claim.person * view_.threshold_count
                           : view_.thresholds;
    Cents covered = excess_over(claim.claim, own[row_.deductible_threshold]);
    if (row_.limit_threshold != GridRow::no_limit) {
      covered -= excess_over(claim.claim, own[row_.limit_threshold]);
    }
    return share_of(covered, row_.terms.SpecificReimbursement::share);
  }

 private:
  const GroupView& view_;
  const GridRow& row_;
};

using SumsOfMember = std::unordered_map<std::uint64_t, PartSums>;

std::uint64_t key_of(std::size_t group, std::uint32_t member) {
  return std::uint64_t{group} << 32 | member;
}

SumsOfMember member_sums(const SimulatedBook& book, const ContributionYears& years) {
  struct Part {
    SumsOfMember sums;
    std::vector<YearClaim> claims;
  };
  tbb::enumerable_thread_specific<Part> parts;
  const Philox draw{round_keys(book.seed)};
  each_chosen_year(
      book.groups, book.backend, book.seed, years.years,
      [&](std::size_t group, std::uint32_t year, SumsView sums, std::uint64_t at) {
        if (book.groups[group].year(sums, at).specific_before_asd == 0) return;
        Part& part = parts.local();
        const PersonPayout payout(book.groups[group]);
        part.claims.clear();
        add_claims_above(book.groups[group].job().group, draw, year, payout.deductible(),
                         part.claims);
        for (const YearClaim& claim : part.claims) {
          const Cents amount = payout.of(claim);
          if (amount == 0) continue;
          part.sums[key_of(group, claim.member)].add(years.roles[years.index_of(year)], amount);
        }
      });
  SumsOfMember all;
  for (const Part& part : parts) {
    for (const auto& [key, sums] : part.sums) all[key].merge(sums);
  }
  return all;
}

}  // namespace

std::vector<MemberPart> largest_members(const SimulatedBook& book, const ContributionYears& years,
                                        std::size_t most) {
  const TailParts tail(years, 0);
  std::vector<MemberPart> members;
  PartSums everybody;
  for (const auto& [key, sums] : member_sums(book, years)) {
    members.push_back(
        {key >> 32, static_cast<std::uint32_t>(key), tail.contribution(sums)});
    everybody.merge(sums);
  }
  const double whole = tail.contribution(everybody).tvar_usd;
  std::sort(members.begin(), members.end(), [](const MemberPart& a, const MemberPart& b) {
    return std::make_tuple(-a.contribution.tvar_usd, a.group, a.member) <
           std::make_tuple(-b.contribution.tvar_usd, b.group, b.member);
  });
  members.resize(std::min(most, members.size()));
  for (MemberPart& member : members) {
    member.contribution.share = whole > 0 ? member.contribution.tvar_usd / whole
                                          : std::numeric_limits<double>::quiet_NaN();
  }
  return members;
}

}  // namespace corridor
