// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/rows/quote_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cmath>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <limits>

#include "corridor/error.hpp"
#include "host/price/price.hpp"
#include "host/rows/growing_rows.hpp"
#include "tests/money/made_up_run.hpp"
#include "tests/money/stored_quotes.hpp"

namespace corridor {
namespace {

using made_up::equal_columns;
using made_up::part_of_quotes;
using made_up::rows_of;
using Texts = std::vector<std::string>;
using Numbers = std::vector<double>;

const Texts& texts(const QuoteColumn& column) { return std::get<Texts>(column.values); }

std::vector<QuoteColumn> small_part(const Texts& ids, const Numbers& usd) {
  return {{"id", "text", "a key", ids},
          {"usd", "USD", "an amount", usd},
          {"n", "count", "a count", std::vector<std::uint64_t>(ids.size(), ~std::uint64_t{0})}};
}

TEST(QuoteRows, GivesBackWhatItTookOverTheEdgesOfParts) {
  const double nan = std::nan(""), inf = std::numeric_limits<double>::infinity();
  const std::vector<QuoteColumn> parts[] = {
      small_part({"", "a,\"b\"\n", std::string("z\0z", 3)}, {nan, -inf, -0.0}), small_part({}, {}),
      small_part({"\xc3\xa4", "longest of them"}, {5e-324, 0.1})};
  QuoteRows rows(parts[0]);
  for (const auto& part : parts) rows.add(part);
  ASSERT_EQ(rows.rows(), 5u);
  EXPECT_EQ(rows.longest_text(0), 15u);
  const auto all =
      small_part({"", "a,\"b\"\n", std::string("z\0z", 3), "\xc3\xa4", "longest of them"},
                 {nan, -inf, -0.0, 5e-324, 0.1});
  EXPECT_TRUE(equal_columns(rows.read(0, 5), all));
  EXPECT_TRUE(
      equal_columns(rows.read(2, 2), small_part({texts(all[0])[2], "\xc3\xa4"}, {-0.0, 5e-324})));
  EXPECT_TRUE(equal_columns(rows.read(5, 0), small_part({}, {})));
  EXPECT_THROW(rows.read(4, 2), Error);
  EXPECT_TRUE(equal_columns(rows.columns(), small_part({}, {})));
}

TEST(QuoteRows, ALateValueStandsInItsRowAndColumnAlone) {
  const auto part = small_part({"a", "b", "c"}, {1, 2, 3});
  QuoteRows rows(part);
  rows.add(part);
  rows.add(part);
  rows.replace(0, 4, "much longer");
  EXPECT_EQ(rows.longest_text(0), 11u);
  EXPECT_THAT(texts(rows.read_column(0, 0, 6)),
              testing::ElementsAre("a", "b", "c", "a", "much longer", "c"));
  EXPECT_THAT(texts(rows.read_column(0, 4, 1)), testing::ElementsAre("much longer"));
  EXPECT_THAT(texts(rows.read_column(0, 5, 1)), testing::ElementsAre("c"));
}

TEST(QuoteRows, TakesNoOtherColumns) {
  auto part = small_part({"a"}, {1});
  QuoteRows rows(part);
  part[1].name = "eur";
  EXPECT_THROW(rows.add(part), Error);
  part = small_part({"a"}, {1, 2});
  EXPECT_THROW(rows.add(part), Error);
  part.pop_back();
  EXPECT_THROW(rows.add(part), Error);
  EXPECT_EQ(rows.rows(), 0u);
}

/// TMPDIR while it lives, and whatever it was afterwards.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::string& path) {
    if (const char* before = std::getenv("TMPDIR")) before_ = before;
    setenv("TMPDIR", path.c_str(), 1);
  }
  ~TemporaryFolder() {
    if (before_.empty()) {
      unsetenv("TMPDIR");
    } else {
      setenv("TMPDIR", before_.c_str(), 1);
    }
  }

 private:
  std::string before_;
};

