// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "corridor/error.hpp"
#include "corridor/run_options.hpp"

namespace corridor {
namespace {

std::uint64_t rank(const char* level, std::uint64_t years) {
  return parse_level(level).rank(years);
}

TEST(Level, RankIsTheCeilingOfTheDecimalTimesTheYears) {
  EXPECT_EQ(rank("0.995", 200), 199u);
  EXPECT_EQ(rank("0.995", 201), 200u);
  EXPECT_EQ(rank("0.99", 100'000), 99'000u);
  EXPECT_EQ(rank("0.5", 3), 2u);
  EXPECT_EQ(rank("0.000000001", 1), 1u);
}

TEST(Level, RankIsExactWhereDoublesAreNot) {
  // 0.07 * 100 is 7.000000000000001 in doubles, whose ceiling is 8.
  EXPECT_EQ(rank("0.07", 100), 7u);
  EXPECT_EQ(rank("0.57", 100), 57u);
  EXPECT_EQ(rank("0.999999999", 1'000'000'000), 999'999'999u);
  EXPECT_EQ(rank("0.999999999", 4'294'967'295), 4'294'967'291u);
  EXPECT_EQ(rank("0.999999999", 10'000'000'000'000), 9'999'999'990'000u);
}

TEST(Level, SuffixIsThePercentWithAnUnderscoreForThePoint) {
  EXPECT_EQ(parse_level("0.99").suffix(), "99");
  EXPECT_EQ(parse_level("0.995").suffix(), "99_5");
  EXPECT_EQ(parse_level("0.5").suffix(), "50");
  EXPECT_EQ(parse_level("0.05").suffix(), "5");
  EXPECT_EQ(parse_level("0.001").suffix(), "0_1");
  EXPECT_EQ(parse_level("0.999999999").suffix(), "99_9999999");
}

TEST(Level, WaysToWriteOneLevelAreOneLevel) {
  EXPECT_EQ(parse_level("0.9950").text, "0.995");
  EXPECT_EQ(parse_level(".995").text, "0.995");
  EXPECT_EQ(parse_level("00.995000000000").text, "0.995");
  EXPECT_EQ(parse_level("0.995").value, 0.995);
}

TEST(Level, WhatIsNoPlainDecimalBetweenZeroAndOneIsAUsageError) {
  for (const char* text : {"",
                           ".",
                           "0",
                           "0.",
                           "0.0",
                           "1",
                           "1.0",
                           "99",
                           "99.5",
                           "1.5",
                           "-0.5",
                           "+0.5",
                           "1e-3",
                           "0.9e0",
                           "0.99 ",
                           " 0.99",
                           "0.99%",
                           "nan",
                           "inf",
                           "0,99",
                           "0.9999999999",
                           "0.0000000001",
                           "0x0.8",
                           "0.5.5"}) {
    try {
      parse_level(text);
      FAIL() << "'" << text << "' was taken";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage) << text;
    }
  }
}

}  // namespace
}  // namespace corridor
