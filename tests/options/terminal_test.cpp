// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/options/terminal.hpp"

#include <gtest/gtest.h>

#include "tests/lane/made_up.hpp"
#include "tests/options/made_up_run.hpp"

namespace corridor {
namespace {

using made_up::add_group_column;
using made_up::PlannedRun;

/// Ten persons of 120,000 a year, each month's claims paid two months later; 12/12.
Portfolio paid_after_two_months(double attachment_usd) {
  Portfolio book = made_up::even_year(10, {0, 0, 1});
  add_group_column(book, "run_out_months", {0});
  add_group_column(book, "aggregate_attachment_usd", {attachment_usd});
  add_group_column(book, "terminal_liability", {1});
  add_group_column(book, "terminal_probability", {0.25});
  return book;
}

TEST(TerminalLiability, AddsThreeMonthsOfRunOutAndOfAttachment) {
  PlannedRun run(paid_after_two_months(800'000), made_up::tables({25e6}, 0, 120'000), 50);
  const auto result = terminal_liabilities(run.run(), 0, run.quotes()).at(0);
  EXPECT_DOUBLE_EQ(result.attachment_usd, 1'000'000);
  // All of 1,200,000 is paid within the longer run-out; ten twelfths without it, in whole slots.
  EXPECT_NEAR(result.exercised.mean_usd, 200'000, 0.1);
  EXPECT_NEAR(result.added.mean_usd, 0, 2'400);
  EXPECT_DOUBLE_EQ(result.cost_usd, 0.25 * result.added.mean_usd);
}

TEST(TerminalLiability, NeverCostsTheEmployer) {
  // 1,000,000 paid in the year exceeds 500,000 by more than 1,200,000 exceeds 625,000 less nothing.
  PlannedRun high(paid_after_two_months(1'500'000), made_up::tables({25e6}, 0, 120'000), 50);
  EXPECT_EQ(terminal_liabilities(high.run(), 0, high.quotes())[0].added.mean_usd, 0);
  PlannedRun low(paid_after_two_months(100'000), made_up::tables({25e6}, 0, 120'000), 50);
  const auto result = terminal_liabilities(low.run(), 0, low.quotes()).at(0);
  EXPECT_NEAR(result.exercised.mean_usd, 1'200'000 - 125'000, 0.1);
  EXPECT_NEAR(result.added.mean_usd, 200'000 - 25'000, 2'400);
}

TEST(TerminalLiability, AddsNothingWhereTheRunOutHasNoEnd) {
  Portfolio book = made_up::portfolio({40});
  add_group_column(book, "effect_cv", {0});
  add_group_column(book, "aggregate_corridor", {1.05});
  add_group_column(book, "terminal_liability", {1});
  ClaimTables tables = made_up::tables({25e6}, 0);
  tables.buckets = made_up::lognormal(8, 1.6, 0.2);
  PlannedRun run(book, std::move(tables), 3'000);
  const auto result = terminal_liabilities(run.run(), 0, run.quotes()).at(0);
  EXPECT_GT(result.exercised.mean_usd, 0);
  EXPECT_EQ(result.added.mean_usd, 0);
}

}  // namespace
}  // namespace corridor
