// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// Every system call that writing makes fails once: the old file stays, nothing is left beside it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <string>

#include "corridor/error.hpp"
#include "host/h5/atomic_write.hpp"
#include "tests/portfolio/draft.hpp"

namespace {

/// The call that fails next, and how; this program's own calls come before those of the C library.
struct Fault {
  std::string call;
  int error = 0;
  bool short_write = false;
};
Fault fault;

bool strikes(const char* call) {
  if (fault.call != call) return false;
  errno = fault.error;
  fault.call.clear();
  return true;
}

}  // namespace

extern "C" {
ssize_t write(int file, const void* bytes, std::size_t count) {
  if (strikes("write")) return -1;
  if (fault.short_write && count > 1) count /= 2;
  return syscall(SYS_write, file, bytes, count);
}
int fsync(int file) { return strikes("fsync") ? -1 : static_cast<int>(syscall(SYS_fsync, file)); }
int rename(const char* from, const char* to) noexcept {
  return strikes("rename") ? -1 : static_cast<int>(syscall(SYS_rename, from, to));
}
int link(const char* from, const char* to) noexcept {
  return strikes("link") ? -1 : static_cast<int>(syscall(SYS_link, from, to));
}
}

namespace corridor::tests {
namespace {

using h5::Overwrite;

struct FaultCase {
  Fault fault;
  Overwrite overwrite;
  ErrorKind kind;
};

std::span<const std::byte> bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

std::size_t files_in(const std::string& folder) {
  const std::filesystem::directory_iterator all(folder);
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

TEST(WriteFault, EachFailureHasItsKindAndLeavesTheFolderAsItWas) {
  const std::string folder = test_path("faults"), old = folder + "/old", fresh = folder + "/fresh";
  std::filesystem::create_directories(folder);
  h5::write_atomically(old, bytes("old"), Overwrite::refuse);
  const FaultCase cases[] = {{{"write", ENOSPC}, Overwrite::replace, ErrorKind::io},
                             {{"write", EIO}, Overwrite::refuse, ErrorKind::io},
                             {{"write", EDQUOT}, Overwrite::replace, ErrorKind::io},
                             {{"fsync", EIO}, Overwrite::replace, ErrorKind::io},
                             {{"fsync", ENOSPC}, Overwrite::refuse, ErrorKind::io},
                             {{"rename", EIO}, Overwrite::replace, ErrorKind::io},
                             {{"rename", EACCES}, Overwrite::replace, ErrorKind::cannot_create},
                             {{"link", EEXIST}, Overwrite::refuse, ErrorKind::cannot_create}};
  for (const FaultCase& each : cases) {
    const std::string& path = each.overwrite == Overwrite::replace ? old : fresh;
    fault = each.fault;
    try {
      h5::write_atomically(path, bytes("new"), each.overwrite);
      ADD_FAILURE() << each.fault.call;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), each.kind) << error.what();
      EXPECT_THAT(error.what(), testing::HasSubstr(path));
    }
    fault = {};
    EXPECT_EQ(bytes_of(old).size(), 3u);
    EXPECT_EQ(files_in(folder), 1u) << each.fault.call;
  }
}

TEST(WriteFault, AFileSystemWithoutHardLinksStillWrites) {
  const std::string path = test_path("without-links");
  fault = {"link", EPERM};
  h5::write_atomically(path, bytes("content"), Overwrite::refuse);
  EXPECT_TRUE(fault.call.empty()) << "the fault was not met";
  EXPECT_EQ(bytes_of(path).size(), 7u);
  fault = {"link", EOPNOTSUPP};
  EXPECT_THROW(h5::write_atomically(path, bytes("other"), Overwrite::refuse), Error);
  fault = {};
  EXPECT_EQ(bytes_of(path).size(), 7u);
}

TEST(WriteFault, InterruptedAndShortWritesGoOn) {
  const std::string path = test_path("interrupted");
  fault = {"write", EINTR, true};
  h5::write_atomically(path, bytes(std::string(1'000, 'x')), Overwrite::refuse);
  fault = {};
  EXPECT_EQ(bytes_of(path).size(), 1'000u);
}

}  // namespace
}  // namespace corridor::tests
