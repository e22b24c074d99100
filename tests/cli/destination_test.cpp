// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/destination.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/cli/refusal.hpp"

namespace corridor::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class DestinationTest : public testing::Test {
 protected:
  DestinationTest() {
    std::string pattern = (fs::temp_directory_path() / "corridor-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    std::ofstream(folder_ / "book.h5") << "book";
  }
  ~DestinationTest() override { fs::remove_all(folder_); }

  std::string checked(const fs::path& path, bool force = false) {
    return checked_destination({"-o", path.string()}, (folder_ / "book.h5").string(), force);
  }
  std::string refused(ErrorKind kind, const fs::path& path, bool force = false) {
    return refusal(kind, [&] { checked(path, force); });
  }
  std::size_t entries() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  fs::path folder_;
};

TEST_F(DestinationTest, ANewFileInAWritableFolderIsFineAndLeavesNoTrace) {
  EXPECT_EQ(checked(folder_ / "out.h5"), (folder_ / "out.h5").string());
  EXPECT_EQ(entries(), 1u);
}

TEST_F(DestinationTest, AnExistingFileNeedsForce) {
  std::ofstream(folder_ / "out.h5") << "old";
  EXPECT_THAT(refused(ErrorKind::cannot_create, folder_ / "out.h5"), HasSubstr("Give --force"));
  EXPECT_EQ(checked(folder_ / "out.h5", true), (folder_ / "out.h5").string());
}

TEST_F(DestinationTest, TheBookItselfIsNeverAnOutput) {
  EXPECT_THAT(refused(ErrorKind::usage, folder_ / "book.h5", true), HasSubstr("the book itself"));
  fs::create_symlink(folder_ / "book.h5", folder_ / "link.h5");
  EXPECT_THAT(refused(ErrorKind::usage, folder_ / "link.h5", true), HasSubstr("the book itself"));
  fs::create_hard_link(folder_ / "book.h5", folder_ / "hard.h5");
  EXPECT_THAT(refused(ErrorKind::usage, folder_ / "hard.h5", true), HasSubstr("the book itself"));
}

TEST_F(DestinationTest, AMissingFolderIsNamed) {
  EXPECT_THAT(refused(ErrorKind::cannot_create, folder_ / "no" / "out.h5"),
              HasSubstr("there is no folder " + (folder_ / "no").string()));
}

TEST_F(DestinationTest, DevicesAndFoldersAreNeverReplaced) {
  fs::create_directory(folder_ / "out.h5");
  EXPECT_THAT(refused(ErrorKind::cannot_create, folder_ / "out.h5", true),
              HasSubstr("not a regular file"));
  EXPECT_THAT(refused(ErrorKind::cannot_create, "/dev/null", true),
              HasSubstr("not a regular file"));
}

TEST_F(DestinationTest, AFolderThatCannotBeWrittenIsRefused) {
  EXPECT_THAT(refused(ErrorKind::cannot_create, "/proc/out.h5"), HasSubstr("cannot be written"));
}

TEST_F(DestinationTest, ALinkLeadsToTheFileItNames) {
  std::ofstream(folder_ / "real.h5") << "old";
  fs::create_symlink(folder_ / "real.h5", folder_ / "link.h5");
  EXPECT_EQ(checked(folder_ / "link.h5", true), fs::canonical(folder_ / "real.h5").string());
}

TEST_F(DestinationTest, AnEmptyNameIsAUsageError) { refused(ErrorKind::usage, ""); }

}  // namespace
}  // namespace corridor::cli
