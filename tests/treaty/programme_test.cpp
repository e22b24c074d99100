// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/treaty/programme.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "corridor/error.hpp"
#include "tests/plan/made_up_portfolio.hpp"
#include "tests/treaty/made_up_treaties.hpp"

namespace corridor {
namespace {

using made_up::TreatyTable;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr double nan = Treaty::unset, inf = Treaty::none;

Portfolio book_with(const TreatyTable& treaties) {
  Portfolio book = made_up::portfolio({10, 20, 30});
  made_up::add_group_column(book, "captive", {0, 1, 1});
  book.treaties = treaties.table;
  return book;
}

/// Rows of kinds 0, 1, 2 and 3 that make sense together.
TreatyTable good() {
  return TreatyTable(4)
      .with("kind", {0, 1, 2, 3})
      .with("order", {0, 1, 2, 1})
      .with("share", {0.2, 1, 0.9, 1})
      .with("attachment_usd", {0, 1e6, 0, 0})
      .with("limit_usd", {inf, 4e6, inf, 250e3})
      .with("attachment_ratio", {nan, nan, 1.1, nan})
      .with("limit_ratio", {nan, nan, 0.4, nan})
      .with("corridor_from_ratio", {nan, nan, 1.2, nan})
      .with("corridor_to_ratio", {nan, nan, 1.3, nan})
      .with("captive", {0, 0, 0, 1});
}

/// The good rows with one column replaced.
TreatyTable good_but(const std::string& column, std::vector<double> values) {
  TreatyTable treaties = good();
  std::erase_if(treaties.table.columns, [&](const Column& c) { return c.name == column; });
  return treaties.with(column, std::move(values));
}

std::vector<std::string> lines(const TreatyTable& treaties) {
  std::vector<std::string> result;
  Portfolio book = book_with(treaties);
  for (const Problem& problem : treaty_problems(book)) {
    result.push_back(problem.code + " " + problem.dataset + "[" +
                     (problem.row ? std::to_string(*problem.row) : "") + "] " + problem.value);
    EXPECT_EQ(problem.file, "made-up.h5");
    EXPECT_FALSE(problem.message.empty());
    EXPECT_FALSE(problem.fix.empty());
  }
  return result;
}

TEST(Programme, BookWithoutTreatiesHasNone) {
  EXPECT_TRUE(programme_of(made_up::portfolio({10})).treaties.empty());
}

TEST(Programme, ActsByOrderThenByRow) {
  const Programme programme = programme_of(book_with(good_but("order", {7, 1, 3, 1})));
  std::vector<std::size_t> rows;
  for (const Treaty& treaty : programme.treaties) rows.push_back(treaty.row);
  EXPECT_THAT(rows, ElementsAre(1, 3, 2, 0));
}

TEST(Programme, WithoutOrdersRowsActOneAfterTheOther) {
  const Programme programme =
      programme_of(book_with(TreatyTable(2).with("share", {0.6, 0.7})));  // of one order: too much
  EXPECT_EQ(programme.treaties[0].order, 0);
  EXPECT_EQ(programme.treaties[1].order, 1);
}

TEST(Programme, ReadsEveryColumn) {
  TreatyTable table = good();
  table.with("annual_deductible_usd", {0, 5e5, 0, 0})
      .with("annual_limit_usd", {inf, 8e6, inf, 2e6})
      .with("commission", {0.3, 0, 0, 0.05})
      .with("premium_usd", {nan, nan, 1e5, nan})
      .named({"pro rata", "", "stop loss", ""});
  const Programme programme = programme_of(book_with(table));
  const Treaty &share = programme.treaties[0], &excess = programme.treaties[1],
               &captive = programme.treaties[2], &stop = programme.treaties[3];
  EXPECT_EQ(share.kind, TreatyKind::quota_share);
  EXPECT_EQ(share.share, 0.2);
  EXPECT_EQ(share.commission, 0.3);
  EXPECT_EQ(share.name, "pro rata");
  EXPECT_EQ(excess.name, "2 person excess");
  EXPECT_EQ(excess.attachment_usd, 1e6);
  EXPECT_EQ(excess.limit_usd, 4e6);
  EXPECT_EQ(excess.annual_deductible_usd, 5e5);
  EXPECT_EQ(excess.annual_limit_usd, 8e6);
  EXPECT_EQ(captive.kind, TreatyKind::captive);
  EXPECT_EQ(captive.captive, 1);
  EXPECT_EQ(captive.name, "4 captive");
  EXPECT_EQ(stop.attachment_ratio, 1.1);
  EXPECT_EQ(stop.limit_ratio, 0.4);
  EXPECT_EQ(stop.corridor_from_ratio, 1.2);
  EXPECT_EQ(stop.corridor_to_ratio, 1.3);
  EXPECT_EQ(stop.premium_usd, 1e5);
}

TEST(Programme, GoodRowsHaveNoProblem) { EXPECT_THAT(lines(good()), IsEmpty()); }

struct Case {
  const char *name, *column;
  std::vector<double> values;
  std::string line;
};
void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }

class ProgrammeProblem : public testing::TestWithParam<Case> {};

TEST_P(ProgrammeProblem, IsTheOnlyOneAndStopsTheRun) {
  const TreatyTable treaties = good_but(GetParam().column, GetParam().values);
  EXPECT_THAT(lines(treaties), ElementsAre(GetParam().line));
  EXPECT_THROW(programme_of(book_with(treaties)), Error);
}

INSTANTIATE_TEST_SUITE_P(
    OneColumn, ProgrammeProblem,
    testing::Values(
        Case{"ShareWithAttachment",
             "attachment_usd",
             {5, 1e6, 0, 0},
             "E_TREATY /treaties/attachment_usd[0] 5"},
        Case{"ShareWithLimit",
             "limit_usd",
             {9, 4e6, inf, 250e3},
             "E_TREATY /treaties/limit_usd[0] 9"},
        Case{"PersonsInPoints",
             "attachment_ratio",
             {nan, 1.5, 1.1, nan},
             "E_TREATY /treaties/attachment_ratio[1] 1.5"},
        Case{"PersonsLimitInPoints",
             "limit_ratio",
             {nan, nan, 0.4, 2},
             "E_TREATY /treaties/limit_ratio[3] 2"},
        Case{"AggregateWithAnnualDeductible",
             "annual_deductible_usd",
             {0, 0, 7, 0},
             "E_TREATY /treaties/annual_deductible_usd[2] 7"},
        Case{"ShareWithAnnualLimit",
             "annual_limit_usd",
             {7, inf, inf, inf},
             "E_TREATY /treaties/annual_limit_usd[0] 7"},
        Case{"NoWidth",
             "limit_usd",
             {inf, 0.004, inf, 250e3},
             "E_LIMIT /treaties/limit_usd[1] 0.004"},
        Case{"NoAnnualWidth",
             "annual_limit_usd",
             {inf, inf, inf, 0.001},
             "E_LIMIT /treaties/annual_limit_usd[3] 0.001"},
        Case{"TwoAttachments",
             "attachment_usd",
             {0, 1e6, 5e6, 0},
             "E_TWO_WAYS /treaties/attachment_ratio[2] 1.1"},
        Case{"TwoLimits",
             "limit_usd",
             {inf, 4e6, 1e6, 250e3},
             "E_TWO_WAYS /treaties/limit_ratio[2] 0.4"},
        Case{"CorridorWithoutEnd",
             "corridor_to_ratio",
             {nan, nan, nan, nan},
             "E_MISSING /treaties/corridor_to_ratio[2] NaN"},
        Case{"CorridorWithoutBeginning",
             "corridor_from_ratio",
             {nan, nan, nan, nan},
             "E_MISSING /treaties/corridor_from_ratio[2] NaN"},
        Case{"EmptyCorridor",
             "corridor_from_ratio",
             {nan, nan, 1.3, nan},
             "E_TREATY /treaties/corridor_from_ratio[2] 1.3"},
        Case{"CorridorBelowTheLayer",
             "corridor_from_ratio",
             {nan, nan, 1.05, nan},
             "E_TREATY /treaties/corridor_from_ratio[2] 1.05"},
        Case{"CorridorAboveTheLayer",
             "corridor_to_ratio",
             {nan, nan, 1.6, nan},
             "E_TREATY /treaties/corridor_to_ratio[2] 1.6"},
        Case{"WholeCommission",
             "commission",
             {1, 0, 0, 0},
             "E_COMMISSION /treaties/commission[0] 1"},
        Case{"CaptiveOfNobody", "captive", {0, 2, 0, 1}, "E_REFERENCE /treaties/captive[1] 2"},
        Case{"AggregateOfACaptive", "captive", {0, 0, 1, 1}, "E_TREATY /treaties/captive[2] 1"},
        Case{"MoreThanAll", "order", {0, 0, 2, 1}, "E_TREATY_OVERLAP /treaties/share[1] 1"},
        Case{"LayersOverlap",
             "attachment_usd",
             {0, 2e5, 0, 0},
             "E_TREATY_OVERLAP /treaties/share[3] 1"}),
    [](const auto& checked) { return checked.param.name; });

TEST(Programme, CaptiveTreatyNamesItsCaptive) {
  EXPECT_THAT(lines(good_but("captive", {0, 0, 0, 0})),
              ElementsAre("E_MISSING /treaties/captive[3] 0", "W_IDLE /groups/captive[] 1"));
}

TEST(Programme, AggregateNeedsAnAttachment) {
  const auto aggregate = [] { return TreatyTable(1).with("kind", {2}).with("captive", {0}); };
  EXPECT_THAT(lines(aggregate()), testing::Contains("E_MISSING /treaties/attachment_usd[0] 0"));
  EXPECT_THAT(lines(aggregate().with("limit_ratio", {0.4})),
              testing::Contains("E_MISSING /treaties/attachment_ratio[0] NaN"));
  EXPECT_THAT(lines(aggregate().with("limit_ratio", {0.4}).with("attachment_usd", {1e6})),
              testing::Contains("E_MISSING /treaties/attachment_ratio[0] NaN"));
}

TEST(Programme, SharesOfALayerMayAddUpToOne) {
  const auto layers = [](double second) {
    return TreatyTable(3)
        .with("kind", {1, 1, 1})
        .with("share", {0.1, 0.2, second})
        .with("captive", {0, 0, 1});
  };
  EXPECT_THAT(lines(layers(0.7)), IsEmpty());
  EXPECT_THAT(lines(layers(0.701)), ElementsAre("E_TREATY_OVERLAP /treaties/share[2] 0.701"));
}

TEST(Programme, SaysHowMuchOfWhichDollarsIsTakenOfWhom) {
  Portfolio book = book_with(TreatyTable(2)
                                 .with("kind", {1, 3})
                                 .with("attachment_usd", {1e5, 0})
                                 .with("limit_usd", {1e6, 2.5e5})
                                 .with("share", {0.5, 0.75})
                                 .with("captive", {0, 1}));
  const std::vector<Problem> problems = treaty_problems(book);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0].message,
              HasSubstr("take 1.25 of every dollar of a person's payout from 100000 to 250000 in "
                        "captive 1, more than there is"));
}

