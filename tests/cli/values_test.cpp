// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/values.hpp"

#include <gmock/gmock.h>

#include <limits>

#include "tests/cli/refusal.hpp"

namespace corridor::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr double infinity = std::numeric_limits<double>::infinity();

std::string refused_deductibles(const std::string& text) {
  return refusal(ErrorKind::usage, [&] { deductibles_usd("--specific", text); });
}
std::string refused_corridors(const std::string& text) {
  return refusal(ErrorKind::usage, [&] { corridors("--corridor", text); });
}

TEST(Deductibles, AscendingListIsReadInDollarsAndCents) {
  EXPECT_THAT(deductibles_usd("--specific", "50000,75000.25, 1e5"),
              ElementsAre(50000, 75000.25, 100000));
}

TEST(PartOfMean, IsReadAsAFractionOrAPercentage) {
  EXPECT_DOUBLE_EQ(part_of_mean("--target-se", "0.005"), 0.005);
  EXPECT_DOUBLE_EQ(part_of_mean("--target-se", "0.5%"), 0.005);
}

TEST(PartOfMean, MustLieBetweenAThousandthOfAPercentAndAll) {
  for (const char* text : {"0", "0.0009%", "1", "100%", "-0.1", "nan", "%", "", "1 %", "0.1%%"}) {
    EXPECT_THAT(refusal(ErrorKind::usage, [&] { part_of_mean("--target-se", text); }),
                HasSubstr("Write it as a percentage or a fraction"))
        << text;
  }
}

TEST(Deductibles, InfinityMeansNoSpecificCover) {
  EXPECT_THAT(deductibles_usd("--specific", "50000,inf"), ElementsAre(50000, infinity));
}

TEST(Deductibles, UnsortedListIsRefusedWithTheSortedOne) {
  const std::string message = refused_deductibles("100000,50000,75000.5");
  EXPECT_THAT(message, HasSubstr("--specific 100000,50000,75000.5: 50000 comes after 100000"));
  EXPECT_THAT(message, HasSubstr("Use --specific 50000,75000.5,100000"));
}

TEST(Deductibles, RepeatedValueIsRefusedWithTheListWithoutIt) {
  const std::string message = refused_deductibles("50000,100000,100000.00");
  EXPECT_THAT(message, HasSubstr("twice"));
  EXPECT_THAT(message, HasSubstr("Use --specific 50000,100000"));
}

TEST(Deductibles, SortedListInTheMessageKeepsSevenDigitAmountsWhole) {
  EXPECT_THAT(refused_deductibles("2000000,1234567.89"),
              HasSubstr("Use --specific 1234567.89,2000000"));
}

TEST(Deductibles, NothingAtOrBelowZeroIsADeductible) {
  EXPECT_THAT(refused_deductibles("0"), HasSubstr("a deductible of 0 is not above 0"));
  EXPECT_THAT(refused_deductibles("-5"), HasSubstr("-5"));
  EXPECT_THAT(refused_deductibles("-inf"), HasSubstr("-inf"));
}

TEST(Deductibles, ThousandsSeparatorsAreNamedAsTheLikelyCause) {
  EXPECT_THAT(refused_deductibles("50,000"), HasSubstr("without thousands separators"));
}

TEST(Deductibles, WhatIsNoNumberIsNamed) {
  for (const char* entry : {"nan", "NaN", "50k", "$50000", "0x10", "5e", "+5", "1.2.3", "50 000"}) {
    EXPECT_THAT(refused_deductibles(std::string("50000,") + entry),
                HasSubstr(std::string("'") + entry + "' is not a number"));
  }
}

TEST(Deductibles, EmptyEntriesAreRefused) {
  for (const char* list : {"", " ", ",", "50000,", ",50000", "50000,,60000"}) {
    EXPECT_THAT(refused_deductibles(list), HasSubstr("empty"));
  }
}

TEST(Deductibles, PartsOfACentAreRefused) {
  EXPECT_THAT(refused_deductibles("50000.005"), HasSubstr("not in whole cents"));
  EXPECT_THAT(refused_deductibles("999999999.999"), HasSubstr("not in whole cents"));
}

TEST(Deductibles, AmountsThatCentsCannotHoldAreRefused) {
  EXPECT_THAT(refused_deductibles("1e10"), HasSubstr("above 1000000000"));
  EXPECT_THAT(refused_deductibles("1e300"), HasSubstr("above"));
  EXPECT_THAT(refused_deductibles("1e999"), HasSubstr("not a number"));
}

TEST(Corridors, AscendingMultiplesAreRead) {
  EXPECT_THAT(corridors("--corridor", "1,1.10,1.25"), ElementsAre(1, 1.10, 1.25));
}

TEST(Corridors, PercentIsRefusedWithTheMultiple) {
  EXPECT_THAT(refused_corridors("125"), HasSubstr("For 125 percent write 1.25"));
}

