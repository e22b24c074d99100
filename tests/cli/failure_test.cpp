// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/failure.hpp"

#include <gmock/gmock.h>

#include <new>
#include <nlohmann/json.hpp>

namespace corridor::cli {
namespace {

using testing::HasSubstr;

struct Reported {
  int exit_code;
  std::string out, err;
};

template <class Thrown>
Reported reported(const Thrown& thrown, bool json) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const int exit_code = report_failure(std::make_exception_ptr(thrown), json);
  return {exit_code, testing::internal::GetCapturedStdout(),
          testing::internal::GetCapturedStderr()};
}

Problem negative_scale() {
  Problem problem;
  problem.code = "E_NOT_POSITIVE";
  problem.file = "book.h5";
  problem.dataset = "/members/scale";
  problem.row = 12;
  problem.value = "-3";
  problem.message = "value -3 is not above 0";
  return problem;
}

TEST(ReportFailure, EveryKindEndsWithItsExitCode) {
  for (const int code : {64, 65, 66, 69, 70, 73, 74, 75}) {
    EXPECT_EQ(reported(Error(static_cast<ErrorKind>(code), "no"), false).exit_code, code);
  }
}

TEST(ReportFailure, EveryProblemHasItsLineOnStderr) {
  const Reported result =
      reported(Error(ErrorKind::bad_data, {negative_scale(), negative_scale()}), false);
  EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 2);
  EXPECT_THAT(result.err, HasSubstr("book.h5:/members/scale[12]: value -3 is not above 0"));
  EXPECT_EQ(result.out, "");
}

TEST(ReportFailure, JsonNamesKindCodeAndProblems) {
  const Reported result = reported(Error(ErrorKind::bad_data, {negative_scale()}), true);
  const auto error = nlohmann::json::parse(result.out)["error"];
  EXPECT_EQ(error["kind"], "bad_data");
  EXPECT_EQ(error["exit_code"], 65);
  EXPECT_EQ(error["problems"][0]["dataset"], "/members/scale");
  EXPECT_EQ(error["problems"][0]["row"], 12);
  EXPECT_TRUE(error["problems"][0]["group"].is_null());
  EXPECT_THAT(result.err, HasSubstr("not above 0"));
}

TEST(ReportFailure, BytesThatAreNoTextStillGiveJson) {
  Problem problem = negative_scale();
  problem.value = "\xff\xfe";
  const Reported result = reported(Error(ErrorKind::bad_data, {problem}), true);
  EXPECT_TRUE(nlohmann::json::accept(result.out));
}

TEST(ReportFailure, WhatNobodyForesawIsCalledABug) {
  const Reported result = reported(std::runtime_error("index 7 of 3"), false);
  EXPECT_EQ(result.exit_code, 70);
  EXPECT_THAT(result.err, HasSubstr("index 7 of 3 (this is a bug"));
}

TEST(ReportFailure, LackOfMemoryIsNotCalledABug) {
  const Reported result = reported(std::bad_alloc(), false);
  EXPECT_EQ(result.exit_code, 70);
  EXPECT_THAT(result.err, HasSubstr("out of memory"));
}

TEST(ReportFailure, MessagesOffATerminalCarryNoColour) {
  EXPECT_EQ(reported(Error(ErrorKind::usage, "no"), false).err.find('\033'), std::string::npos);
}

}  // namespace
}  // namespace corridor::cli
