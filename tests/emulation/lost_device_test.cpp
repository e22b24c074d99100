// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// A planned run whose device is lost in the middle, and what its user does then.

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "corridor/error.hpp"
#include "corridor/corridor.hpp"
#include "corridor/shards.hpp"
#include "tests/emulation/device.hpp"

namespace corridor {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t units = 4;

class LostDevice : public testing::Test {
 protected:
  LostDevice() {
    emulation::device() = {};
    setenv("CORRIDOR_READ_IN_PROCESS", "1", 1);
    fs::remove_all(folder_);
    options_.method = Method::simulate;
    options_.years = 64;
    options_.specific_usd = {50'000};
    options_.corridor = {1.25};
    options_.device = "cuda";
    plan_price(folder_.string(), book, options_, {}, {units, false, {}, {}});
  }
  ~LostDevice() override {
    fs::remove_all(folder_);
    unsetenv("CORRIDOR_READ_IN_PROCESS");
    emulation::device() = {};
  }

  WorkReport work() const { return work_on_price(folder_.string(), options_, {}, {}); }

  std::vector<std::string> files(const char* part) const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_ / part)) {
      names.push_back(entry.path().filename().string());
    }
    return names;
  }

  /// Loses the device while the run has some units, not all; returns how many.
  std::size_t lose_in_the_middle() const {
    for (std::size_t calls = 16;; calls *= 2) {
      emulation::device() = {};
      emulation::device().calls_until_lost = calls;
      try {
        work();
        ADD_FAILURE() << "the run came to its end before its device was lost";
        return 0;
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::device);
        EXPECT_THAT(error.what(), testing::HasSubstr("the GPU could not "));
        EXPECT_THAT(error.what(), testing::HasSubstr("error 719"));
      }
      if (const std::size_t done = files("units").size(); done > 0) return done;
    }
  }

  static constexpr const char* book = CORRIDOR_SAMPLE_BOOK;
  fs::path folder_ = fs::temp_directory_path() / ("corridor_lost_" + std::to_string(getpid()));
  RunOptions options_;
};

void expect_same(const Quotes& found, const Quotes& expected) {
  ASSERT_EQ(found.rows, expected.rows);
  for (std::size_t row = 0; row < found.rows; ++row) {
    for (const char* name : {"specific_mean_usd", "aggregate_mean_usd", "total_sd_usd"}) {
      EXPECT_EQ(found.number(name, row), expected.number(name, row)) << name << ' ' << row;
    }
  }
}

TEST_F(LostDevice, KeepsUnitsDoneAndTheNextWorkerGoesOn) {
  const std::size_t done = lose_in_the_middle();
  ASSERT_GT(done, 0u);
  ASSERT_LT(done, std::size_t{units});
  EXPECT_THAT(files("units"), testing::Each(testing::EndsWith(".unit")));

  emulation::device() = {};
  const WorkReport report = work();
  EXPECT_TRUE(report.finished);
  EXPECT_EQ(report.computed, units - done);
  EXPECT_EQ(report.state.bad, 0u);

  RunOptions on_processor = options_;
  on_processor.device = "cpu";
  expect_same(merge_price(folder_.string(), options_, {}), price_book(book, on_processor));
}

TEST_F(LostDevice, IsNotReplacedByTheProcessorInTheMiddleOfARun) {
  options_.device = "auto";
  emulation::device().calls_until_lost = 12;
  std::vector<std::string> messages;
  options_.on_message = [&](const std::string& text) { messages.push_back(text); };
  EXPECT_THROW(price_book(book, options_), Error);
  EXPECT_THAT(messages, testing::Each(testing::Not(testing::HasSubstr("cpu"))));
}

}  // namespace
}  // namespace corridor
