// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/run_log.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace corridor::cli {
namespace {

using testing::HasSubstr;

std::vector<nlohmann::json> lines_of(const std::string& text) {
  std::vector<nlohmann::json> lines;
  std::size_t at = 0;
  for (std::size_t end; (end = text.find('\n', at)) != std::string::npos; at = end + 1) {
    lines.push_back(nlohmann::json::parse(text.substr(at, end - at)));
  }
  return lines;
}

template <class Work>
std::string on_stderr(const Work& work) {
  testing::internal::CaptureStderr();
  work();
  return testing::internal::GetCapturedStderr();
}

TEST(RunLog, ProgressComesEveryTenSecondsOfAPhase) {
  RunLog log;
  log.open({true, ""});
  const auto found = lines_of(on_stderr([&] {
    for (const double at : {1.0, 9.9, 10.0, 15.0, 20.0, 25.0}) {
      log.progress({"simulate", 1, 10, at});
    }
    log.progress({"exact laws", 1, 10, 5});
    log.progress({"exact laws", 1, 10, 11});
  }));
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0]["event"], "progress");
  EXPECT_EQ(found[1]["elapsed_s"], 20.0);
  EXPECT_EQ(found[2]["phase"], "exact laws");
}

TEST(RunLog, QuietLeavesErrorsAlone) {
  RunLog log;
  log.open({true, ""});
  log.set_loudness(true, false);
  const auto found = lines_of(on_stderr([&] {
    log.event(Severity::info, "message", {{"message", "a"}});
    log.event(Severity::warning, "message", {{"message", "b"}});
    log.event(Severity::error, "message", {{"message", "c"}});
  }));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0]["message"], "c");
}

TEST(RunLog, BytesThatAreNoTextDoNotBreakALine) {
  RunLog log;
  log.open({true, ""});
  const auto found =
      lines_of(on_stderr([&] { log.event(Severity::info, "message", {{"message", "a\xff\nb"}}); }));
  ASSERT_EQ(found.size(), 1u);
}

TEST(AccountText, SharesAddUpAndTheSumIsTheRun) {
  const std::string text = account_text(
      {{"load", 1.0, 0, 2'000'000, 0}, {"simulate", 3.0, 6'000'000, 0, 512}}, 4.0, "cpu");
  EXPECT_THAT(text, HasSubstr("load                     1.000     25.0%                 -    2.0 MB"));
  EXPECT_THAT(text, HasSubstr("simulate                 3.000     75.0%       2.0 million       0 B     512 B"));
  EXPECT_THAT(text, HasSubstr("all                      4.000    100.0%       1.5 million    2.0 MB     512 B"));
}

}  // namespace
}  // namespace corridor::cli
