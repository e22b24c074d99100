// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/h5/atomic_write.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <thread>

#include "corridor/error.hpp"
#include "tests/portfolio/draft.hpp"

namespace corridor::tests {
namespace {

using h5::Overwrite;

std::span<const std::byte> bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

std::string text_of(const std::string& path) {
  const auto content = bytes_of(path);
  return {reinterpret_cast<const char*>(content.data()), content.size()};
}

/// A new folder, to see that nothing but the output is left in it.
std::string new_folder(const std::string& name) {
  const std::string folder = test_path(name);
  std::filesystem::create_directories(folder);
  return folder;
}

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename());
  }
  return names;
}

template <class Action>
void expect_refused(ErrorKind kind, const std::string& code, Action&& action) {
  try {
    action();
    ADD_FAILURE() << "nothing was refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    ASSERT_EQ(error.problems().size(), 1u);
    EXPECT_EQ(error.problems()[0].code, code) << error.what();
    EXPECT_FALSE(error.problems()[0].fix.empty());
  }
}

/// Files above `most` bytes cannot be written while it lives: a full disk for one process.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t most) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{most, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST(AtomicWrite, WritesAWholeNewFile) {
  const std::string folder = new_folder("new");
  h5::write_atomically(folder + "/out", bytes("content"), Overwrite::refuse);
  EXPECT_EQ(text_of(folder + "/out"), "content");
  EXPECT_THAT(names_in(folder), testing::ElementsAre("out"));
}

TEST(AtomicWrite, AnExistingFileStaysUnlessItMayBeReplaced) {
  const std::string folder = new_folder("existing"), path = folder + "/out";
  h5::write_atomically(path, bytes("old"), Overwrite::refuse);
  expect_refused(ErrorKind::cannot_create, "E_EXISTS",
                 [&] { h5::write_atomically(path, bytes("new"), Overwrite::refuse); });
  expect_refused(ErrorKind::cannot_create, "E_EXISTS",
                 [&] { h5::check_output(path, Overwrite::refuse); });
  EXPECT_EQ(text_of(path), "old");
  h5::check_output(path, Overwrite::replace);
  h5::write_atomically(path, bytes("new"), Overwrite::replace);
  EXPECT_EQ(text_of(path), "new");
  EXPECT_THAT(names_in(folder), testing::ElementsAre("out"));
}

