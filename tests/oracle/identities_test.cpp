// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/oracle/mixed_book.hpp"
#include "tests/oracle/simulated.hpp"

namespace corridor::oracle {
namespace {

constexpr std::uint32_t year_count = 5'000;

/// Visits every simulated year of every row of the mixed book, an aggregating specific and a
/// limited aggregate put on top.
template <class Visit>
void each_year(const Visit& visit) {
  const Book book = mixed_book();
  for (std::size_t job = 0; job < book.jobs.size(); ++job) {
    const SimulatedYears years(book, job, year_count);
    for (std::uint32_t r = 0; r < book.jobs[job].row_count; ++r) {
      GridRow row = book.jobs[job].rows[r];
      row.terms.retention = made::usd(40e3);
      row.terms.AggregateCover::share = 0.9;
      row.terms.AggregateCover::limit = made::usd(250e3);
      row.terms.also |= AggregateCounts::asd_absorbed;
      for (std::uint32_t y = 0; y < year_count; ++y) visit(years.year(row, made::usd(450e3), y));
    }
  }
}

TEST(EveryPath, EmployerAndCarrierPayTheGroundUpClaimsToTheCent) {
  each_year([](const YearState& year) {
    const Cents kept_before_aggregate = year.ground_up - year.specific;
    EXPECT_EQ(employer(year) + year.specific + year.aggregate, year.ground_up);
    EXPECT_EQ(employer(year), kept_before_aggregate - year.aggregate);
    EXPECT_GE(employer(year), 0);
    EXPECT_GE(year.specific, 0);
    EXPECT_GE(year.aggregate, 0);
  });
}

TEST(EveryPath, TheExcessIsTheSumOfWhoBearsIt) {
  each_year([](const YearState& year) {
    EXPECT_EQ(
        year.laser_band + year.over_limit + year.coinsurance + year.asd_absorbed + year.specific,
        year.excess);
  });
}

TEST(EveryPath, WhatCountsIsWhatTheSpecificDidNotPay) {
  each_year([](const YearState& year) {
    EXPECT_GE(year.counted, 0);
    EXPECT_LE(year.counted, year.ground_up - year.specific);
    EXPECT_LE(year.aggregate, excess_over(year.counted, made::usd(450e3)));
  });
}

/// Deductibles 10,000 apart on one group, so that second differences are what convexity says.
Book ladder() {
  made::BookMaker maker({silver_table(), lognormal_table(9000, 2.5, 0.2)});
  made::Group group;
  for (int i = 0; i < 90; ++i) group.members.push_back(made::member(0.5 + 0.01 * i, i % 2));
  group.thresholds.clear();
  for (std::uint32_t k = 0; k < 12; ++k) {
    group.thresholds.push_back(made::usd(20e3 + 10e3 * k));
    group.rows.push_back(made::plain_row(k));
  }
  group.effect = {0, 0.15, 0};
  maker.add(group);
  return maker.book();
}

TEST(EveryPath, SpecificPayoutFallsAndIsConvexInTheDeductible) {
  const Book book = ladder();
  const SimulatedYears years(book, 0, year_count);
  const GridRow* rows = book.jobs[0].rows;
  for (std::uint32_t y = 0; y < year_count; ++y) {
    const auto paid = [&](std::uint32_t r) { return years.year(rows[r], unlimited, y).specific; };
    for (std::uint32_t r = 1; r + 1 < book.jobs[0].row_count; ++r) {
      EXPECT_LE(paid(r), paid(r - 1));
      EXPECT_LE(2 * paid(r), paid(r - 1) + paid(r + 1));
    }
  }
}

TEST(EveryPath, AggregatePayoutFallsAndIsConvexInTheAttachment) {
  const Book book = ladder();
  const SimulatedYears years(book, 0, year_count);
  for (std::uint32_t y = 0; y < year_count; ++y) {
    const auto paid = [&](int step) {
      return years.year(book.jobs[0].rows[3], made::usd(400e3 + 20e3 * step), y).aggregate;
    };
    for (int step = 1; step < 20; ++step) {
      EXPECT_LE(paid(step), paid(step - 1));
      EXPECT_LE(2 * paid(step), paid(step - 1) + paid(step + 1));
    }
  }
}

TEST(EveryPath, ClaimsThatCountRiseWithTheDeductible) {
  const Book book = ladder();
  const SimulatedYears years(book, 0, year_count);
  for (std::uint32_t y = 0; y < year_count; ++y) {
    for (std::uint32_t r = 1; r < book.jobs[0].row_count; ++r) {
      EXPECT_GE(years.year(book.jobs[0].rows[r], unlimited, y).counted,
                years.year(book.jobs[0].rows[r - 1], unlimited, y).counted);
    }
  }
}

}  // namespace
}  // namespace corridor::oracle
