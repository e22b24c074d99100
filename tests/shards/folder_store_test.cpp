// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/shards/folder_store.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "host/shards/files.hpp"
#include "host/shards/process_name.hpp"

namespace corridor::shards {
namespace {

namespace fs = std::filesystem;
const std::string run(64, 'd');

class FolderStoreTest : public testing::Test {
 protected:
  FolderStoreTest()
      : folder_(fs::temp_directory_path() /
                ("corridor_store_" + std::to_string(getpid()) + "_" +
                 testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~FolderStoreTest() override { fs::remove_all(folder_); }

  static UnitRecord record(char value) { return {{}, Bytes(10, static_cast<std::byte>(value))}; }

  std::size_t files_in(const char* name) const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_ / name), fs::directory_iterator()));
  }
  void flip(const fs::path& path) const {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(100);
    const char byte = static_cast<char>(file.get());
    file.seekp(100);
    file.put(static_cast<char>(byte ^ 4));
  }

  fs::path folder_;
};

/// The name of a process of this machine that lives no more.
std::string dead_process() {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("pipe");
  const pid_t child = fork();
  if (child == 0) {
    const std::string name = own_process();
    [[maybe_unused]] const auto written = write(ends[1], name.data(), name.size());
    _exit(0);
  }
  char text[400] = {};
  const ssize_t size = read(ends[0], text, sizeof text);
  close(ends[0]);
  close(ends[1]);
  waitpid(child, nullptr, 0);
  return {text, static_cast<std::size_t>(size)};
}

TEST_F(FolderStoreTest, KeepsTheFirstOfTwoResults) {
  FolderStore store(folder_.string(), run);
  EXPECT_FALSE(store.is_done(3, UnitStore::Look::presence));
  store.publish(3, record('a'));
  store.publish(3, record('b'));
  ASSERT_TRUE(store.read(3));
  EXPECT_EQ(store.read(3)->payload, record('a').payload);
  EXPECT_TRUE(store.is_done(3, UnitStore::Look::whole));
  EXPECT_EQ(files_in("units"), 1u) << "something unfinished is left";
}

TEST_F(FolderStoreTest, PutsADamagedResultAsideAndCountsIt) {
  FolderStore store(folder_.string(), run);
  store.publish(3, record('a'));
  flip(folder_ / "units" / "000003.unit");
  EXPECT_TRUE(store.is_done(3, UnitStore::Look::presence));
  EXPECT_FALSE(store.read(3));
  EXPECT_EQ(store.bad_files(), 0u) << "reading changes nothing";
  EXPECT_FALSE(store.is_done(3, UnitStore::Look::whole));
  EXPECT_EQ(store.bad_files(), 1u);
  store.publish(3, record('a'));
  EXPECT_TRUE(store.is_done(3, UnitStore::Look::whole));
}

TEST_F(FolderStoreTest, TakesNoResultOfAnotherRun) {
  FolderStore(folder_.string(), std::string(64, 'e')).publish(3, record('a'));
  FolderStore store(folder_.string(), run);
  EXPECT_FALSE(store.is_done(3, UnitStore::Look::whole));
  EXPECT_EQ(store.bad_files(), 1u);
}

TEST_F(FolderStoreTest, AClaimHoldsUntilItIsReleased) {
  FolderStore mine(folder_.string(), run), others(folder_.string(), run);
  EXPECT_TRUE(mine.claim(5));
  EXPECT_FALSE(others.claim(5));
  mine.release(5);
  EXPECT_TRUE(others.claim(5));
}

TEST_F(FolderStoreTest, AClaimOfADeadProcessIsNone) {
  FolderStore store(folder_.string(), run);
  ASSERT_TRUE(create_with(folder_ / "claims" / "000005.claim", dead_process()));
  EXPECT_TRUE(store.claim(5));
  ASSERT_TRUE(create_with(folder_ / "claims" / "000006.claim", "elsewhere.1.2"));
  EXPECT_FALSE(store.claim(6)) << "nobody here knows of another machine's processes";
}

TEST_F(FolderStoreTest, SweepsWhatDeadProcessesLeftAndNothingElse) {
  FolderStore store(folder_.string(), run);
  store.publish(1, record('a'));
  const fs::path units = folder_ / "units";
  create_with(units / ("000002.unit.tmp." + dead_process()), "half");
  create_with(units / ("000003.unit.tmp." + own_process()), "half");
  create_with(units / "000004.unit.tmp.elsewhere.1.2", "half");
  create_with(folder_ / "claims" / "000002.claim", dead_process());
  store.claim(3);
  store.sweep();
  EXPECT_EQ(files_in("units"), 3u);
  EXPECT_EQ(files_in("claims"), 1u);
  EXPECT_TRUE(fs::exists(units / "000001.unit"));
}

TEST_F(FolderStoreTest, AMissingFolderIsAnErrorAndLeavesNothing) {
  EXPECT_THROW(publish_once(folder_ / "missing" / "file", Bytes(3)), Error);
  EXPECT_FALSE(fs::exists(folder_ / "missing"));
}

}  // namespace
}  // namespace corridor::shards
