// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <thread>

#include "corridor/book_summary.hpp"
#include "corridor/portfolio.hpp"
#include "tests/portfolio/draft.hpp"

namespace corridor::tests {
namespace {

using testing::ElementsAre;

std::vector<std::string> codes(const std::vector<Problem>& problems) {
  std::vector<std::string> result;
  for (const Problem& problem : problems) result.push_back(problem.code);
  return result;
}

TEST(LoadPortfolio, FourColumnsAndALawMakeABook) {
  const Portfolio book = load_portfolio(Draft::least().write(test_path("least.h5")));
  EXPECT_EQ(book.group_count(), 3u);
  EXPECT_EQ(book.member_count(), 6u);
  EXPECT_THAT(book.member_offset, ElementsAre(0, 3, 4, 6));
  EXPECT_EQ(book.groups.text("group_id", 2), "G3");
  EXPECT_EQ(book.members.number("scale", 4, 0), 2);
  EXPECT_EQ(book.members.number("exposure", 4, 1), 1) << "absent columns are neutral";
  ASSERT_EQ(book.distributions.size(), 1u);
  EXPECT_EQ(book.distributions[0].name, "silver");
  EXPECT_EQ(book.distributions[0].kind, "lognormal");
  EXPECT_EQ(book.distributions[0].index, 7);
  EXPECT_THAT(book.distributions[0].numbers.at("mu"), ElementsAre(8.0));
  EXPECT_EQ(book.distributions[0].maximum_usd, 25e6);
  EXPECT_EQ(book.currency, "USD");
  EXPECT_FALSE(book.sealed);
  EXPECT_THAT(codes(book.warnings), ElementsAre("W_UNSEALED"));
}

TEST(LoadPortfolio, EveryValueOfAFullBookComesBack) {
  const Portfolio book = load_portfolio(Draft::full().write(test_path("full.h5")));
  EXPECT_EQ(book.policy_year, 2026);
  EXPECT_EQ(book.generator, "a test");
  EXPECT_EQ(book.groups.number("specific_deductible_usd", 1, 0), 100e3);
  EXPECT_EQ(book.groups.number("specific_limit_usd", 1, 0), HUGE_VAL);
  EXPECT_TRUE(std::isnan(book.groups.number("aggregate_attachment_usd", 0, 0)));
  EXPECT_EQ(book.groups.number("aggregate_factor_usd", 2, 0, 3), 1100);
  EXPECT_EQ(book.groups.number("employees", 0, 0, 3), 1);
  EXPECT_EQ(book.groups.find("employees")->width, 4u);
  EXPECT_EQ(book.groups.text("state", 2), "");
  EXPECT_EQ(book.groups.text("effective", 1), "2026-07");
  EXPECT_FLOAT_EQ(static_cast<float>(book.members.number("exposure", 5, 0)), 0.25f);
  EXPECT_EQ(book.members.number("laser_usd", 4, 0), HUGE_VAL);
  EXPECT_EQ(book.market_value("trend", 0), 0.07);
  EXPECT_EQ(book.market_value("region_cv", 0.5), 0.5);
  EXPECT_THAT(book.quote_specific_usd, ElementsAre(50e3, 100e3));
  EXPECT_THAT(book.quote_corridor, ElementsAre(1.1, 1.25));
  ASSERT_EQ(book.distributions.size(), 2u);
  EXPECT_THAT(book.distributions[1].columns.at("mean_usd"), ElementsAre(0, 400, 20e3));
}

TEST(LoadPortfolio, ColumnsKeepTheTypesOfTheFile) {
  const Portfolio book = load_portfolio(Draft::full().write(test_path("types.h5")));
  const auto holds = [](const Table& table, const char* name, auto like) {
    return std::holds_alternative<std::vector<decltype(like)>>(table.find(name)->values);
  };
  EXPECT_TRUE(holds(book.members, "distribution", std::uint16_t{}));
  EXPECT_TRUE(holds(book.members, "scale", double{}));
  EXPECT_TRUE(holds(book.members, "exposure", float{}));
  EXPECT_TRUE(holds(book.groups, "employees", std::uint32_t{}));
  EXPECT_TRUE(holds(book.groups, "run_in_months", std::uint8_t{}));
  EXPECT_TRUE(holds(book.groups, "group_id", std::string{}));
}

TEST(LoadPortfolio, AMissingFileIsMissingInput) {
  for (const std::string& path : {test_path("nowhere.h5"), test_folder(), std::string("/dev/null"),
                                  test_path("no/such/folder/book.h5")}) {
    try {
      load_portfolio(path);
      FAIL() << path;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::missing_input) << path;
      ASSERT_EQ(error.problems().size(), 1u);
      EXPECT_EQ(error.problems()[0].code, "E_CANNOT_OPEN");
      EXPECT_EQ(error.problems()[0].file, path);
    }
  }
}

TEST(LoadPortfolio, AFileThatMayNotBeReadIsMissingInput) {
  const std::string path = Draft::least().write(test_path("secret.h5"));
  std::filesystem::permissions(path, std::filesystem::perms::none);
  const AsNobody nobody;
  try {
    load_portfolio(path);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::missing_input);
  }
}