TEST(QuoteRows, AFullDiskIsToldWithItsFolderAndLeavesNothing) {
  const std::string folder = testing::TempDir() + "rows-full";
  std::filesystem::create_directories(folder);
  const TemporaryFolder temporary(folder);
  const auto part = small_part(Texts(1'000, "text"), Numbers(1'000, 1));
  QuoteRows rows(part);
  rows.add(part);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{40'000, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &limit);
  try {
    rows.add(part);
    ADD_FAILURE() << "was written";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
    EXPECT_THAT(error.what(),
                testing::AllOf(testing::HasSubstr(folder), testing::HasSubstr("TMPDIR"),
                               testing::HasSubstr("E_WRITE")));
  }
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_EQ(rows.rows(), 1'000u);
  EXPECT_TRUE(equal_columns(rows.read(0, 1'000), part));
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  std::filesystem::remove_all(folder);
}

TEST(QuoteRows, AFolderThatIsNotThereIsPassedOver) {
  const TemporaryFolder temporary("/nowhere/at/all");
  const auto part = small_part({"a"}, {1});
  QuoteRows rows(part);
  rows.add(part);
  EXPECT_TRUE(equal_columns(rows.read(0, 1), part));
}

TEST(GrowingRows, GoToAFileOnceTheyAreMoreThanOnePartAndMany) {
  const std::size_t many = GrowingRows::rows_in_memory;
  for (const bool may : {false, true}) {
    Quotes quotes;
    GrowingRows rows(quotes, may);
    rows.add(part_of_quotes(0, many + 5), many + 5);  // one part alone
    EXPECT_EQ(quotes.stored, nullptr);
    rows.add(part_of_quotes(many + 5, 2), 2);
    EXPECT_EQ(quotes.stored != nullptr, may);
    EXPECT_EQ(quotes.rows, many + 7);
    EXPECT_TRUE(equal_columns(rows_of(quotes), part_of_quotes(0, many + 7)));
    EXPECT_EQ(rows.text("group_id", many + 6), quotes.stored ? texts(rows_of(quotes)[0])[many + 6]
                                                             : quotes.text("group_id", many + 6));
  }
  Quotes few;
  GrowingRows rows(few, true);
  for (std::size_t part = 0; part < 3; ++part) rows.add(part_of_quotes(part * 5, 5), 15);
  EXPECT_EQ(few.stored, nullptr);
  EXPECT_TRUE(equal_columns(few.columns, part_of_quotes(0, 15)));
}

/// Rows whose mean payouts meet their closed forms, but for the first and the last, whose payouts
/// are twice that: no skewness allows for too much.
made_up::MadeUpRun run_with_failing_ends(std::size_t rows) {
  made_up::MadeUpRun run;
  made_up::Years paid(450);
  for (std::size_t year = 0; year < paid.size(); ++year) paid[year] = static_cast<Cents>(year + 1);
  for (std::size_t g = 0; g < rows / 2; ++g) {
    run.add_group("G" + std::to_string(g), 10, 20);
    run.add_row(1e5, paid, paid);
    run.add_row(2e5, paid, paid);
  }
  run.plan.exact.rows.front().front().retained_usd /= 2;
  run.plan.exact.rows.back().back().retained_usd /= 2;
  run.plan.exact.rows.back().back().specific_before_asd_usd /= 2;
  return run;
}

std::vector<QuoteColumn> study_of(std::size_t first, std::size_t count) {
  Numbers values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(static_cast<double>(first + i));
  return {{"study", "USD", "made up", values}};
}

TEST(BookPricer, RowsInAFileAreThoseInMemoryWithFlagsOfTheGate) {
  made_up::MadeUpRun run = run_with_failing_ends(GrowingRows::rows_in_memory + 2);
  const Losses losses = run.losses();
  const std::size_t all = run.plan.quotes.size(), half = all / 2;
  const auto priced = [&](bool in_file) {
    run.plan.options.rows_in_file = in_file;
    BookPricer pricer(run.portfolio, run.plan.options, run.basis, losses.levels);
    pricer.begin(run.portfolio, run.plan);
    pricer.add(half, losses, study_of(0, half));
    pricer.add(all - half, losses, study_of(half, all - half));
    return pricer.finish();
  };
  const Quotes in_memory = priced(false), in_file = priced(true);
  ASSERT_TRUE(in_file.stored && !in_memory.stored);
  EXPECT_EQ(in_file.rows, all);
  EXPECT_TRUE(equal_columns(rows_of(in_file), in_memory.columns));
  EXPECT_EQ(in_file.gate.failures, in_memory.gate.failures);
  ASSERT_EQ(in_file.gate.failures.size(), 3u);
  EXPECT_THAT(in_file.gate.failures[0],
              testing::StartsWith("group G0, deductible 100000, retained: "));
  EXPECT_THAT(in_file.gate.failures[2],
              testing::HasSubstr("deductible 200000, specific_before_asd: "));
  EXPECT_THAT(in_memory.text("flags", 0), testing::HasSubstr("GATE_FAILED"));
  EXPECT_THAT(in_memory.text("flags", 1), testing::Not(testing::HasSubstr("GATE_FAILED")));
  EXPECT_THAT(in_memory.text("flags", all - 1), testing::EndsWith("GATE_FAILED"));
  EXPECT_EQ(in_memory.columns.back().name, "study");
  EXPECT_EQ(in_memory.number("study", all - 1), static_cast<double>(all - 1));
}

}  // namespace
}  // namespace corridor