TEST(Programme, QuotaSharesOfOneOrderTakeNoMoreThanAll) {
  EXPECT_THAT(lines(TreatyTable(2).with("share", {0.6, 0.4}).with("order", {3, 3})),
              ElementsAre("W_IDLE /groups/captive[] 1"));
  EXPECT_THAT(
      lines(TreatyTable(2).with("share", {0.6, 0.41}).with("order", {3, 3})),
      ElementsAre("E_TREATY_OVERLAP /treaties/share[1] 0.41", "W_IDLE /groups/captive[] 1"));
}

TEST(Programme, LayersOfDifferentCaptivesDoNotOverlap) {
  Portfolio book = book_with(TreatyTable(2).with("kind", {3, 3}).with("captive", {1, 2}));
  book.groups.columns.back().values = std::vector<double>{1, 1, 2};
  EXPECT_THAT(treaty_problems(book), IsEmpty());
}

TEST(Programme, NamesAreUnique) {
  EXPECT_THAT(lines(good().named({"a", "b", "c", "b"})),
              ElementsAre("E_DUPLICATE /treaties/name[3] b"));
  EXPECT_THAT(lines(good().named({"2 person excess", "", "", ""})),
              ElementsAre("E_DUPLICATE /treaties/name[1] 2 person excess"));
}