TEST(LoadPortfolio, AnotherKindOfFileIsBadData) {
  const std::string path = test_path("letter.txt");
  put_bytes(path, std::as_bytes(std::span("Dear reader, this is no book.")));
  const std::vector<Problem> problems = validate_portfolio(path);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].code, "E_NOT_HDF5");
  EXPECT_THROW(load_portfolio(path), Error);
}

TEST(LoadPortfolio, ErrorsCarryEveryProblemAndWarningsNone) {
  Draft draft = Draft::least();
  draft.set("/members/scale", std::vector<double>{1, -1, 1, 0, 1, NAN});
  const std::string path = draft.write(test_path("three.h5"));
  try {
    load_portfolio(path);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    EXPECT_THAT(codes(error.problems()),
                ElementsAre("E_NOT_POSITIVE", "E_NOT_POSITIVE", "E_NOT_FINITE"));
  }
}

TEST(LoadPortfolio, InspectingABrokenBookStillHandsOverWhatIsGood) {
  Draft draft = Draft::full();
  draft.set("/members/scale", std::vector<double>{1, 2});
  const Inspection inspection = inspect_portfolio(draft.write(test_path("short.h5")));
  EXPECT_FALSE(inspection.usable());
  EXPECT_EQ(inspection.portfolio.group_count(), 3u);
  EXPECT_EQ(inspection.portfolio.distributions.size(), 2u);
  EXPECT_FALSE(inspection.portfolio.members.has("scale"));
}

TEST(LoadPortfolio, SeveralThreadsLoadAtOnce) {
  const std::string path = Draft::full().write(test_path("shared.h5"));
  const std::string digest = load_portfolio(path).digest;
  std::vector<std::string> digests(8);
  std::vector<std::thread> threads;
  for (std::string& own : digests) {
    threads.emplace_back([&] { own = load_portfolio(path).digest; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(digests, testing::Each(digest));
}

TEST(LoadPortfolio, ABookAboveTheMemoryLimitIsRefused) {
  Draft draft = Draft::least();
  const std::size_t members = 200'000;
  draft.set("/groups/member_offset", std::vector<std::uint64_t>{0, 3, 4, members});
  draft.set("/members/distribution", std::vector<std::uint16_t>(members, 7));
  draft.set("/members/scale", std::vector<double>(members, 1.5));
  const std::string path = draft.write(test_path("large.h5"));
  EXPECT_EQ(load_portfolio(path).member_count(), members);
  const std::vector<Problem> problems = validate_portfolio(path, {.memory_limit_bytes = 2 << 20});
  EXPECT_THAT(codes(problems), testing::Contains("E_TOO_LARGE"));
}

TEST(Summary, CountsWhatABookHolds) {
  const BookSummary summary =
      summarize(load_portfolio(Draft::full().write(test_path("summary.h5"))));
  EXPECT_EQ(summary.groups, 3u);
  EXPECT_EQ(summary.members, 6u);
  EXPECT_EQ(summary.smallest_group, 1u);
  EXPECT_EQ(summary.largest_group, 3u);
  EXPECT_EQ(summary.employees, 6);
  EXPECT_EQ(summary.lasers, 2u);
  EXPECT_EQ(summary.specific_covers, 3u);
  EXPECT_EQ(summary.aggregate_covers, 3u);
  EXPECT_EQ(summary.least_deductible_usd, 50e3);
  EXPECT_EQ(summary.most_deductible_usd, 250e3);
  EXPECT_EQ(summary.states.at("TX"), 1u);
  ASSERT_EQ(summary.laws.size(), 2u);
  EXPECT_EQ(summary.laws[0].name, "silver");
  EXPECT_EQ(summary.laws[0].members, 2u);
  EXPECT_EQ(summary.laws[1].members, 4u);
}

}  // namespace
}  // namespace corridor::tests
