// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/employer/figures.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace corridor {
namespace {

/// 1.00, 2.00, ... 200.00 dollars, not in order.
std::vector<Cents> two_hundred() {
  std::vector<Cents> amounts;
  for (Cents i = 0; i < 200; ++i) amounts.push_back((1 + i * 77 % 200) * 100);
  return amounts;
}

TEST(Rank, IsTheCeilingAndExact) {
  EXPECT_EQ(rank_of(0.10, 100'000), 10'000u);
  EXPECT_EQ(rank_of(0.95, 100'000), 95'000u);
  EXPECT_EQ(rank_of(0.995, 1000), 995u);
  EXPECT_EQ(rank_of(0.5, 3), 2u);
  EXPECT_EQ(rank_of(0.1, 2), 1u);
}

TEST(YearFigure, HasExactMomentsAndOrderStatistics) {
  const YearFigure figure = year_figure(SortedYears(two_hundred()), 5'000);
  EXPECT_DOUBLE_EQ(figure.mean_usd, 150.5);
  EXPECT_NEAR(figure.sd_usd, std::sqrt((200.0 * 200.0 - 1) / 12 * 200 / 199), 1e-9);
  EXPECT_NEAR(figure.se_usd, figure.sd_usd / std::sqrt(200), 1e-12);
  ASSERT_EQ(figure.percentiles.size(), 7u);
  EXPECT_EQ(figure.percentiles[0].usd, 70);
  EXPECT_EQ(figure.percentiles[2].usd, 150);
  EXPECT_EQ(figure.percentiles[5].usd, 240);
  EXPECT_EQ(figure.percentiles[6].usd, 248);
  for (const Percentile& at : figure.percentiles) {
    EXPECT_LT(at.low_usd, at.usd);
    EXPECT_GT(at.high_usd, at.usd);
  }
}

TEST(MeanCheck, OfATallyIsThatOfTheYears) {
  CellTally tally;
  for (const Cents amount : two_hundred()) tally.add(amount);
  const MeanCheck from_tally = mean_check(tally, 200, 100.0);
  const MeanCheck from_years = mean_check(two_hundred(), 100.0);
  EXPECT_DOUBLE_EQ(from_tally.mean_usd, from_years.mean_usd);
  EXPECT_NEAR(from_tally.se_usd, from_years.se_usd, 1e-9);
  EXPECT_NEAR(from_years.z, 0.5 / from_years.se_usd, 1e-9);
}

TEST(PairedDifference, HasTheErrorOfTheDifferenceAlone) {
  std::vector<Cents> more = two_hundred();
  for (Cents& amount : more) amount += 700;
  const MeanCheck difference = paired_difference(more, two_hundred());
  EXPECT_EQ(difference.mean_usd, 7);
  EXPECT_EQ(difference.se_usd, 0);
}

TEST(ShareAbove, LeavesOutTheLimitItself) {
  const SortedYears years(two_hundred());
  EXPECT_EQ(share_above(years, 0, 150), 0.25);
  EXPECT_EQ(share_above(years, 0, 149.99), 0.255);
  EXPECT_EQ(share_above(years, 10'000, 150), 0.75);
  EXPECT_EQ(share_above(years, 0, 0), 1);
  EXPECT_EQ(share_above(years, 0, 200), 0);
}

TEST(HistogramOfYears, CoversEveryYearOnceInRoundBins) {
  const SortedYears years(two_hundred());
  const std::vector<double> edges = histogram_edges(1, 180);
  EXPECT_EQ(edges.front(), 0);
  EXPECT_EQ(edges[1], 10);
  const Histogram bins = histogram(years, 0, edges);
  EXPECT_EQ(std::accumulate(bins.counts.begin(), bins.counts.end(), std::uint64_t{0}), 200u);
  EXPECT_EQ(bins.counts[0], 9u);       // 1.00 to 9.00
  EXPECT_EQ(bins.counts[1], 10u);      // 10.00 to 19.00
  EXPECT_EQ(bins.counts.back(), 21u);  // 180.00 and more
}

TEST(HistogramOfYears, HasOneBinWhereEveryYearCostsTheSame) {
  const SortedYears years({500, 500, 500});
  const Histogram bins = histogram(years, 0, histogram_edges(5, 5));
  EXPECT_EQ(std::accumulate(bins.counts.begin(), bins.counts.end(), std::uint64_t{0}), 3u);
}

}  // namespace
}  // namespace corridor
