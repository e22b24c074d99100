// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/external.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace corridor::cli {
namespace {

namespace fs = std::filesystem;

class ExternalCommand : public testing::Test {
 protected:
  ExternalCommand() {
    std::string pattern = (fs::temp_directory_path() / "corridor-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    std::ofstream(folder_ / "corridor-hello") << "#!/bin/sh\n";
    fs::permissions(folder_ / "corridor-hello", fs::perms::owner_all);
    std::ofstream(folder_ / "corridor-data") << "not a program\n";
    setenv("PATH", (folder_.string() + ":/usr/bin").c_str(), 1);
  }
  ~ExternalCommand() override {
    setenv("PATH", old_path_.c_str(), 1);
    fs::remove_all(folder_);
  }

  std::string old_path_ = std::getenv("PATH");
  fs::path folder_;
};

TEST_F(ExternalCommand, AProgramOnPathIsFound) {
  EXPECT_EQ(external_command("hello"), (folder_ / "corridor-hello").string());
}

TEST_F(ExternalCommand, WhatCannotBeRunIsNoCommand) {
  EXPECT_FALSE(external_command("data"));
  EXPECT_FALSE(external_command("other"));
}

TEST_F(ExternalCommand, NamesThatLeaveTheFolderAreRefused) {
  fs::create_directory(folder_ / "corridor-x");
  std::ofstream(folder_ / "corridor-x" / "run") << "#!/bin/sh\n";
  fs::permissions(folder_ / "corridor-x" / "run", fs::perms::owner_all);
  EXPECT_FALSE(external_command("x/run"));
  EXPECT_FALSE(external_command("../hello"));
  EXPECT_FALSE(external_command(""));
}

TEST_F(ExternalCommand, TheWorkingFolderSuppliesNoPrograms) {
  const fs::path before = fs::current_path();
  fs::current_path(folder_);
  setenv("PATH", "::/usr/bin", 1);
  EXPECT_FALSE(external_command("hello"));
  fs::current_path(before);
}

TEST_F(ExternalCommand, AProgramBesideThisOneIsFoundAfterThoseOnPath) {
  const fs::path own = fs::read_symlink("/proc/self/exe").parent_path();
  const std::string name = "beside-" + std::to_string(::getpid());
  const fs::path beside = own / ("corridor-" + name), on_path = folder_ / ("corridor-" + name);
  std::ofstream(beside) << "#!/bin/sh\n";
  fs::permissions(beside, fs::perms::owner_all);
  EXPECT_EQ(external_command(name), beside.string());
  fs::copy_file(beside, on_path);
  EXPECT_EQ(external_command(name), on_path.string());
  fs::remove(beside);
}

}  // namespace
}  // namespace corridor::cli
