// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/member_parts.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <utility>

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

/// By group of the part under way and index in the group.
using SumsOfMember = std::unordered_map<std::uint64_t, PartSums>;

std::uint64_t key_of(std::size_t group, std::uint32_t member) {
  return std::uint64_t{group} << 32 | member;
}

SumsOfMember member_sums(const SimulatedBook& book, std::span<const TailGroup> groups,
                         const ContributionYears& years) {
  struct Part {
    SumsOfMember sums;
    std::vector<YearClaim> claims;
  };
  tbb::enumerable_thread_specific<Part> parts;
  const Philox draw{round_keys(book.seed)};
  each_chosen_year(
      groups, book.backend, book.seed, years.years,
      [&](std::size_t group, std::uint32_t year, SumsView sums, std::uint64_t at) {
        if (groups[group].year(sums, at).specific_before_asd == 0) return;
        Part& part = parts.local();
        const PersonPayout payout(groups[group]);
        part.claims.clear();
        add_claims_above(groups[group].job().group, draw, year, payout.deductible(), part.claims);
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

LargestMembers::LargestMembers(const SimulatedBook& book, ContributionYears years,
                               std::size_t most)
    : book_(book), tail_(std::move(years), 0), most_(most) {}

void LargestMembers::add(std::span<const TailGroup> groups) {
  for (const auto& [key, sums] : member_sums(book_, groups, tail_.years())) {
    largest_.push_back({groups_ + (key >> 32), static_cast<std::uint32_t>(key),
                        tail_.contribution(sums)});
    everybody_.merge(sums);
  }
  groups_ += groups.size();
  keep_largest();
}

void LargestMembers::keep_largest() {
  std::sort(largest_.begin(), largest_.end(), [](const MemberPart& a, const MemberPart& b) {
    return std::make_tuple(-a.contribution.tvar_usd, a.group, a.member) <
           std::make_tuple(-b.contribution.tvar_usd, b.group, b.member);
  });
  largest_.resize(std::min(most_, largest_.size()));
  largest_.shrink_to_fit();
}

std::vector<MemberPart> LargestMembers::found() const {
  std::vector<MemberPart> members = largest_;
  const double whole = tail_.contribution(everybody_).tvar_usd;
  for (MemberPart& member : members) {
    member.contribution.share = whole > 0 ? member.contribution.tvar_usd / whole
                                          : std::numeric_limits<double>::quiet_NaN();
  }
  return members;
}

}  // namespace corridor