TEST(Corridors, OutsideTheRangeIsRefused) {
  for (const char* value : {"0", "-1.25", "0.25", "inf", "1e9"}) {
    EXPECT_THAT(refused_corridors(value), HasSubstr("outside 0.5 to 5"));
  }
}

TEST(Corridors, UnsortedListIsRefusedWithTheSortedOne) {
  EXPECT_THAT(refused_corridors("1.25,1.1"), HasSubstr("Use --corridor 1.1,1.25"));
}

TEST(Levels, DecimalsStayAsWritten) {
  const std::vector<Level> result = levels("--levels", "0.99,0.995");
  ASSERT_EQ(result.size(), 2u);
  EXPECT_EQ(result[1].text, "0.995");
}

TEST(Levels, OutsideZeroToOneIsRefused) {
  for (const char* value : {"0", "1", "1.5", "-0.5", "99", "nan", "", "0.99,0.99", "0.99,0.990"}) {
    const std::string message = refusal(ErrorKind::usage, [&] { levels("--levels", value); });
    EXPECT_THAT(message, HasSubstr("--levels"));
  }
}

TEST(Names, UnknownNameIsRefusedWithTheNearest) {
  const std::string message = refusal(ErrorKind::usage, [] {
    names("--principles", "wang_transfrom", {"variance", "wang_transform"});
  });
  EXPECT_THAT(message, HasSubstr("'wang_transfrom' is unknown. Did you mean wang_transform?"));
}

TEST(Names, NameLikeNoOtherIsRefusedWithTheList) {
  EXPECT_THAT(refusal(ErrorKind::usage,
                      [] {
                        one_name("--device", "quantum", {"cpu", "cuda"});
                      }),
              HasSubstr("Known are cpu, cuda"));
}

TEST(Names, RepeatedNameIsRefused) {
  EXPECT_THAT(refusal(ErrorKind::usage,
                      [] {
                        names("--principles", "a,b,a", {"a", "b"});
                      }),
              HasSubstr("'a' is there twice"));
}

TEST(WholeNumber, LimitsAreIncluded) {
  EXPECT_EQ(whole_number("--years", "1", 1, 4294967295), 1u);
  EXPECT_EQ(whole_number("--years", "4294967295", 1, 4294967295), 4294967295u);
}

TEST(WholeNumber, AnythingElseIsRefusedWithTheLimits) {
  for (const char* value : {"0", "4294967296", "-1", "1.5", "1e3", "", " 1", "1 ", "abc", "+1",
                            "99999999999999999999999"}) {
    EXPECT_THAT(refusal(ErrorKind::usage, [&] { whole_number("--years", value, 1, 4294967295); }),
                HasSubstr("from 1 to 4294967295"));
  }
}

TEST(WholeNumber, SeedTakesAll64Bits) {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(whole_number("--seed", "18446744073709551615", 0, most), most);
}

TEST(MemoryBytes, DecimalAndBinaryUnitsDiffer) {
  EXPECT_EQ(memory_bytes("--memory-limit", "8GB"), 8'000'000'000u);
  EXPECT_EQ(memory_bytes("--memory-limit", "2 GiB"), std::size_t{2} << 30);
  EXPECT_EQ(memory_bytes("--memory-limit", "512mb"), 512'000'000u);
  EXPECT_EQ(memory_bytes("--memory-limit", "1.5tb"), 1'500'000'000'000u);
  EXPECT_EQ(memory_bytes("--memory-limit", "123456789"), 123'456'789u);
}

TEST(MemoryBytes, WhatIsNoAmountIsRefused) {
  for (const char* value : {"", "GB", "8XB", "-8GB", "0", "1KB", "nan", "inf", "8 G B"}) {
    EXPECT_THAT(refusal(ErrorKind::usage, [&] { memory_bytes("--memory-limit", value); }),
                HasSubstr("for example --memory-limit 8GB"));
  }
}

TEST(MemoryBytes, LessThanAnyRunNeedsIsRefusedWithTheLeast) {
  for (const char* value : {"1MB", "63MB", "1", "2e6TB"}) {
    EXPECT_THAT(refusal(ErrorKind::usage, [&] { memory_bytes("--memory-limit", value); }),
                HasSubstr("64MB to 1000000TB"));
  }
  EXPECT_EQ(memory_bytes("--memory-limit", "64MB"), 64'000'000u);
}

TEST(WholeNumber, ItsRefusalShowsANumberThatIsTaken) {
  EXPECT_THAT(refusal(ErrorKind::usage, [] { whole_number("--years", "1e6", 1, 4294967295u); }),
              HasSubstr("from 1 to 4294967295. Write digits alone, as --years 100000"));
  EXPECT_THAT(refusal(ErrorKind::usage, [] { whole_number("--threads", "many", 1, 4096); }),
              HasSubstr("from 1 to 4096. Write digits alone, as --threads 8"));
}

}  // namespace
}  // namespace corridor::cli
