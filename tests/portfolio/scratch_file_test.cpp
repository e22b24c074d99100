// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/scratch_file.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdarg>
#include <functional>

#include "corridor/error.hpp"

namespace {

bool has_leases = true;  ///< as some file systems have none

}  // namespace

/// This program's own comes before that of the C library.
extern "C" int fcntl(int file, int command, ...) {
  va_list more;
  va_start(more, command);
  void* argument = va_arg(more, void*);
  va_end(more);
  if (command == F_SETLEASE && !has_leases) {
    errno = EINVAL;
    return -1;
  }
  return static_cast<int>(syscall(SYS_fcntl, file, command, argument));
}

namespace corridor::tests {
namespace {

std::string text_of(const ScratchFile& file) {
  std::array<char, 5> text{};
  file.read(0, std::as_writable_bytes(std::span(text)));
  return {text.data(), text.size()};
}

void put(ScratchFile& file, const std::string& text) {
  file.append(std::as_bytes(std::span(text)));
}

std::string refusal(const std::function<void()>& action, ErrorKind kind = ErrorKind::internal) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind);
    return error.what();
  }
  return "nothing was refused";
}

TEST(ScratchFile, FrozenHoldsWhatAnyoneWroteAndIsForReadingOnly) {
  ScratchFile file("numbers");
  const int other = dup(file.descriptor());
  ASSERT_EQ(pwrite(other, "12345", 5, 0), 5);
  close(other);
  file.freeze();
  EXPECT_EQ(file.size(), 5u);
  EXPECT_EQ(text_of(file), "12345");
  EXPECT_EQ(fcntl(file.descriptor(), F_GETFL) & O_ACCMODE, O_RDONLY);
}

TEST(ScratchFile, IsNotFrozenWhileAnyoneCanWriteToIt) {
  ScratchFile file("numbers");
  put(file, "12345");
  const int other = dup(file.descriptor());
  EXPECT_THAT(refusal([&] { file.freeze(); }),
              testing::HasSubstr("another process has the scratch file for numbers in"));
  close(other);
}

TEST(ScratchFile, CannotBeFrozenWhereTheFileSystemHasNoLeases) {
  ScratchFile file("numbers");
  has_leases = false;
  EXPECT_THAT(refusal([&] { file.freeze(); }, ErrorKind::cannot_create),
              testing::AllOf(testing::HasSubstr("cannot guard a scratch file for numbers here"),
                             testing::HasSubstr("Set TMPDIR")));
  has_leases = true;
}

TEST(ScratchFile, FrozenIsNotReadOnceSomebodyOpensItToWrite) {
  ScratchFile file("numbers");
  put(file, "12345");
  file.freeze();
  EXPECT_EQ(text_of(file), "12345");
  const std::string path = "/proc/self/fd/" + std::to_string(file.descriptor());
  EXPECT_LT(open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC), 0) << "has to wait";
  EXPECT_THAT(refusal([&] { text_of(file); }), testing::HasSubstr("open for writing"));
}

}  // namespace
}  // namespace corridor::tests
