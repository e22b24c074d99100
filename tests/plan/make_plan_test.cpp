// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/make_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "kernels/book.hpp"
#include "kernels/lane/group_year.hpp"
#include "tests/plan/made_up_portfolio.hpp"

namespace corridor {
namespace {

using made_up::add_group_column;
using made_up::add_member_column;
using testing::ElementsAre;

Portfolio without_effects(const std::vector<std::uint64_t>& sizes) {
  Portfolio book = made_up::portfolio(sizes);
  add_group_column(book, "effect_cv", std::vector<double>(sizes.size(), 0.0));
  return book;
}

RunOptions with_specific(std::vector<double> usd) {
  RunOptions options;
  options.specific_usd = std::move(usd);
  return options;
}

TEST(Grid, WithoutListsIsOneRowOfBoundTerms) {
  Portfolio book = without_effects({3, 4});
  add_group_column(book, "specific_deductible_usd", {50'000, HUGE_VAL});
  const Plan plan = make_plan(book, made_up::tables({25e6}, 0), {});
  ASSERT_EQ(plan.quotes.size(), 2u);
  EXPECT_EQ(plan.quotes[0].specific_deductible_usd, 50'000);
  EXPECT_TRUE(std::isinf(plan.quotes[1].specific_deductible_usd));
}

TEST(Grid, TheCommandsListReplacesTheBooks) {
  Portfolio book = without_effects({3});
  book.quote_specific_usd = {1000, 2000, 3000};
  EXPECT_EQ(make_plan(book, made_up::tables({25e6}, 0), {}).quotes.size(), 3u);
  EXPECT_EQ(make_plan(book, made_up::tables({25e6}, 0), with_specific({7000})).quotes.size(), 1u);
}

TEST(Grid, ADescendingListIsRefused) {
  try {
    make_plan(without_effects({3}), made_up::tables({25e6}, 0), with_specific({2000, 1000}));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
  }
}

TEST(Layout, MemberRowsOfEveryGroupArePaddedWithPersonsWithoutClaims) {
  const Plan plan = make_plan(without_effects({3, 9}), made_up::tables({25e6}, 0), {});
  EXPECT_EQ(plan.book->members.size(), 8u + 16u);
  EXPECT_EQ(plan.book->jobs[1].group.members, plan.book->members.data() + 8);
  EXPECT_EQ(plan.book->members[2].scale, 1);
  EXPECT_EQ(plan.book->members[3].scale, 0);
  EXPECT_EQ(plan.book->jobs[1].group.member_count, 9u);
}

TEST(Lasers, DrawThePersonInTheSecondLoopAtTheHigherDeductible) {
  Portfolio book = without_effects({3});
  add_member_column(book, "laser_usd", {NAN, 1500, NAN});
  const Plan plan = make_plan(book, made_up::tables({25e6}, 0), with_specific({1000, 2000}));
  const GroupView& group = plan.book->jobs[0].group;
  ASSERT_EQ(group.personal_count, 1u);
  EXPECT_EQ(group.personal[0].member, 1u);
  EXPECT_EQ(group.personal[0].terms.scale, 1);
  EXPECT_EQ(group.members[1].scale, 0);
  EXPECT_THAT(std::vector<Cents>(group.personal_thresholds, group.personal_thresholds + 2),
              ElementsAre(150'000, 200'000));
  EXPECT_THAT(plan.quotes[0].flags, ElementsAre());
  EXPECT_THAT(plan.quotes[1].flags, ElementsAre("LASER_BELOW_DEDUCTIBLE"));
}

TEST(Caps, APersonWhoseLawHasAnotherCapIsCutAtTheirOwn) {
  Portfolio book = without_effects({2});
  std::get<std::vector<std::uint16_t>>(book.members.columns[0].values)[1] = 1;
  std::get<std::vector<double>>(book.members.columns[1].values) = {20'000, 20'000};
  const Plan plan = make_plan(book, made_up::tables({30e6, 15e6}, 0), with_specific({1e6}));
  const GroupView& group = plan.book->jobs[0].group;
  EXPECT_EQ(group.maximum, 3'000'000'000);
  ASSERT_EQ(group.personal_count, 1u);
  EXPECT_EQ(group.personal[0].maximum, 1'500'000'000);
  const StopLossSums sums = simulate_year(group, 0, Philox{round_keys(1)});
  EXPECT_EQ(sums.ground_up, 3'500'000'000);
  EXPECT_EQ(sums.excess[0], 3'300'000'000);
  EXPECT_EQ(sums.band[0], 0);
}

TEST(Effects, FollowTheListInFp32OrderAndPointIntoTheTables) {
  Portfolio book = made_up::portfolio({3});
  book.market["book_cv"] = 0.03;
  add_group_column(book, "effect_cv", {0.2});
  const Plan plan = make_plan(book, made_up::tables({25e6}, 3), {});
  const GroupView& group = plan.book->jobs[0].group;
  ASSERT_EQ(group.effect_count, 3u);
  for (std::uint32_t e = 0; e < 3; ++e) {
    const auto offset = group.effects[e].severity - plan.book->tables->data();
    EXPECT_GE(offset, bucket_count);
    EXPECT_EQ(offset % bucket_count, 0);
  }
  EXPECT_FALSE(group.thinned);
}

TEST(Exposure, BelowOneMakesTheGroupThinned) {
  Portfolio book = without_effects({2, 2});
  book.members.columns.push_back({"exposure", 1, std::vector<float>{1, 1, 0.5f, 1}});
  const Plan plan = make_plan(book, made_up::tables({25e6}, 0), {});
  EXPECT_FALSE(plan.book->jobs[0].group.thinned);
  EXPECT_TRUE(plan.book->jobs[1].group.thinned);
  EXPECT_EQ(plan.book->jobs[1].group.members[0].inverse_exposure, 2);
}

TEST(Overflow, AScaleBeyondCentsIsNamedWithItsRow) {
  Portfolio book = without_effects({2, 2});
  std::get<std::vector<double>>(book.members.columns[1].values)[3] = 1e15;
  try {
    make_plan(book, made_up::tables({25e6}, 0), {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    ASSERT_EQ(error.problems().size(), 1u);
    EXPECT_EQ(error.problems()[0].row, 3u);
    EXPECT_EQ(error.problems()[0].group, "G1");
  }
}

TEST(Caps, TablesAreFlatWhereTheCapCutsEveryClaim) {
  ClaimTables tables = made_up::tables({25e6}, 0);
  tables.buckets[0] = {1e12f, 0};
  const Plan plan = make_plan(without_effects({2}), std::move(tables), {});
  EXPECT_EQ(plan.book->tables->at(0).intercept, 64 * 50e6f);  // twice the cap over the rung of scale 1
  EXPECT_EQ(plan.book->tables->at(1).intercept, 1000.0f);
}

TEST(Attachments, OfQuotedCorridorsAscendInEveryRow) {
  Portfolio book = without_effects({3});
  RunOptions options = with_specific({1000, 2000});
  options.corridor = {1.1, 1.25};
  Plan plan = make_plan(book, made_up::tables({25e6}, 0), options);
  plan.exact.rows = {{{800, 0}, {1600, 0}}};
  set_attachments(book, plan);
  ASSERT_EQ(plan.quotes.size(), 4u);
  EXPECT_NEAR(plan.quotes[3].aggregate_attachment_usd, 2000, 1e-9);
  const GridRow& row = plan.book->jobs[0].rows[1];
  ASSERT_EQ(row.attachment_count, 2u);
  EXPECT_EQ(row.attachments[0], 176'000);
  EXPECT_EQ(row.attachments[1], 200'000);
}

}  // namespace
}  // namespace corridor
