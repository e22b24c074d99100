// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/price_request.hpp"

#include <gmock/gmock.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "tests/cli/refusal.hpp"

namespace corridor::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

PriceRequest request(std::vector<std::string> arguments) {
  CLI::App app("", "corridor price");
  PriceFlags flags;
  declare_flags(app, flags);
  arguments.insert(arguments.begin(), "book.h5");
  std::reverse(arguments.begin(), arguments.end());
  app.parse(arguments);
  return checked(flags);
}

std::string refused(const std::vector<std::string>& arguments) {
  return refusal(ErrorKind::usage, [&] { request(arguments); });
}

TEST(PriceRequest, DefaultsAreTheDocumentedOnes) {
  const PriceRequest plain = request({});
  EXPECT_EQ(plain.options.years, 100'000u);
  EXPECT_EQ(plain.options.seed, 1u);
  EXPECT_EQ(plain.options.device, "auto");
  EXPECT_TRUE(plain.options.specific_usd.empty());
  EXPECT_TRUE(plain.prints_table());
}

TEST(PriceRequest, FlagsReachTheRunOptions) {
  const PriceRequest full =
      request({"--specific",        "50000,100000", "--corridor",     "1.10,1.25",
               "--years",           "2000",         "--seed",         "7",
               "--device",          "cpu",          "--threads",      "2",
               "--levels",          "0.9,0.995",    "--memory-limit", "8GB",
               "--instruction-set", "avx2",         "--principles",   "expected_value"});
  EXPECT_THAT(full.options.specific_usd, ElementsAre(50000, 100000));
  EXPECT_THAT(full.options.corridor, ElementsAre(1.10, 1.25));
  EXPECT_EQ(full.options.years, 2000u);
  EXPECT_EQ(full.options.seed, 7u);
  EXPECT_EQ(full.options.device, "cpu");
  EXPECT_EQ(full.options.threads, 2u);
  EXPECT_EQ(full.options.levels.size(), 2u);
  EXPECT_EQ(full.options.memory_limit_bytes, 8'000'000'000u);
  EXPECT_EQ(full.options.instruction_set, "avx2");
  EXPECT_THAT(full.options.principles, ElementsAre("expected_value"));
}

TEST(PriceRequest, LoadsApplyInTheirOrderAfterTheFile) {
  const PriceRequest loaded = request({"--load", "expense=0.2", "--load", "specific.expense=0.1"});
  EXPECT_DOUBLE_EQ(loaded.basis.specific.expense, 0.1);
  EXPECT_DOUBLE_EQ(loaded.basis.aggregate.expense, 0.2);
}

TEST(PriceRequest, AnUnknownLoadIsAUsageError) { refused({"--load", "expens=0.2"}); }

TEST(PriceRequest, AnEmptyListIsNotTheSameAsNone) {
  EXPECT_THAT(refused({"--specific", ""}), HasSubstr("--specific"));
  EXPECT_THAT(refused({"--levels", ""}), HasSubstr("--levels"));
}

TEST(PriceRequest, OutputNamesNeedAKnownEnding) {
  EXPECT_THAT(refused({"-o", "quotes.xlsx"}), HasSubstr(".h5"));
  EXPECT_THAT(refused({"-o", "quotes"}), HasSubstr(".h5"));
  EXPECT_THAT(refused({"--csv", "quotes.txt"}), HasSubstr(".csv"));
}

TEST(PriceRequest, StandardOutputIsGivenOnce) {
  EXPECT_THAT(refused({"--json", "--csv", "-"}), HasSubstr("standard output"));
}

TEST(PriceRequest, QuietNeedsAnotherPlaceForTheResults) {
  EXPECT_THAT(refused({"--quiet"}), HasSubstr("would go nowhere"));
  EXPECT_FALSE(request({"--quiet", "--json"}).prints_table());
}

TEST(PriceRequest, TwoOutputsNeedTwoNames) {
  EXPECT_THAT(refused({"-o", "a.csv", "--csv", "a.csv"}), HasSubstr("same file"));
}

}  // namespace
}  // namespace corridor::cli
