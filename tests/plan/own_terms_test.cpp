// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "corridor/error.hpp"
#include "host/plan/make_plan.hpp"
#include "host/plan/neighbour.hpp"
#include "tests/plan/made_up_portfolio.hpp"

namespace corridor {
namespace {

using made_up::add_group_column;
using made_up::add_member_column;

Portfolio group_of(std::uint64_t size) {
  Portfolio book = made_up::portfolio({size});
  add_group_column(book, "effect_cv", {0});
  return book;
}

Plan planned(const Portfolio& book, std::vector<double> specific_usd = {1'000}) {
  RunOptions options;
  options.specific_usd = std::move(specific_usd);
  return make_plan(book, made_up::tables({25e6}, 0), options);
}

TEST(KnownRunIn, IsThePersonsOwnInCentsWhereAContractRunsIn) {
  Portfolio book = group_of(3);
  add_member_column(book, "prior_year_unpaid_usd", {NAN, 0, 1'234.56});
  EXPECT_EQ(planned(book).book->jobs[0].group.personal_count, 0u);

  add_group_column(book, "run_in_months", {12});
  add_group_column(book, "run_out_months", {0});
  const Plan plan = planned(book);
  const GroupView& group = plan.book->jobs[0].group;
  ASSERT_EQ(group.personal_count, 2u);
  EXPECT_EQ(group.personal[0].member, 1u);
  EXPECT_EQ(group.personal[0].known_run_in, 0);
  EXPECT_EQ(group.personal[1].member, 2u);
  EXPECT_EQ(group.personal[1].known_run_in, 1'234'56);
}

TEST(KnownRunIn, IsDrawnForALaserWhoseClaimsAreNotKnown) {
  Portfolio book = group_of(2);
  add_member_column(book, "laser_usd", {NAN, 5'000});
  add_member_column(book, "prior_year_unpaid_usd", {NAN, NAN});
  add_group_column(book, "run_in_months", {12});
  const Plan plan = planned(book);
  ASSERT_EQ(plan.book->jobs[0].group.personal_count, 1u);
  EXPECT_LT(plan.book->jobs[0].group.personal[0].known_run_in, 0);
}

TEST(Neighbours, HaveNoFamiliesAndNothingThatHasNoExactLaw) {
  Portfolio book = group_of(4);
  book.members.columns.push_back({"family", 1, std::vector<std::uint32_t>{7, 7, 0, 0}});
  add_group_column(book, "specific_family_deductible_usd", {5'000});
  add_group_column(book, "run_in_months", {12});
  add_group_column(book, "aggregate_run_in_months", {3});  // counted on a basis of its own
  add_group_column(book, "run_in_limit_group_usd", {2'000});
  const Plan plan = planned(book);
  const GroupJob& own = plan.book->jobs[0];
  ASSERT_NE(own.counted, nullptr);
  ASSERT_EQ(own.group.family_deductible, 5'000'00);

  const std::shared_ptr<Book> beside = neighbours(*plan.book);
  const GroupJob& job = beside->jobs.at(0);
  EXPECT_EQ(job.group.family_deductible, unlimited);
  ASSERT_NE(job.counted, nullptr);
  EXPECT_NE(job.counted, own.counted);
  EXPECT_EQ(job.counted->basis, own.counted->basis);
  EXPECT_EQ(job.counted->family_deductible, unlimited);
  EXPECT_EQ(own.counted->family_deductible, 5'000'00) << "the book itself stays";
  EXPECT_EQ(own.rows[0].terms.group_limit, 2'000'00);
  EXPECT_EQ(job.rows[0].terms.group_limit, unlimited);
  EXPECT_EQ(job.rows[0].terms.deductible, own.rows[0].terms.deductible);
}

TEST(Neighbours, KeepWhatElseCountsButWhatTheAggregatingSpecificAbsorbs) {
  GridRow row;
  row.terms.counts_lasers = 1;
  row.terms.also = AggregateCounts::laser_band | AggregateCounts::asd_absorbed;
  const GridRow plain = neighbour(row);
  EXPECT_EQ(plain.terms.counts_lasers, 0);
  EXPECT_EQ(plain.terms.also, AggregateCounts::laser_band);
}

TEST(Deductibles, OfNothingAreRefused) {
  for (const double usd : {0.0, -1.0, std::nan("")}) {
    try {
      planned(group_of(2), {usd, 2'000});
      FAIL() << usd;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
      EXPECT_NE(std::string(error.what()).find("above 0"), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace corridor
