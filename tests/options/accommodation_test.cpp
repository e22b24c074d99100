// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/options/accommodation.hpp"

#include <gtest/gtest.h>

#include "tests/lane/made_up.hpp"
#include "tests/options/made_up_run.hpp"

namespace corridor {
namespace {

using made_up::add_group_column;
using made_up::PlannedRun;

// A published illustration of the accommodation: three months' claims of $319,000 against $300,000
// of accumulated attachment advance $19,000 (strategic benefit consultants' page on monthly
// aggregate accommodation). Here 127.6 thousand a person, ten persons, paid as incurred, evenly.
TEST(Accommodation, AdvancesTheExcessOverTheAttachmentSoFar) {
  Portfolio book = made_up::even_year(10, {1});
  add_group_column(book, "run_out_months", {0});
  add_group_column(book, "aggregate_attachment_usd", {1'200'000});
  add_group_column(book, "monthly_accommodation", {1});
  PlannedRun run(book, made_up::tables({25e6}, 0, 127'600), 100);
  ASSERT_TRUE(has_accommodation(book, 0));
  const auto advances = monthly_advances(run.run(), 0, run.quotes());
  ASSERT_EQ(advances.size(), 1u);
  ASSERT_EQ(advances[0].size(), 12u);
  // Twelfths are 42 or 43 of 512 slots: a month's claims are off by up to 0.8% of a month.
  EXPECT_NEAR(advances[0][2].mean_usd, 19'000, 850);
  EXPECT_NEAR(advances[0][2].percentile_usd[0], advances[0][2].mean_usd, 0.01);
  EXPECT_NEAR(advances[0][11].mean_usd, 76'000, 0.5);
}

TEST(Accommodation, NeverAdvancesMoreThanTheAggregatePays) {
  Portfolio book = made_up::even_year(10, {1});
  add_group_column(book, "run_out_months", {0});
  add_group_column(book, "aggregate_attachment_usd", {1'200'000});
  add_group_column(book, "aggregate_limit_usd", {10'000});
  add_group_column(book, "monthly_accommodation", {1});
  PlannedRun run(book, made_up::tables({25e6}, 0, 127'600), 10);
  const auto advances = monthly_advances(run.run(), 0, run.quotes());
  EXPECT_DOUBLE_EQ(advances[0][2].mean_usd, 10'000);
}

/// A random group on 12/12 with corridors and the default lag.
Portfolio random_group() {
  Portfolio book = made_up::portfolio({60});
  add_group_column(book, "effect_cv", {0});
  add_group_column(book, "run_out_months", {0});
  add_group_column(book, "specific_deductible_usd", {50'000});
  add_group_column(book, "aggregate_corridor", {1.1});
  add_group_column(book, "monthly_accommodation", {1});
  return book;
}

ClaimTables lognormal_tables() {
  ClaimTables tables = made_up::tables({25e6}, 0);
  tables.buckets = made_up::lognormal(8, 1.6, 0.2);
  return tables;
}

// An advance is a loan: the settlement takes it back, so the last month's advance on a basis
// without run-out is the aggregate's own payout, path by path.
TEST(Accommodation, LeavesTheFinalCostAsItWas) {
  PlannedRun run(random_group(), lognormal_tables(), 20'000);
  std::vector<GroupTally> tally(1);
  RunSettings settings;
  settings.years = run.plan().options.years;
  settings.tail_ranks = {parse_level("0.99").rank(settings.years)};
  run.backend().tally(run.plan().book->jobs, settings, tally, [](std::size_t) { return true; });
  const FigureTally& aggregate = tally[0].rows[0].aggregate[0];
  const auto advances = monthly_advances(run.run(), 0, run.quotes());
  const double mean = static_cast<double>(aggregate.cell.sum.low) / settings.years / 100;
  EXPECT_GT(mean, 1'000);
  EXPECT_NEAR(advances[0][11].mean_usd, mean, 1e-6 * mean);
  EXPECT_DOUBLE_EQ(advances[0][11].percentile_usd[0],
                   static_cast<double>(aggregate.tails[0].value_at_risk) / 100);
}

TEST(Accommodation, EndsWhenTheCallerWantsItTo) {
  PlannedRun run(random_group(), lognormal_tables(), 100);
  run.ask_to_stop();
  try {
    monthly_advances(run.run(), 0, run.quotes());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::incomplete);
  }
}

TEST(Accommodation, IsSmallWhileClaimsAreStillUnpaid) {
  PlannedRun run(random_group(), lognormal_tables(), 5'000);
  const auto advances = monthly_advances(run.run(), 0, run.quotes());
  EXPECT_LT(advances[0][0].mean_usd, advances[0][5].mean_usd);
}

}  // namespace
}  // namespace corridor
