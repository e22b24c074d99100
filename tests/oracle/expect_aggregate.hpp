// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "host/exact/exact_means.hpp"
#include "tests/exact/made_book.hpp"
#include "tests/oracle/laws.hpp"
#include "tests/oracle/simulated.hpp"

namespace corridor::oracle {

inline Cents aggregate_of(const YearState& year) { return year.aggregate; }
inline Cents counted_of(const YearState& year) { return year.counted; }
inline Cents specific_of(const YearState& year) { return year.specific; }

inline void expect_within(const Estimate& simulated, double exact, const std::string& what) {
  EXPECT_GT(simulated.standard_error, 0) << what;
  EXPECT_NEAR(simulated.mean, exact, 4 * simulated.standard_error) << what;
}

/// One capped-total row against its convolution: claims counted, payouts and their probability at
/// five corridors, and percentiles of what is counted.
inline void expect_aggregate(const SimulatedYears& years, const GridRow& row,
                             const Aggregate& exact) {
  expect_within(years.mean(row, unlimited, counted_of), exact.mean(), "counted");
  for (const double corridor : {1.0, 1.1, 1.2, 1.25, 1.3}) {
    const std::string what = "corridor " + std::to_string(corridor);
    const double attachment = std::round(corridor * exact.mean() * 100) / 100;
    const AggregateFigures figures = exact.at(attachment);
    if (figures.probability * years.count() < 400) continue;
    expect_within(years.mean(row, cents_of(attachment), aggregate_of), figures.payout_usd, what);
    expect_within(years.probability(row, cents_of(attachment), aggregate_of), figures.probability,
                  what);
  }
  for (const double p : {0.5, 0.9, 0.99}) {
    const double found = years.percentile(row, unlimited, p, counted_of);
    const double error = std::sqrt(p * (1 - p) / years.count());
    EXPECT_NEAR(1 - exact.at(found).probability, p, 4 * error) << p;
  }
}

inline made::Group silver_group(std::uint32_t members, double cv) {
  made::Group group;
  group.members.assign(members, made::member(1));
  group.thresholds = {made::usd(50e3)};
  group.rows = {made::plain_row(0)};
  group.effect.group_sigma = std::sqrt(std::log1p(cv * cv));
  return group;
}

struct Mesh {
  double step;
  std::size_t points;
};

inline void expect_silver_group(std::uint32_t members, double cv, std::uint32_t years, Mesh mesh) {
  const std::vector<Bucket> table = silver_table();
  made::BookMaker maker({table});
  maker.add(silver_group(members, cv));
  const Book book = maker.book();
  const Aggregate exact({{parts_of(table.data()), 1, double(members)}}, cv, 50e3, mesh.step,
                        mesh.points);
  SCOPED_TRACE(members);
  expect_aggregate(SimulatedYears(book, 0, years), book.jobs[0].rows[0], exact);
}

/// Simulated payouts in percent of expected retained claims, each at a corridor of the expectation
/// of the simulated law, beside the figures published for the law of atoms. NaN: none is published.
inline void expect_published(std::uint32_t members, double cv, const std::vector<double>& percent) {
  constexpr double corridors[] = {1.0, 1.1, 1.2, 1.25, 1.3};
  const std::vector<Bucket> table = silver_table();
  made::BookMaker maker({table});
  maker.add(silver_group(members, cv));
  const Book book = maker.book();
  const SimulatedYears years(book, 0, 100'000);
  const double expected = exact_means(book).rows[0][0].retained_usd;
  for (std::size_t c = 0; c < percent.size(); ++c) {
    if (std::isnan(percent[c])) continue;
    const Cents attachment = cents_of(corridors[c] * expected);
    const Estimate payout = years.mean(book.jobs[0].rows[0], attachment, aggregate_of);
    EXPECT_NEAR(100 * payout.mean / expected, percent[c],
                400 * payout.standard_error / expected + 0.006)
        << members << " members, corridor " << corridors[c];
  }
}

}  // namespace corridor::oracle
