// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// Reports of rows in a scratch file: those of rows in memory, in memory that does not grow with
// them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "corridor/error.hpp"
#include "host/h5/apart.hpp"
#include "host/rows/growing_rows.hpp"
#include "tests/money/stored_quotes.hpp"

namespace corridor {
namespace {

constexpr std::size_t part_rows = 5'000;

/// So many rows, in a scratch file where they may be and are more than 8,192; one flag comes late.
Quotes quotes_of(std::size_t count, bool in_file) {
  Quotes quotes;
  quotes.principles = {"expected_value"};
  quotes.run.command_line = "corridor price book.h5";
  GrowingRows rows(quotes, in_file);
  for (std::size_t first = 0; first < count; first += part_rows) {
    rows.add(made_up::part_of_quotes(first, std::min(part_rows, count - first)), count);
  }
  rows.replace("flags", 5'001, "LOW_HITS;GATE_FAILED;AS_LONG_AS_NO_OTHER");
  return quotes;
}

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// An empty folder, gone with what it holds when the test ends.
class Folder {
 public:
  explicit Folder(const std::string& name) : path_(testing::TempDir() + "stored-report-" + name) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  std::size_t files() const {
    const std::filesystem::directory_iterator all(path_);
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }

 private:
  std::string path_;
};

TEST(StoredReport, HasTheBytesOfRowsInMemoryInEveryFormat) {
  const Quotes in_memory = quotes_of(11'000, false), in_file = quotes_of(11'000, true);
  ASSERT_TRUE(in_file.stored && !in_memory.stored);
  for (const ReportFormat& format : report_formats()) {
    EXPECT_TRUE(render_report(in_file, format.name) == render_report(in_memory, format.name))
        << format.name;
  }
  ReportOptions options;
  for (const std::size_t shown : {0u, 1u, 3u, 5'000u}) {
    options.text_groups = shown;
    options.text_rows = 2 * shown + 1;
    options.csv_bom = shown == 0;
    for (const char* format : {"text", "csv"}) {
      EXPECT_TRUE(render_report(in_file, format, options) ==
                  render_report(in_memory, format, options))
          << format << ' ' << shown;
    }
  }
}

TEST(StoredReport, AFileHoldsWhatRenderedBytesHold) {
  const Folder folder("files");
  const Quotes quotes = quotes_of(9'000, true);
  for (const std::string name : {"csv", "json", "text"}) {
    const std::string path = folder / ("quotes." + (name == "text" ? "txt" : name));
    write_report(quotes, path);
    EXPECT_TRUE(contents(path) == render_report(quotes, name)) << name;
  }
  EXPECT_EQ(folder.files(), 3u);
}

/// A dataset as bytes of its type in memory, and its type.
struct Summary {
  explicit Summary(const std::string& path) {
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    const hid_t dataset = H5Dopen2(file, "/summary", H5P_DEFAULT);
    const hid_t space = H5Dget_space(dataset);
    type = H5Dget_type(dataset);
    rows = static_cast<std::size_t>(H5Sget_simple_extent_npoints(space));
    bytes.resize(rows * H5Tget_size(type));
    EXPECT_GE(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()), 0);
    for (const char* name : {"units", "description"}) {
      const hid_t attribute = H5Aopen(dataset, name, H5P_DEFAULT);
      const hid_t text = H5Aget_type(attribute);
      std::string all(H5Aget_storage_size(attribute), '\0');
      EXPECT_GE(H5Aread(attribute, text, all.data()), 0);
      attributes += all;
      H5Tclose(text);
      H5Aclose(attribute);
    }
    H5Sclose(space);
    H5Dclose(dataset);
    H5Fclose(file);
  }
  ~Summary() { H5Tclose(type); }

  hid_t type = H5I_INVALID_HID;
  std::size_t rows = 0;
  std::string bytes, attributes;
};

TEST(StoredReport, AnHdf5FileBuiltOnTheDiskHasTheSameTable) {
  const Folder folder("hdf5");
  write_report(quotes_of(11'000, false), folder / "memory.h5");
  for (const bool apart : {false, true}) {
    h5::build_apart(apart);
    const std::string path = folder / ("file" + std::to_string(apart) + ".h5");
    write_report(quotes_of(11'000, true), path);
    h5::build_apart(false);
    const Summary a(folder / "memory.h5"), b(path);
    EXPECT_EQ(b.rows, 11'000u);
    EXPECT_GT(H5Tequal(a.type, b.type), 0);
    EXPECT_TRUE(a.bytes == b.bytes && a.attributes == b.attributes);
  }
  EXPECT_EQ(folder.files(), 3u);
}

/// While it lives, no file may grow beyond so many bytes.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST(StoredReport, AFullDiskIsToldAndLeavesTheOldFileAlone) {
  const Folder folder("full");
  const Quotes quotes = quotes_of(9'000, true);
  ReportOptions options;
  options.replace = true;
  for (const std::string& path :
       {folder / "quotes.h5", folder / "quotes.csv", folder / "quotes.json"}) {
    std::ofstream(path) << "old";
    for (const rlim_t bytes : {10u, 3'000u, 100'000u}) {
      for (const bool apart : {true, false}) {
        h5::build_apart(apart);
        const FileSizeLimit limit(bytes);
        try {
          write_report(quotes, path, options);
          ADD_FAILURE() << path << " was written in " << bytes << " bytes";
        } catch (const Error& error) {
          EXPECT_EQ(error.kind(), ErrorKind::io);
          EXPECT_THAT(error.what(), testing::AllOf(testing::StartsWith(path + ": cannot write: "),
                                                   testing::HasSubstr("too large"),
                                                   testing::HasSubstr("E_WRITE")));
        }
      }
    }
    EXPECT_EQ(contents(path), "old");
  }
  h5::build_apart(false);
  EXPECT_EQ(folder.files(), 3u);
}

/// The most resident memory that this process or one of its children has had, in bytes.
std::size_t peak_bytes() {
  long most_kib = 0;
  for (const auto whose : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    getrusage(whose, &usage);
    most_kib = std::max(most_kib, usage.ru_maxrss);
  }
  return 1024 * static_cast<std::size_t>(most_kib);
}

TEST(StoredReport, TakesNoMoreMemoryForTenTimesTheRows) {
  const Folder folder("memory");
  h5::build_apart(true);
  const auto peak_of = [&](std::size_t rows) {
    const Quotes quotes = quotes_of(rows, true);
    for (const char* extension : {"h5", "csv", "json", "txt"}) {
      write_report(quotes, folder / (std::to_string(rows) + "." + extension));
    }
    return peak_bytes();
  };
  const std::size_t few = peak_of(20'000);
  EXPECT_LT(peak_of(200'000), few + 3'000'000);
  EXPECT_GT(few, 3'000'000u);
  h5::build_apart(false);
}

}  // namespace
}  // namespace corridor
