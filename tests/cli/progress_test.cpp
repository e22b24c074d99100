// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/progress.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace corridor::cli {
namespace {

TEST(ProgressText, ShowsPhasePartAndTimeLeft) {
  EXPECT_EQ(progress_text({"simulate", 40, 100, 20}), "simulate   40%  30s left");
  EXPECT_EQ(progress_text({"simulate", 10, 100, 10}), "simulate   10%  1m30s left");
  EXPECT_EQ(progress_text({"simulate", 1, 1000, 10}), "simulate    0%  2h46m left");
}

TEST(ProgressText, HasNoEstimateBeforeTheFirstUnitIsDone) {
  EXPECT_EQ(progress_text({"simulate", 0, 100, 3}), "simulate    0%");
  EXPECT_EQ(progress_text({"read", 0, 0, 3}), "read");
}

TEST(ProgressText, HundredPercentMeansDone) {
  EXPECT_EQ(progress_text({"simulate", 999, 1000, 10}).substr(0, 15), "simulate   99% ");
  EXPECT_EQ(progress_text({"simulate", 1000, 1000, 10}), "simulate  100%  0s left");
}

TEST(ProgressEvent, IsOneLineOfJson) {
  const std::string line = progress_event({"simulate", 40, 100, 20});
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const auto event = nlohmann::json::parse(line);
  EXPECT_EQ(event["event"], "progress");
  EXPECT_EQ(event["phase"], "simulate");
  EXPECT_EQ(event["done"], 40);
  EXPECT_EQ(event["total"], 100);
  EXPECT_DOUBLE_EQ(event["elapsed_s"].get<double>(), 20);
  EXPECT_DOUBLE_EQ(event["eta_s"].get<double>(), 30);
  EXPECT_TRUE(nlohmann::json::parse(progress_event({"simulate", 0, 100, 20}))["eta_s"].is_null());
}

std::string shown_on_stderr(ProgressDisplay::Style style, const std::vector<Progress>& steps) {
  testing::internal::CaptureStderr();
  {
    ProgressDisplay display(style);
    for (const Progress& step : steps) display.update(step);
  }
  return testing::internal::GetCapturedStderr();
}

TEST(ProgressDisplay, EventsComeEveryTenSecondsAndNotBefore) {
  const std::vector<Progress> steps{{"simulate", 1, 100, 1},   {"simulate", 5, 100, 9.9},
                                    {"simulate", 6, 100, 10},  {"simulate", 9, 100, 15},
                                    {"simulate", 12, 100, 20}, {"simulate", 13, 100, 25}};
  const std::string shown = shown_on_stderr(ProgressDisplay::Style::events, steps);
  EXPECT_EQ(std::count(shown.begin(), shown.end(), '\n'), 2) << shown;
}

TEST(ProgressDisplay, ARunUnderTenSecondsIsSilentOffTheTerminal) {
  EXPECT_EQ(shown_on_stderr(ProgressDisplay::Style::events,
                            {{"simulate", 50, 100, 4.0}, {"simulate", 100, 100, 8.0}}),
            "");
}

TEST(ProgressDisplay, TheLineIsTakenAwayAtTheEnd) {
  const std::string shown =
      shown_on_stderr(ProgressDisplay::Style::line, {{"simulate", 50, 100, 1.0}});
  EXPECT_NE(shown.find("50%"), std::string::npos);
  EXPECT_TRUE(shown.ends_with("\r\033[K"));
}

TEST(ProgressDisplay, QuietShowsNothing) {
  EXPECT_EQ(shown_on_stderr(ProgressDisplay::Style::none, {{"simulate", 50, 100, 100}}), "");
}

}  // namespace
}  // namespace corridor::cli
