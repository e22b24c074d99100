// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "host/exact/exact_means.hpp"
#include "tests/oracle/mixed_book.hpp"
#include "tests/oracle/simulated.hpp"

namespace corridor::oracle {
namespace {

Cents ground_up_of(const YearState& year) { return year.ground_up; }
Cents counted_of(const YearState& year) { return year.counted; }
Cents specific_before_asd_of(const YearState& year) { return year.specific_before_asd; }

void expect_within(const Estimate& simulated, double exact, const std::string& what) {
  EXPECT_GT(simulated.standard_error, 0) << what;
  EXPECT_NEAR(simulated.mean, exact, 4 * simulated.standard_error) << what;
}

TEST(ExactMeansAgainstSimulation, AgreeOnEveryRowOfGroupsWithEverything) {
  Book book = mixed_book();
  recentre(book);
  const ExactMeans exact = exact_means(book);
  for (std::size_t job = 0; job < book.jobs.size(); ++job) {
    const SimulatedYears years(book, job, 200'000, 7);
    const GridRow* rows = book.jobs[job].rows;
    SCOPED_TRACE("group " + std::to_string(job));
    expect_within(years.mean(rows[0], unlimited, ground_up_of), exact.ground_up_usd[job],
                  "ground-up");
    for (std::uint32_t r = 0; r < book.jobs[job].row_count; ++r) {
      const std::string what = "row " + std::to_string(r);
      expect_within(years.mean(rows[r], unlimited, counted_of), exact.rows[job][r].retained_usd,
                    what);
      expect_within(years.mean(rows[r], unlimited, specific_before_asd_of),
                    exact.rows[job][r].specific_before_asd_usd, what);
    }
  }
}

// insurance charge E(A - rE)+ / E less savings E(rE - A)+ / E is 1 - r on the simulated years too,
// up to the error of their mean.
TEST(ExactMeansAgainstSimulation, ChargeLessSavingsIsOneLessTheEntryRatio) {
  const Book book = mixed_book();
  const ExactMeans exact = exact_means(book);
  const GridRow& row = book.jobs[1].rows[2];
  const SimulatedYears years(book, 1, 100'000);
  const double expected = exact.rows[1][2].retained_usd;
  const double error = years.mean(row, unlimited, counted_of).standard_error / expected;
  for (const double ratio : {0.8, 1.0, 1.25, 1.6}) {
    const Cents entry = cents_of(ratio * expected);
    const auto charge = [&](const YearState& year) { return excess_over(year.counted, entry); };
    const auto savings = [&](const YearState& year) { return excess_over(entry, year.counted); };
    const double difference = years.mean(row, unlimited, charge).mean / expected -
                              years.mean(row, unlimited, savings).mean / expected;
    EXPECT_NEAR(difference, 1 - ratio, 4 * error) << ratio;
  }
}

}  // namespace
}  // namespace corridor::oracle
