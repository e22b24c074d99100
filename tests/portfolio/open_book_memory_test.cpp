// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// Peaks of memory, each in a process of its own. CORRIDOR_BOOK_GROUPS=4000 measures larger books.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cmath>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <sstream>

#include "host/h5/apart.hpp"
#include "host/portfolio/open_book.hpp"
#include "tests/portfolio/draft.hpp"

namespace corridor::tests {
namespace {

constexpr std::size_t of_a_group = 250;

/// Bytes of resident memory that a process and its reader peak at.
struct Peak {
  long own = 0, reader = 0;
};

std::size_t groups_of_the_smaller() {
  const char* wish = std::getenv("CORRIDOR_BOOK_GROUPS");
  return wish == nullptr ? 400 : std::strtoull(wish, nullptr, 10);
}

std::string write_book(std::size_t groups) {
  const std::string path = test_path(std::to_string(groups) + ".h5");
  h5::built([&] {
    const std::size_t members = groups * of_a_group;
    Draft draft = Draft::least();
    std::vector<std::string> ids;
    std::vector<std::uint64_t> offset{0};
    for (std::size_t group = 0; group < groups; ++group) {
      ids.push_back("G" + std::to_string(group));
      offset.push_back(offset.back() + of_a_group);
    }
    draft.set("/groups/group_id", ids);
    draft.set("/groups/member_offset", offset);
    draft.set("/members/distribution", std::vector<std::uint16_t>(members, 7));
    draft.set("/members/scale", std::vector<double>(members, 1.25));
    draft.set("/members/laser_usd", std::vector<double>(members, NAN));
    return draft.write(path);
  });
  return path;
}

Peak peak_of(const std::function<void()>& action) {
  const std::string told = h5::built([&] {
    action();
    rusage own{}, reader{};
    getrusage(RUSAGE_SELF, &own);
    getrusage(RUSAGE_CHILDREN, &reader);
    return std::to_string(1024 * own.ru_maxrss) + " " + std::to_string(1024 * reader.ru_maxrss);
  });
  Peak peak;
  std::istringstream(told) >> peak.own >> peak.reader;
  return peak;
}

/// Goes through the book once.
void open_and_slice(const std::string& path) {
  const OpenBook book(path);
  std::size_t members = 0;
  for (std::size_t group = 0; group < book.head().group_count(); ++group) {
    members += book.slice({group, group + 1}).members.rows;
  }
  ASSERT_EQ(members, book.head().member_count());
}

void print(const char* what, std::size_t groups, const Peak& peak) {
  std::cout << groups * of_a_group << " members " << what << ": "
            << static_cast<double>(peak.own) / 1e6 << " MB, reader "
            << static_cast<double>(peak.reader) / 1e6 << " MB\n";
}

TEST(OpenBookMemory, GrowsWithGroupsAndNotWithMembers) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers keep memory for themselves";
#endif
  h5::build_apart(true);
  const std::size_t groups = groups_of_the_smaller();
  const std::string few = write_book(groups), many = write_book(10 * groups);
  const Peak small = peak_of([&] { open_and_slice(few); });
  const Peak large = peak_of([&] { open_and_slice(many); });
  const Peak whole = peak_of([&] { load_portfolio(many); });
  h5::build_apart(false);
  print("in slices", groups, small);
  print("in slices", 10 * groups, large);
  print("in memory", 10 * groups, whole);
  const auto more_groups = static_cast<long>(9 * groups);
  constexpr long a_group = 300, noise = 3'000'000, member_bytes = 18;
  EXPECT_LT(large.own, small.own + a_group * more_groups + noise);
  EXPECT_LT(large.reader, small.reader + a_group * more_groups + noise);
  EXPECT_GT(whole.own, large.own + member_bytes * more_groups * static_cast<long>(of_a_group));
}

}  // namespace
}  // namespace corridor::tests
