// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "host/exact/exact_means.hpp"
#include "tests/oracle/basis_book.hpp"
#include "tests/oracle/simulated.hpp"

namespace corridor::oracle {
namespace {

constexpr int endless = Windows::without_end;

Cents ground_up_of(const YearState& year) { return year.ground_up; }
Cents counted_of(const YearState& year) { return year.counted; }
Cents specific_before_asd_of(const YearState& year) { return year.specific_before_asd; }
Cents laser_band_of(const YearState& year) { return year.laser_band; }

void expect_within(const Estimate& simulated, double exact, const std::string& what) {
  EXPECT_GT(simulated.standard_error, 0) << what;
  EXPECT_NEAR(simulated.mean, exact, 4 * simulated.standard_error) << what;
}

void expect_agreement(Book book) {
  recentre(book);
  const ExactMeans exact = exact_means(book);
  for (std::size_t job = 0; job < book.jobs.size(); ++job) {
    const SimulatedYears years(book, job, 200'000, 7);
    const GridRow* rows = book.jobs[job].rows;
    SCOPED_TRACE("contract " + std::to_string(job));
    expect_within(years.mean(rows[0], unlimited, ground_up_of), exact.ground_up_usd[job],
                  "ground-up");
    for (std::uint32_t r = 0; r < book.jobs[job].row_count; ++r) {
      const std::string what = "row " + std::to_string(r);
      const ExactRow& row = exact.rows[job][r];
      expect_within(years.mean(rows[r], unlimited, counted_of), row.retained_usd,
                    what + " retained");
      expect_within(years.mean(rows[r], unlimited, specific_before_asd_of),
                    row.specific_before_asd_usd, what + " specific");
      expect_within(years.mean(rows[r], unlimited, laser_band_of), row.laser_band_usd,
                    what + " band");
    }
  }
}

Contract both(const Windows& windows, EffectModel effect) { return {windows, windows, effect}; }

TEST(ExactMeansOfABasis, AgreeWithSimulationWhereTheYearBeforeDoesNotCount) {
  expect_agreement(basis_book({both(windows_of(0, 0), {0, 0, 0}),
                               both(windows_of(0, 3), {0.1, 0.15, 0}),
                               both(windows_of(0, 6), {0.1, 0.3, 0.7, 0.5}),
                               both(windows_of(0, 12), {0, 0.3, 0.7, 1}),
                               both(windows_of(0, endless, 9), {0, 0.2, 0}),
                               {windows_of(0, 6), windows_of(0, 0), {0.05, 0.2, 0}},
                               {windows_of(0, endless), windows_of(0, 3), {0, 0.1, 0}}}));
}

TEST(ExactMeansOfABasis, AgreeWithSimulationOfRunIn) {
  expect_agreement(basis_book({both(windows_of(3, 0), {0, 0, 0}),
                               both(windows_of(3, 0), {0.1, 0.15, 0.7, 0}),
                               both(windows_of(12, 0), {0.2, 0.3, 0.5, 0}),
                               both(windows_of(12, 0), {0, 0.4, 1, 0}),
                               both(windows_of(endless, 0), {0.05, 0.2, 0.7, 0}),
                               both(windows_of(6, 3, 9), {0.01, 0.01, 0.5, 0}),
                               {windows_of(0, 3), windows_of(endless, 0), {0, 0.3, 0.7, 0}},
                               {windows_of(12, 0), windows_of(0, endless), {0.1, 0.2, 0.3, 0}}}));
}

TEST(ExactMeansOfABasis, TakeKnownClaimsOfTheYearBeforeForDrawnOnes) {
  Book book = basis_book({both(windows_of(12, 0), {0.1, 0.3, 0.5, 0})});
  std::vector<PersonalMember> persons(book.jobs[0].group.personal, book.jobs[0].group.personal + 3);
  persons[0].known_run_in = made::usd(30e3);
  persons[1].known_run_in = made::usd(180e3);
  persons[2].known_run_in = 0;
  book.jobs[0].group.personal = persons.data();
  expect_agreement(std::move(book));
}

// Claimants are counted by simulating a specific that pays one dollar above the deductible.
TEST(ExactMeansOfABasis, CountClaimants) {
  Book book = basis_book(
      {both(windows_of(0, 3), {0.1, 0.15, 0}), both(windows_of(0, endless), {0.1, 0.3, 0.7, 0.5})});
  recentre(book);
  const ExactMeans exact = exact_means(book);
  for (std::size_t job = 0; job < book.jobs.size(); ++job) {
    std::vector<Cents> near = {made::usd(20e3), made::usd(20e3) + 5000};
    GroupView& group = book.jobs[job].group;
    std::vector<Cents> own;
    for (std::uint32_t p = 0; p < group.personal_count; ++p) {
      const Cents mine = group.personal_thresholds[p * group.threshold_count];
      own.insert(own.end(), {mine, mine >= unlimited ? unlimited : mine + 5000});
    }
    group.thresholds = near.data();
    group.personal_thresholds = own.data();
    group.threshold_count = 2;
    GridRow row = made::plain_row(0);
    row.limit_threshold = 1;
    const SimulatedYears years(book, job, 200'000, 3);
    const Estimate paid = years.mean(row, unlimited, specific_before_asd_of);
    // A dollar layer 50 wide; the number above falls by less than 0.5% across it.
    EXPECT_NEAR(paid.mean / 50, exact.rows[job][0].claimants,
                4 * paid.standard_error / 50 + 0.005 * exact.rows[job][0].claimants)
        << job;
    EXPECT_GT(exact.rows[job][0].claimants_half, 1.2 * exact.rows[job][0].claimants);
  }
}

}  // namespace
}  // namespace corridor::oracle
