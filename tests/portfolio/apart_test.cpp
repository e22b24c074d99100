// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/h5/apart.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <new>

#include "corridor/error.hpp"

namespace corridor::h5 {
namespace {

class Apart : public testing::Test {
 protected:
  Apart() { build_apart(true); }
  ~Apart() override { build_apart(false); }

  static std::string told(const std::function<std::string()>& build, ErrorKind kind) {
    try {
      built(build);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind);
      return error.what();
    }
    return "nothing";
  }
};

TEST_F(Apart, BytesComeFromAnotherProcess) {
  pid_t builder = getpid();
  const std::string bytes = built([&] {
    builder = 0;  // of the child's memory
    std::string many(300'000, '\0');
    for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<char>(i * 7);
    return many;
  });
  EXPECT_EQ(builder, getpid());
  ASSERT_EQ(bytes.size(), 300'000u);
  EXPECT_EQ(bytes[299'999], static_cast<char>(299'999 * 7 % 256));
  EXPECT_TRUE(built([] { return std::string(); }).empty());
}

TEST_F(Apart, ErrorsComeBackWithKindAndText) {
  EXPECT_EQ(told([]() -> std::string { throw Error(ErrorKind::bad_data, "text is too long"); },
                 ErrorKind::bad_data),
            "text is too long");
  EXPECT_THROW(built([]() -> std::string { throw std::bad_alloc(); }), std::bad_alloc);
}

TEST_F(Apart, AnEndIsToldWithHow) {
  EXPECT_NE(told([]() -> std::string { std::abort(); }, ErrorKind::internal).find("signal 6"),
            std::string::npos);
  EXPECT_NE(told([]() -> std::string { _exit(255); }, ErrorKind::internal).find("exit status 255"),
            std::string::npos);
}

TEST_F(Apart, ABuildLearnsThatNobodyWaitsForIt) {
  std::array<int, 2> pipe_ends{};
  ASSERT_EQ(pipe(pipe_ends.data()), 0);
  const auto tell = [&](char what) { return write(pipe_ends[1], &what, 1) == 1; };
  const auto heard = [&] {
    char what = '-';
    return read(pipe_ends[0], &what, 1) == 1 ? what : '-';
  };
  const pid_t program = fork();
  if (program == 0) {
    built([&]() -> std::string {
      try {
        for (require_parent(), tell('b');; usleep(1'000)) require_parent();
      } catch (const Orphaned&) {
        tell('o');
      }
      return "";
    });
    _exit(1);
  }
  EXPECT_EQ(heard(), 'b');
  kill(program, SIGKILL);
  EXPECT_EQ(heard(), 'o');
  waitpid(program, nullptr, 0);
  close(pipe_ends[0]);
  close(pipe_ends[1]);
}

TEST(Built, IsOfThisProcessWhereNothingElseWasAsked) {
  const pid_t here = getpid();
  built([&] {
    EXPECT_EQ(getpid(), here);
    return std::string();
  });
}

}  // namespace
}  // namespace corridor::h5
