// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "host/exact/exact_means.hpp"
#include "kernels/lane/group_year.hpp"
#include "tests/exact/made_book.hpp"

namespace corridor {
namespace {

// Five persons whose claims are certain, each of an own constant law, with a specific deductible of
// 100,000 and a laser of 300,000 on the third. What follows from them is worked by hand: excesses
// of 0, 30,000, 320,000, 0 and 210,000, and claims up to 100,000 of 435,000.
constexpr double claims_usd[] = {40e3, 130e3, 620e3, 95e3, 310e3};
constexpr std::uint32_t lasered = 2;

Terms deductible_of_100k() {
  Terms terms;
  terms.deductible = made::usd(100e3);
  return terms;
}

/// `limit_usd` above the deductible as a threshold, for each person; 0 for no limit.
made::Group group_with(const Terms& terms, double limit_usd) {
  made::Group group;
  for (std::uint32_t i = 0; i < 5; ++i)
    group.members.push_back(made::member(i == lasered ? 0 : 1, i));
  group.thresholds = {made::usd(100e3)};
  std::vector<Cents> own{made::usd(300e3)};
  GridRow row = made::plain_row(0);
  row.terms = terms;
  if (limit_usd > 0) {
    row.limit_threshold = 1;
    group.thresholds.push_back(made::usd(100e3 + limit_usd));
    own.push_back(made::usd(300e3 + limit_usd));
  }
  group.personal = {{lasered, made::member(1, lasered), own, unlimited}};
  group.rows = {row};
  return group;
}

Book book_of(const made::Group& group) {
  std::vector<made::Table> laws;
  for (const double claim : claims_usd) laws.push_back(made::table_of(made::constant(claim)));
  made::BookMaker maker(laws);
  maker.add(group);
  return maker.book();
}

YearState through_terms(const Book& book, const StopLossSums& sums, Cents attachment) {
  const GroupJob& job = book.jobs[0];
  std::vector<Cents> columns(sums_columns(job.group));
  store(job.group, sums, {columns.data(), 1}, 0);
  YearState year = year_state(job.group, job.rows[0], {columns.data(), 1}, 0);
  Terms terms = job.rows[0].terms;
  terms.attachment = attachment;
  terms.apply(year);
  return year;
}

YearState lane_year(const made::Group& group, double attachment_usd) {
  const Book book = book_of(group);
  const StopLossSums sums = simulate_year(book.jobs[0].group, 17, Philox{round_keys(5)});
  return through_terms(book, sums, made::usd(attachment_usd));
}

Terms first_vector() {
  Terms terms = deductible_of_100k();
  terms.retention = made::usd(75e3);
  terms.AggregateCover::limit = made::usd(1e6);
  return terms;
}

Terms second_vector() {
  Terms terms = deductible_of_100k();
  terms.SpecificReimbursement::share = 0.9;
  terms.SpecificLimit::limit = made::usd(180e3);
  terms.retention = made::usd(75e3);
  terms.AggregateCover::share = 0.9;
  terms.AggregateCover::limit = made::usd(20e3);
  return terms;
}

// Monthly factors of 600 and 1,500 with 30 then 34 singles and 10 families make 410,400.
constexpr double attachment_usd = 410'400;

TEST(WorkedVector, SpecificAggregatingAndAggregateToTheCent) {
  const YearState year = lane_year(group_with(first_vector(), 0), attachment_usd);
  EXPECT_EQ(year.ground_up, made::usd(1'195e3));
  EXPECT_EQ(year.specific_before_asd, made::usd(560e3));
  EXPECT_EQ(year.specific, made::usd(485e3));
  EXPECT_EQ(year.counted, made::usd(435e3));
  EXPECT_EQ(year.aggregate, made::usd(24'600));
  EXPECT_EQ(carrier(year), made::usd(509'600));
  EXPECT_EQ(employer(year), made::usd(685'400));
}

TEST(WorkedVector, AnAggregateThatCountsTheLaserBandPaysMore) {
  Terms terms = first_vector();
  terms.also = AggregateCounts::laser_band;
  const YearState year = lane_year(group_with(terms, 0), attachment_usd);
  EXPECT_EQ(year.counted, made::usd(635e3));
  EXPECT_EQ(year.aggregate, made::usd(224'600));
}

TEST(WorkedVector, ShareAndLimitOnThePaymentToTheCent) {
  const YearState year = lane_year(group_with(second_vector(), 200e3), attachment_usd);
  EXPECT_EQ(year.specific_before_asd, made::usd(387e3));
  EXPECT_EQ(year.specific, made::usd(312e3));
  EXPECT_EQ(year.counted, made::usd(435e3));
  EXPECT_EQ(year.aggregate, made::usd(20e3));
  EXPECT_EQ(employer(year), made::usd(863e3));
}

TEST(WorkedVector, WhatTheEmployerKeepsBeforeTheAggregateIsTheSumOfItsParts) {
  const YearState year = lane_year(group_with(second_vector(), 200e3), attachment_usd);
  EXPECT_EQ(year.laser_band, made::usd(200e3));
  EXPECT_EQ(year.asd_absorbed, made::usd(75e3));
  EXPECT_EQ(year.coinsurance, made::usd(56e3));
  EXPECT_EQ(year.over_limit, made::usd(117e3));
  EXPECT_EQ(year.counted + year.laser_band + year.asd_absorbed + year.coinsurance + year.over_limit,
            made::usd(883e3));
}

TEST(WorkedVector, LimitOnTheLayerBeforeTheShareToTheCent) {
  Terms terms = second_vector();
  terms.basis = SpecificLimit::layer;
  terms.limit_is_on_payment = 0;
  const YearState year = lane_year(group_with(terms, 180e3), attachment_usd);
  EXPECT_EQ(year.specific, made::usd(276e3));
  EXPECT_EQ(carrier(year) + employer(year), year.ground_up);
}

TEST(WorkedVector, LimitBecomesTheThresholdThatTheLaneUses) {
  const Terms terms = second_vector();
  EXPECT_EQ(terms.threshold(made::usd(100e3), 0.9), made::usd(300e3));
  EXPECT_EQ(terms.threshold(made::usd(300e3), 0.9), made::usd(500e3));
}

TEST(WorkedVector, EveryInstructionSetGivesTheSameCents) {
  const Book book = book_of(group_with(second_vector(), 200e3));
  const GroupView& group = book.jobs[0].group;
  const StopLossSums expected = simulate_year(group, 0, Philox{round_keys(5)});
  for (const std::string& set : cpu::instruction_sets()) {
    std::vector<Cents> sums(sums_columns(group) * std::size_t{40});
    cpu::make_backend({1, set, 0}, book.table_set())->simulate(group, 5, 0, 40, {sums.data(), 40});
    for (std::size_t year = 0; year < 40; ++year) {
      EXPECT_EQ(sums[year], expected.ground_up) << set;
      EXPECT_EQ(sums[40 + year], expected.excess[0]) << set;
      EXPECT_EQ(sums[3 * 40 + year], expected.band[0]) << set;
    }
  }
}

TEST(WorkedVector, ExactMeansOfCertainClaimsAreTheClaims) {
  const ExactMeans means = exact_means(book_of(group_with(second_vector(), 200e3)));
  EXPECT_NEAR(means.ground_up_usd[0], 1'195e3, 1e-6);
  EXPECT_NEAR(means.rows[0][0].specific_before_asd_usd, 387e3, 1e-6);
  EXPECT_NEAR(means.rows[0][0].retained_usd, 435e3, 1e-6);
}

}  // namespace
}  // namespace corridor
