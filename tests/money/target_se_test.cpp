// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/target_se.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/money/made_up_run.hpp"

namespace corridor {
namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

struct Row {
  FigureLoss retained, specific, aggregate, total;
  QuoteKey key;
  QuoteRow row;

  Row() {
    for (FigureLoss* loss : {&retained, &specific, &aggregate, &total}) {
      *loss = {};
      loss->years = 10'000;
      loss->hits = 1'000;
      loss->mean_usd = 100;
      loss->se_usd = 1;
    }
    key.has_aggregate = true;
    key.specific_deductible_usd = 50'000;
    row.key = &key;
    row.retained = {&retained, not_known, {}};
    row.specific_before_asd = {&specific, not_known, {}};
    row.specific = {&specific, not_known, {}};
    row.aggregate = {&aggregate, not_known, {}};
    row.total = {&total, not_known, {}};
  }
};

TEST(YearsForTarget, GrowWithTheSquareOfWhatTheErrorMustFallBy) {
  const Row at_one_percent;
  EXPECT_DOUBLE_EQ(years_for_target(at_one_percent.row, 0.01), 10'000);
  EXPECT_DOUBLE_EQ(years_for_target(at_one_percent.row, 0.001), 1'000'000);
}

TEST(YearsForTarget, GoByTheMeanThatIsLeastSure) {
  Row row;
  row.aggregate.se_usd = 3;
  EXPECT_DOUBLE_EQ(years_for_target(row.row, 0.01), 90'000);
}

TEST(YearsForTarget, AskNothingOfMeansWithAClosedFormOrOfCoversThatAreNotQuoted) {
  Row row;
  row.specific.se_usd = 50;
  row.specific.source = FigureSource::exact_mean;
  EXPECT_DOUBLE_EQ(years_for_target(row.row, 0.01), 10'000);
  row.key.has_aggregate = false;
  EXPECT_EQ(years_for_target(row.row, 0.01), 0);
  row.specific.source = FigureSource::simulated;
  row.key.specific_deductible_usd = std::numeric_limits<double>::infinity();
  EXPECT_EQ(years_for_target(row.row, 0.01), 0);
}

TEST(YearsForTarget, AreUnknownWhereACoverHasNotPaidAndNoneWhereItCannot) {
  Row row;
  row.specific = {};
  EXPECT_TRUE(std::isinf(years_for_target(row.row, 0.01)));
  row.row.specific_before_asd.exact_usd = 0;
  EXPECT_DOUBLE_EQ(years_for_target(row.row, 0.01), 10'000);
}

TEST(NextYears, StepByFifthsToWhatIsNeededAndNoFurther) {
  EXPECT_EQ(next_years(1'000, 1'000, 1'000'000), 1'000u);
  EXPECT_EQ(next_years(1'000, 0, 1'000'000), 1'000u);
  EXPECT_EQ(next_years(1'000, 1'001, 1'000'000), 1'201u);
  EXPECT_EQ(next_years(1'000, 1'300, 1'000'000), 1'442u);
  const std::uint32_t far = next_years(1'000, std::numeric_limits<double>::infinity(), 1'000'000);
  EXPECT_GE(far, 16'000u);
  EXPECT_LT(far, 19'300u);
}

TEST(NextYears, EndAtTheMostAndNeverFall) {
  EXPECT_EQ(next_years(1'000, 1e9, 5'000), 5'000u);
  EXPECT_EQ(next_years(1'000, 1e9, 500), 1'000u);
  constexpr std::uint32_t largest = std::numeric_limits<std::uint32_t>::max();
  EXPECT_EQ(next_years(4'000'000'000u, 1e12, largest), largest);
}

}  // namespace
}  // namespace corridor