TEST(Programme, WarnsOfATreatyForWhichNothingIsLeft) {
  const TreatyTable treaties = good_but("share", {1, 1, 0.9, 1});
  EXPECT_THAT(lines(treaties),
              ElementsAre("W_IDLE /treaties/order[1] 1", "W_IDLE /treaties/order[3] 1",
                          "W_IDLE /treaties/order[2] 2"));
  EXPECT_EQ(programme_of(book_with(treaties)).treaties.size(), 4U);
}

TEST(Programme, HasAtMost255Treaties) {
  const auto shares = [](std::size_t rows) {
    return TreatyTable(rows).with("share", std::vector<double>(rows, 0.001));
  };
  EXPECT_EQ(programme_of(book_with(shares(255))).treaties.size(), 255U);
  EXPECT_THAT(lines(shares(256)), ElementsAre("E_TOO_LARGE /treaties[] 256"));
}

TEST(Programme, ListsEveryProblemAtOnce) {
  TreatyTable treaties = good_but("commission", {1, 0, 0, 0});
  treaties.table.columns[3].values = std::vector<double>{5, 1e6, 5e6, 0};  // attachment_usd
  try {
    programme_of(book_with(treaties));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    EXPECT_EQ(error.problems().size(), 3U);
  }
}

}  // namespace
}  // namespace corridor
