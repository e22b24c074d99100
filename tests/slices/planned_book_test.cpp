// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "host/pipeline_pricing.hpp"
#include "host/pipeline_shards_codec.hpp"
#include "tests/money/stored_quotes.hpp"

namespace corridor {
namespace {

/// Leaves no room for more than a group at a time; what checks the limit itself is not called here.
constexpr std::size_t a_group_at_a_time = 4u << 20;

RunOptions options_of(std::uint32_t years, std::size_t memory_limit_bytes) {
  RunOptions options;
  options.method = Method::simulate;
  options.years = years;
  options.device = "cpu";
  options.memory_limit_bytes = memory_limit_bytes;
  return options;
}

std::string book(const std::string& name) { return CORRIDOR_SAMPLE_BOOKS + name; }

Quotes priced(const std::string& path, const RunOptions& options) {
  PricingRun run(path, options, {});
  for (const GroupRange part : run.parts()) run.take(run.results_of(part, run.backend()));
  return run.finish("");
}

std::vector<std::string> texts(const std::vector<Problem>& problems) {
  std::vector<std::string> texts;
  for (const Problem& problem : problems) {
    texts.push_back(problem.code + problem.dataset + std::to_string(problem.row.value_or(0)) +
                    problem.group + problem.value + problem.message);
  }
  return texts;
}

void expect_same(const Quotes& sliced, const Quotes& whole) {
  EXPECT_TRUE(made_up::equal_columns(sliced.columns, whole.columns));
  EXPECT_EQ(texts(sliced.warnings), texts(whole.warnings));
  EXPECT_EQ(sliced.gate.failures, whole.gate.failures);
  EXPECT_EQ(sliced.run.table_digest, whole.run.table_digest);
  EXPECT_EQ(sliced.run.input_digest, whole.run.input_digest);
  EXPECT_EQ(sliced.run.member_years, whole.run.member_years);
}

TEST(PlannedBook, PricesEveryKindOfContractAGroupAtATimeToTheSameBits) {
  const std::string path = book("contracts.h5");
  const Quotes whole = priced(path, options_of(20, 0));
  EXPECT_FALSE(whole.columns.empty());
  expect_same(priced(path, options_of(20, a_group_at_a_time)), whole);
}

TEST(PlannedBook, HasClosedFormsAndControlVariatesOfAGroupAtATime) {
  RunOptions options = options_of(40, 0);
  options.method = Method::both;
  options.control_variates = true;
  options.specific_usd = {100'000};
  options.corridor = {1.25};
  const Quotes whole = priced(book("sample.h5"), options);
  options.memory_limit_bytes = a_group_at_a_time;
  expect_same(priced(book("sample.h5"), options), whole);
}

TEST(PlannedBook, KeepsOneSliceInMemoryThatHoldsAGroupAlone) {
  PricingRun run(book("sample.h5"), options_of(1, a_group_at_a_time), {});
  EXPECT_FALSE(run.book().is_whole());
  EXPECT_FALSE(run.book().head().members.has("scale"));
  const std::vector<GroupRange> parts = run.book().cut();
  ASSERT_EQ(parts.size(), run.book().head().group_count());
  EXPECT_EQ(run.slice_of(parts[7]).portfolio.group_count(), 1u);
  EXPECT_TRUE(run.book().holds(parts[7]));
  EXPECT_FALSE(run.book().holds(parts[6]));
}

TEST(PlannedBook, GivesAUnitTheSameFiguresWhereverItsSlicesAreCut) {
  PricingRun sliced(book("sample.h5"), options_of(1, a_group_at_a_time), {});
  PricingRun whole(book("sample.h5"), options_of(1, 0), {});
  std::vector<std::string> of_slices, of_whole;
  for (const GroupRange part : sliced.book().cut({5, 19})) {
    const BookSlice& slice = sliced.slice_of(part);
    append_figures(slice.plan, slice.local(part), of_slices);
  }
  append_figures(whole.slice_of({5, 19}).plan, {5, 19}, of_whole);
  EXPECT_EQ(of_slices, of_whole);
}

TEST(PlannedBook, RefusesALimitThatASliceExceedsBeforeTheFirstYear) {
  PricingRun run(book("sample.h5"), options_of(1, a_group_at_a_time), {});
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
