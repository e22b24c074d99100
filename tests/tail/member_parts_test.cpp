// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/member_parts.hpp"

#include <gtest/gtest.h>

#include "host/risk/risk.hpp"
#include "tests/tail/made_up_book.hpp"

namespace corridor {
namespace {

constexpr std::uint32_t years = 4000;
constexpr std::uint64_t seed = 3;

/// Groups with a share, a limit, lasers, an excluded person and run-in.
class Members : public testing::Test {
 protected:
  Members()
      : book_(made_up::heavy_book()),
        backend_(cpu::make_backend({2, "", 0}, book_.plan.book->table_set())),
        groups_(book_.groups()),
        years_(book_years(groups_, 0, *backend_, seed, years)) {
    for (std::uint32_t y = 0; y < years; ++y) before_asd_.push_back(0);
    for (const TailGroup& group : groups_) {
      const std::vector<GroupJob> jobs{group.job()};
      const YearBlock all{0, years};
      backend_->each_block(jobs, seed, {&all, 1}, [&](std::size_t, std::size_t, SumsView sums) {
        for (std::uint32_t y = 0; y < years; ++y) {
          before_asd_[y] += group.year(sums, y).specific_before_asd;
        }
      });
    }
  }

  std::vector<MemberPart> largest(const ContributionYears& tail, std::size_t most,
                                  std::size_t at_a_time = 3) {
    const CededYears nothing_ceded{{}, before_asd_};
    const SimulatedBook book{years_, no_programme_, nothing_ceded, *backend_, seed};
    LargestMembers members(book, tail, most);
    for (std::span<const TailGroup> rest = groups_; !rest.empty();) {
      const std::size_t count = std::min(at_a_time, rest.size());
      members.add(rest.first(count));
      rest = rest.subspan(count);
    }
    return members.found();
  }

  static void expect_same(const std::vector<MemberPart>& a, const std::vector<MemberPart>& b) {
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t m = 0; m < a.size(); ++m) {
      EXPECT_EQ(a[m].group, b[m].group) << m;
      EXPECT_EQ(a[m].member, b[m].member) << m;
      EXPECT_EQ(a[m].contribution.tvar_usd, b[m].contribution.tvar_usd) << m;
      EXPECT_EQ(a[m].contribution.tvar_se_usd, b[m].contribution.tvar_se_usd) << m;
      EXPECT_EQ(a[m].contribution.share, b[m].contribution.share) << m;
    }
  }

  made_up::BoundBook book_;
  std::unique_ptr<Backend> backend_;
  std::vector<TailGroup> groups_;
  BookYears years_;
  std::vector<Cents> before_asd_;
  Programme no_programme_;
};

TEST_F(Members, TogetherMakeTheTvarOfWhatTheSpecificsPay) {
  const Level level = parse_level("0.99");
  double sum = 0, shares = 0;
  for (const MemberPart& member : largest(contribution_years(before_asd_, level), 1000)) {
    sum += member.contribution.tvar_usd;
    shares += member.contribution.share;
  }
  const double tvar = risk_at(ascending(before_asd_), level).tvar_usd;
  EXPECT_NEAR(sum / tvar, 1, 1e-7);  // a share is rounded once a group there
  EXPECT_NEAR(shares, 1, 1e-12);
}

TEST_F(Members, ComeLargestFirstAndNoMoreThanAsked) {
  const std::vector<MemberPart> members =
      largest(contribution_years(before_asd_, parse_level("0.99")), 5);
  ASSERT_EQ(members.size(), 5u);
  for (std::size_t m = 1; m < members.size(); ++m) {
    EXPECT_GE(members[m - 1].contribution.tvar_usd, members[m].contribution.tvar_usd);
  }
}

TEST_F(Members, AnExcludedPersonIsPaidNothing) {
  // Row 50 of the members is the second group's person 20.
  for (const MemberPart& member :
       largest(contribution_years(before_asd_, parse_level("0.9")), 1000)) {
    EXPECT_FALSE(member.group == 1 && member.member == 20);
  }
}

TEST_F(Members, AreTheSameForAnyNumberOfThreads) {
  const ContributionYears tail = contribution_years(before_asd_, parse_level("0.99"));
  const std::vector<MemberPart> two = largest(tail, 10);
  backend_ = cpu::make_backend({1, "", 0}, book_.plan.book->table_set());
  expect_same(largest(tail, 10), two);
}

TEST_F(Members, AreTheSameAGroupAtATime) {
  const ContributionYears tail = contribution_years(before_asd_, parse_level("0.99"));
  const std::vector<MemberPart> whole = largest(tail, 10);
  ASSERT_EQ(whole.size(), 10u);
  expect_same(largest(tail, 10, 1), whole);
}

}  // namespace
}  // namespace corridor
