// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/shards/manifest.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "corridor/error.hpp"

namespace corridor::shards {
namespace {

namespace fs = std::filesystem;

RunManifest sample() {
  RunManifest run;
  run.command = "price";
  run.arguments = {"book.h5", "--years=7", "--load=expense=0.1"};
  run.book_path = "/a/book.h5";
  run.book_given = "book.h5";
  run.book_digest = "0123";
  run.inputs = {{"--rules", "/a/rules.csv", "4567"}};
  run.seed = 18446744073709551615u;
  run.years = 4294967295u;
  run.version = "0.1.0";
  run.git_revision = "abc";
  run.table_digest = "89ab";
  run.figures_digests = {"cdef", "0f0f"};
  run.group_bounds = {0, 2, 5};
  run.year_bounds = {0, 10, 20, 25};
  return run;
}

class ManifestTest : public testing::Test {
 protected:
  ManifestTest() { fs::remove_all(folder_); }
  ~ManifestTest() override { fs::remove_all(folder_); }

  std::string text() const {
    std::ifstream file(folder_ / "manifest.json");
    return {std::istreambuf_iterator<char>(file), {}};
  }
  int code_of(const std::string& text) const {
    std::ofstream(folder_ / "manifest.json", std::ios::trunc) << text;
    try {
      read_run(folder_.string());
    } catch (const Error& error) {
      return error.exit_code();
    }
    return 0;
  }

  fs::path folder_ = fs::temp_directory_path() / ("corridor_run_" + std::to_string(getpid()));
};

TEST_F(ManifestTest, ReadsBackWhatItPlaced) {
  EXPECT_TRUE(place_manifest(folder_.string(), sample(), false));
  const RunManifest run = read_run(folder_.string());
  EXPECT_EQ(run.digest(), sample().digest());
  EXPECT_EQ(run.arguments, sample().arguments);
  EXPECT_EQ(run.seed, sample().seed);
  EXPECT_EQ(run.units(), 6u);
}

TEST_F(ManifestTest, TheSameAgainIsNoNewRunAndAnotherIsRefused) {
  place_manifest(folder_.string(), sample(), false);
  EXPECT_FALSE(place_manifest(folder_.string(), sample(), false));
  RunManifest other = sample();
  other.seed = 2;
  EXPECT_THROW(place_manifest(folder_.string(), other, false), Error);
  EXPECT_EQ(read_run(folder_.string()).digest(), sample().digest());
  EXPECT_TRUE(place_manifest(folder_.string(), other, true));
  EXPECT_EQ(read_run(folder_.string()).digest(), other.digest());
}

TEST_F(ManifestTest, ADamagedManifestIsBadData) {
  place_manifest(folder_.string(), sample(), false);
  const std::string good = text();
  EXPECT_EQ(code_of(good), 0);
  std::string changed = good;
  changed.replace(changed.find("--years=7"), 9, "--years=8");
  EXPECT_EQ(code_of(changed), 65);
  for (std::size_t size = 0; size + 2 < good.size(); size += 11) {
    EXPECT_EQ(code_of(good.substr(0, size)), 65) << size;
  }
  fs::remove(folder_ / "manifest.json");
  EXPECT_THROW(read_run(folder_.string()), Error);
}

TEST(UnitRange, UnitsAreEveryGroupAndYearOnce) {
  const RunManifest run = sample();
  std::vector<int> seen(5 * 25, 0);
  for (std::uint32_t unit = 0; unit < run.units(); ++unit) {
    const UnitRange range = range_of(run, unit);
    for (std::uint32_t g = range.first_group; g < range.last_group; ++g) {
      for (std::uint32_t y = range.first_year; y < range.last_year; ++y) ++seen[g * 25 + y];
    }
  }
  EXPECT_EQ(seen, std::vector<int>(5 * 25, 1));
}

}  // namespace
}  // namespace corridor::shards
