// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "host/pipeline_tail.hpp"
#include "tests/money/stored_quotes.hpp"

namespace corridor {
namespace {

/// Leaves no room for more than a group at a time; what checks the limit itself is not called here.
constexpr std::size_t a_group_at_a_time = 4u << 20;

std::string book(const std::string& name) { return CORRIDOR_SAMPLE_BOOKS + name; }

TailOptions options_of(std::uint32_t years, std::size_t memory_limit_bytes) {
  TailOptions options;
  options.run.years = years;
  options.run.device = "cpu";
  options.run.memory_limit_bytes = memory_limit_bytes;
  options.run.levels = {parse_level("0.9"), parse_level("0.99")};
  options.largest_members = 9;
  return options;
}

/// `is_whole`  what the book has to be
ResultFile studied(const std::string& path, const TailOptions& options, bool is_whole) {
  RunAccount account(options.run);
  BookRun run(path, options, account);
  EXPECT_EQ(run.cut().size() == 1, is_whole);
  run.simulate("simulate");
  return tail_file(run, options, account);
}

void expect_same_slices(const std::string& path, TailOptions options) {
  options.run.memory_limit_bytes = 0;
  const ResultFile whole = studied(path, options, true);
  options.run.memory_limit_bytes = a_group_at_a_time;
  const ResultFile sliced = studied(path, options, false);
  ASSERT_EQ(sliced.tables.size(), whole.tables.size());
  for (std::size_t t = 0; t < whole.tables.size(); ++t) {
    EXPECT_EQ(sliced.tables[t].name, whole.tables[t].name);
    EXPECT_GT(whole.tables[t].rows, 0u);
    EXPECT_TRUE(made_up::equal_columns(sliced.tables[t].columns, whole.tables[t].columns))
        << whole.tables[t].name;
  }
  ASSERT_EQ(sliced.losses.size(), whole.losses.size());
  for (std::size_t s = 0; s < whole.losses.size(); ++s) {
    EXPECT_EQ(sliced.losses[s].cents, whole.losses[s].cents) << whole.losses[s].name;
  }
  EXPECT_EQ(sliced.gate.checked, whole.gate.checked);
  EXPECT_EQ(sliced.gate.largest_z, whole.gate.largest_z);
  EXPECT_EQ(sliced.run.member_years, whole.run.member_years);
  EXPECT_EQ(sliced.run.table_digest, whole.run.table_digest);
  EXPECT_EQ(sliced.warnings.size(), whole.warnings.size());
}

TEST(BookRun, StudiesTreatiesAndMarginalGroupsAGroupAtATimeToTheSameBits) {
  TailOptions options = options_of(700, 0);
  const Portfolio treaties = load_portfolio(book("treaties.h5"));
  for (const std::size_t group : {0u, 17u}) {
    options.marginal_groups.push_back(treaties.groups.text("group_id", group));
  }
  expect_same_slices(book("treaties.h5"), options);
}

TEST(BookRun, SettlesYearsFromElsewhereAsItsOwn) {
  const TailOptions options = options_of(200, 0);
  RunAccount account(options.run);
  BookRun simulated(book("treaties.h5"), options, account);
  simulated.simulate("simulate");
  const TailOptions limited = options_of(200, a_group_at_a_time);
  BookRun settled(book("treaties.h5"), limited, account);
  settled.settle(simulated.years());
  EXPECT_EQ(settled.premium_usd(), simulated.premium_usd());
  EXPECT_EQ(settled.ceded().net, simulated.ceded().net);
  EXPECT_GT(settled.means().ground_up_usd, 0);
  EXPECT_EQ(settled.means().ground_up_usd, simulated.means().ground_up_usd);
}

TEST(BookRun, RefusesALimitThatASliceExceedsBeforeTheFirstYear) {
  const TailOptions options = options_of(10, a_group_at_a_time);
  RunAccount account(options.run);
  BookRun run(book("sample.h5"), options, account);
  try {
    run.check_all();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(error.what()).find("--memory-limit"), std::string::npos);
  }
}

}  // namespace
}  // namespace corridor