TEST(AtomicWrite, AFullDiskIsIoAndLeavesTheOldFile) {
  const std::string folder = new_folder("full"), path = folder + "/out";
  h5::write_atomically(path, bytes("old"), Overwrite::refuse);
  const std::string large(100'000, 'x');
  {
    const FileSizeLimit limit(4096);
    expect_refused(ErrorKind::io, "E_WRITE",
                   [&] { h5::write_atomically(path, bytes(large), Overwrite::replace); });
    expect_refused(ErrorKind::io, "E_WRITE", [&] {
      h5::write_atomically(folder + "/other", bytes(large), Overwrite::refuse);
    });
  }
  EXPECT_EQ(text_of(path), "old");
  EXPECT_THAT(names_in(folder), testing::ElementsAre("out"));
}

TEST(AtomicWrite, PiecesMakeOneFileOrNone) {
  const std::string folder = new_folder("pieces"), path = folder + "/out";
  const auto stopped = [&](const h5::Sink& sink) {
    sink("half");
    EXPECT_EQ(names_in(folder).size(), 1u);
    EXPECT_NE(names_in(folder).front(), "out");
    throw std::runtime_error("stopped");
  };
  EXPECT_THROW(h5::write_pieces_atomically(path, stopped, Overwrite::refuse), std::runtime_error);
  EXPECT_THAT(names_in(folder), testing::IsEmpty());
  const auto whole = [](const h5::Sink& sink) {
    for (const char* piece : {"one, ", "", "two"}) sink(piece);
  };
  h5::write_pieces_atomically(path, whole, Overwrite::refuse);
  EXPECT_EQ(text_of(path), "one, two");
  h5::write_pieces_atomically(
      folder + "/empty", [](const h5::Sink&) {}, Overwrite::refuse);
  EXPECT_EQ(text_of(folder + "/empty"), "");
  expect_refused(ErrorKind::cannot_create, "E_EXISTS",
                 [&] { h5::write_pieces_atomically(path, whole, Overwrite::refuse); });
  EXPECT_THAT(names_in(folder), testing::UnorderedElementsAre("out", "empty"));
}

TEST(AtomicWrite, AFileBuiltBySomebodyElseIsPublishedOnlyWhole) {
  const std::string folder = new_folder("built"), path = folder + "/out";
  const auto build = [](std::optional<int> error) {
    return [error](const std::string& name) {
      std::ofstream(name) << "content";
      return error;
    };
  };
  expect_refused(ErrorKind::io, "E_WRITE",
                 [&] { h5::build_atomically(path, build(ENOSPC), Overwrite::refuse); });
  EXPECT_THAT(names_in(folder), testing::IsEmpty());
  EXPECT_FALSE(h5::build_atomically(path, build(std::nullopt), Overwrite::refuse));
  EXPECT_THAT(names_in(folder), testing::IsEmpty());
  EXPECT_TRUE(h5::build_atomically(path, build(0), Overwrite::refuse));
  EXPECT_EQ(text_of(path), "content");
  EXPECT_THAT(names_in(folder), testing::ElementsAre("out"));
}

TEST(AtomicWrite, PlacesThatTakeNoFileAreFoundBeforeARun) {
  const std::string folder = new_folder("places");
  for (const std::string& path :
       {folder + "/missing/out", std::string(""), folder, folder + "/", std::string("/proc/out"),
        std::string("/dev/null"), std::string("/dev/null/out")}) {
    for (const Overwrite overwrite : {Overwrite::refuse, Overwrite::replace}) {
      try {
        h5::check_output(path, overwrite);
        ADD_FAILURE() << path;
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::cannot_create) << error.what();
      }
    }
  }
  EXPECT_THAT(names_in(folder), testing::IsEmpty());
}

TEST(AtomicWrite, AReadOnlyFolderCannotCreate) {
  const std::string folder = new_folder("locked");
  std::filesystem::permissions(
      folder, std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec |
                  std::filesystem::perms::others_read | std::filesystem::perms::others_exec);
  const AsNobody nobody;
  expect_refused(ErrorKind::cannot_create, "E_CANNOT_CREATE",
                 [&] { h5::check_output(folder + "/out", Overwrite::refuse); });
}

TEST(AtomicWrite, CheckingAnOutputLeavesNothing) {
  const std::string folder = new_folder("checked");
  h5::check_output(folder + "/out", Overwrite::refuse);
  EXPECT_THAT(names_in(folder), testing::IsEmpty());
}

TEST(AtomicWrite, OfManyWritersOfANewNameOneWins) {
  const std::string folder = new_folder("race");
  for (int round = 0; round < 50; ++round) {
    const std::string path = folder + "/out" + std::to_string(round);
    std::atomic<int> winners{0}, refused{0};
    std::atomic<char> winner{0};
    std::vector<std::thread> writers;
    for (char name : {'a', 'b', 'c', 'd'}) {
      writers.emplace_back([&, name] {
        try {
          h5::write_atomically(path, bytes(std::string(10'000, name)), Overwrite::refuse);
          ++winners;
          winner = name;
        } catch (const Error& error) {
          refused += error.kind() == ErrorKind::cannot_create ? 1 : 0;
        }
      });
    }
    for (std::thread& writer : writers) writer.join();
    EXPECT_EQ(winners, 1);
    EXPECT_EQ(refused, 3);
    EXPECT_EQ(text_of(path), std::string(10'000, winner));
  }
  EXPECT_EQ(names_in(folder).size(), 50u) << "temporaries are left";
}

TEST(AtomicWrite, ReplacingKeepsWhoMayRead) {
  const std::string path = new_folder("private") + "/out";
  h5::write_atomically(path, bytes("old"), Overwrite::refuse);
  std::filesystem::permissions(
      path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  h5::write_atomically(path, bytes("new"), Overwrite::replace);
  struct stat status {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600u);
}

}  // namespace
}  // namespace corridor::tests
