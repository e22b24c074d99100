// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/tail_request.hpp"

#include <gmock/gmock.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "tests/cli/refusal.hpp"

namespace corridor::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TailRequest request(std::vector<std::string> arguments) {
  CLI::App app("", "corridor tail");
  TailFlags flags;
  declare_flags(app, flags);
  arguments.insert(arguments.begin(), "book.h5");
  std::reverse(arguments.begin(), arguments.end());
  app.parse(arguments);
  return checked(flags);
}

std::string refused(const std::vector<std::string>& arguments) {
  return refusal(ErrorKind::usage, [&] { request(arguments); });
}

TEST(TailRequest, DefaultsAreTheDocumentedOnes) {
  const TailRequest plain = request({});
  EXPECT_EQ(plain.book, "book.h5");
  EXPECT_EQ(plain.options.run.years, 100'000u);
  EXPECT_EQ(plain.options.run.seed, 1u);
  EXPECT_TRUE(plain.options.treaties);
  EXPECT_TRUE(plain.options.return_periods_years.empty());
  EXPECT_EQ(plain.options.contribution_metric, "net");
  EXPECT_TRUE(plain.options.marginal_groups.empty());
  EXPECT_EQ(plain.table, "risk");
  EXPECT_TRUE(plain.prints_table());
}

TEST(TailRequest, FlagsReachTheOptions) {
  const TailRequest full = request(
      {"--years",          "2000",       "--seed",          "7",           "--device",     "cpu",
       "--threads",        "2",          "--levels",        "0.9,0.995",   "--memory-limit", "8GB",
       "--instruction-set", "avx2",      "--principles",    "tvar",        "--no-treaties",
       "--return-periods", "2,100,2000", "--contributions", "gross",
       "--marginal",       "G1, G 2",    "--marginal",        "G3",          "--load",          "expense=0.2", "--csv",        "-",
       "--table",          "contributions"});
  const TailOptions& options = full.options;
  EXPECT_EQ(options.run.years, 2000u);
  EXPECT_EQ(options.run.seed, 7u);
  EXPECT_EQ(options.run.device, "cpu");
  EXPECT_EQ(options.run.threads, 2u);
  EXPECT_EQ(options.run.levels.size(), 2u);
  EXPECT_EQ(options.run.memory_limit_bytes, 8'000'000'000u);
  EXPECT_EQ(options.run.instruction_set, "avx2");
  EXPECT_THAT(options.run.principles, ElementsAre("tvar"));
  EXPECT_FALSE(options.treaties);
  EXPECT_THAT(options.return_periods_years, ElementsAre(2, 100, 2000));
  EXPECT_EQ(options.contribution_metric, "gross");
  EXPECT_THAT(options.marginal_groups, ElementsAre("G1, G 2", "G3"));
  EXPECT_DOUBLE_EQ(options.basis.specific.expense, 0.2);
  EXPECT_TRUE(full.csv_to_stdout);
  EXPECT_FALSE(full.prints_table());
  EXPECT_EQ(full.table, "contributions");
}

TEST(TailRequest, LevelsLieBetweenNoneAndAllYears) {
  for (const char* level : {"0", "1", "-0.5", "1.5", "99", "nan", ""}) {
    EXPECT_THAT(refused({"--levels", level}), HasSubstr("--levels")) << level;
  }
  EXPECT_THAT(refused({"--levels", "99.5"}), HasSubstr("write 0.995"));
}

TEST(TailRequest, ReturnPeriodsAreWholeYearsWithinTheRun) {
  for (const char* period : {"1", "0", "2.5"}) {
    EXPECT_THAT(refused({"--return-periods", period}),
                HasSubstr("whole number of years from 2 on"))
        << period;
  }
  EXPECT_THAT(refused({"--return-periods", "10,ten"}), HasSubstr("'ten' is not a number"));
  EXPECT_THAT(refused({"--return-periods", "100,10"}), HasSubstr("Use --return-periods 10,100"));
  EXPECT_THAT(refused({"--return-periods", "100,inf"}), HasSubstr("longer than the 100000 years"));
  EXPECT_THAT(refused({"--years", "99", "--return-periods", "100"}),
              HasSubstr("longer than the 99 years"));
  EXPECT_THAT(request({"--years", "100", "--return-periods", "100"}).options.return_periods_years,
              ElementsAre(100));
}

TEST(TailRequest, PrinciplesAreKnown) {
  EXPECT_THAT(request({"--principles", "variance,tvar"}).options.run.principles,
              ElementsAre("variance", "tvar"));
  EXPECT_THAT(refused({"--principles", "tva"}), HasSubstr("Did you mean tvar?"));
}

TEST(TailRequest, TablesAreKnownAndMade) {
  EXPECT_THAT(refused({"--csv", "-", "--table", "rsk"}), HasSubstr("Did you mean risk?"));
  EXPECT_THAT(refused({"--table", "risk"}), HasSubstr("--csv"));
  EXPECT_THAT(refused({"--csv", "-", "--table", "treaties", "--no-treaties"}),
              HasSubstr("--no-treaties"));
  EXPECT_THAT(refused({"--csv", "-", "--table", "marginal"}), HasSubstr("--marginal"));
  EXPECT_THAT(refused({"--csv", "-", "--table", "contributions", "--contributions", "none"}),
              HasSubstr("--contributions none"));
}

TEST(TailRequest, ContributionsAreOfGrossOrNet) {
  EXPECT_THAT(refused({"--contributions", "ceded"}), HasSubstr("gross, net"));
}

TEST(TailRequest, AGroupIsNamedOnce) {
  EXPECT_THAT(refused({"--marginal", "G1,G2,G1"}), HasSubstr("twice"));
  EXPECT_THAT(refused({"--marginal", "G1,"}), HasSubstr("empty"));
}

TEST(TailRequest, OutputNamesNeedAKnownEnding) {
  EXPECT_THAT(refused({"-o", "tail.csv"}), HasSubstr(".h5, .json"));
  EXPECT_THAT(refused({"-o", "tail"}), HasSubstr(".h5, .json"));
  EXPECT_THAT(refused({"--csv", "tail.txt"}), HasSubstr(".csv"));
}

TEST(TailRequest, StandardOutputIsGivenOnce) {
  EXPECT_THAT(refused({"--json", "--csv", "-"}), HasSubstr("standard output"));
  EXPECT_THAT(refused({"--quiet"}), HasSubstr("would go nowhere"));
}

}  // namespace
}  // namespace corridor::cli
