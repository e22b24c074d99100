// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/open_book.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <numeric>

#include "host/h5/apart.hpp"
#include "tests/portfolio/draft.hpp"
#include "tests/portfolio/told.hpp"
#include "tests/portfolio/variable.hpp"

namespace corridor::tests {
namespace {

namespace fs = std::filesystem;

/// Every value of a column as text; NaN is NaN.
std::string text_of(const Column& column) {
  std::string text = column.name + " " + std::to_string(column.width) + " " +
                     std::to_string(column.values.index()) + ":";
  std::visit(
      [&](const auto& values) {
        for (const auto& value : values) {
          if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string>) {
            text += " " + value;
          } else {
            text += " " + std::to_string(value);
          }
        }
      },
      column.values);
  return text;
}

std::string text_of(const Table& table) {
  std::string text = std::to_string(table.rows) + "\n";
  for (const Column& column : table.columns) text += text_of(column) + "\n";
  return text;
}

std::string numbers(const auto& values) {
  std::string text;
  for (const auto value : values) text += std::to_string(value) + " ";
  return text + "\n";
}

/// All that a book holds.
std::string text_of(const Portfolio& book) {
  std::string text = book.path + book.digest + (book.sealed ? " sealed " : " open ") +
                     book.currency + std::to_string(book.policy_year) + book.generator + "\n";
  for (const DistributionSpec& law : book.distributions) {
    text += law.name + " " + std::to_string(law.index) + law.kind + "\n";
    for (const auto& [name, values] : law.numbers) text += name + numbers(values);
    for (const auto& [name, values] : law.columns) text += name + numbers(values);
  }
  for (const auto& [name, value] : book.market) text += name + std::to_string(value) + "\n";
  text += numbers(book.quote_specific_usd) + numbers(book.quote_corridor) +
          numbers(book.quote_specific_relativity) + numbers(book.quote_factor_relativity) +
          numbers(book.lag_paid_fraction) + numbers(book.lag_paid_fraction_large) +
          numbers(book.lag_incurral_weight) + numbers(book.member_offset);
  for (const Table* table :
       {&book.groups, &book.members, &book.treaties, &book.experience, &book.large_claims}) {
    text += text_of(*table);
  }
  for (const Problem& problem : book.warnings) text += problem.text() + "\n";
  return text;
}

/// Experience and large claims of groups in no order.
Draft with_experience(Draft draft) {
  draft.set("/experience/group", std::vector<std::uint32_t>{2, 0, 2, 1});
  draft.set("/experience/period", std::vector<std::uint16_t>{2024, 2025, 2025, 2025});
  draft.set("/experience/employee_months", std::vector<std::uint32_t>(16, 12), {4});
  draft.set("/experience/paid_usd", std::vector<double>{5e5, 2e5, 3e5, 1e5});
  draft.set("/large_claims/group", std::vector<std::uint32_t>{1, 0});
  draft.set("/large_claims/paid_usd", std::vector<double>{1e5, 2e5});
  return draft;
}

Draft with_every_column(Draft draft) {
  draft.set("/members/relation", std::vector<std::uint8_t>{0, 1, 2, 0, 0, 2});
  draft.set("/members/age_band", std::vector<std::uint8_t>{7, 8, 1, 9, 4, 2});
  draft.set("/members/tier", std::vector<std::uint8_t>{3, 3, 3, 0, 2, 2});
  draft.set("/members/prior_year_paid_usd", std::vector<double>{NAN, 1e3, 0, 5e5, NAN, 7});
  draft.set("/members/prior_year_unpaid_usd", std::vector<double>{NAN, NAN, 5, 0, 1e4, NAN});
  return draft;
}

void expect_slices_of_the_whole(const std::string& path) {
  const Portfolio whole = load_portfolio(path);
  const OpenBook book(path);
  Portfolio head = whole;
  head.members.columns.clear();
  EXPECT_EQ(text_of(book.head()), text_of(head));
  for (std::size_t first = 0; first <= whole.group_count(); ++first) {
    for (std::size_t last = first; last <= whole.group_count(); ++last) {
      std::vector<std::size_t> groups(last - first);
      std::iota(groups.begin(), groups.end(), first);
      EXPECT_EQ(text_of(book.slice({first, last})), text_of(select_groups(whole, groups)));
    }
  }
}

TEST(OpenBook, SlicesAreThoseOfTheWholeBook) {
  const std::string path = test_path("slices.h5");
  for (const Draft& draft :
       {Draft::least(), Draft::full(), with_experience(with_every_column(Draft::full()))}) {
    expect_slices_of_the_whole(draft.write(path));
  }
  seal_portfolio(path);
  expect_slices_of_the_whole(path);
  const InProcess here;
  expect_slices_of_the_whole(path);
}

constexpr std::size_t many = 300'000;  ///< members, three pieces of eight bytes each
constexpr std::size_t of_a_group = 300;

/// A book whose columns are read in several pieces, each member with a scale of its own.
Draft large() {
  Draft draft = Draft::least();
  std::vector<std::string> ids;
  std::vector<std::uint64_t> offset{0};
  std::vector<double> scale(many);
  for (std::size_t i = 0; i < many; ++i) scale[i] = 0.5 + static_cast<double>(i) / many;
  while (offset.back() < many) {
    ids.push_back("G" + std::to_string(ids.size()));
    offset.push_back(offset.back() + of_a_group);
  }
  draft.set("/groups/group_id", ids);
  draft.set("/groups/member_offset", offset);
  draft.set("/groups/specific_deductible_usd", std::vector<double>(ids.size(), 50e3));
  draft.set("/members/distribution", std::vector<std::uint16_t>(many, 7));
  draft.set("/members/scale", scale);
  draft.set("/members/laser_usd", std::vector<double>(many, NAN));
  return draft;
}

template <class T>
std::vector<T>& values(Draft& draft, const std::string& path) {
  return std::get<std::vector<T>>(draft.datasets.at(path).values);
}

TEST(OpenBook, OfManyPiecesHasEveryMemberInItsPlace) {
  const std::string path = large().write(test_path("large.h5"));
  const Portfolio whole = load_portfolio(path);
  const OpenBook book(path);
  EXPECT_EQ(book.head().digest, whole.digest);
  for (const GroupRange groups : {GroupRange{0, 1}, {436, 438}, {999, 1000}, {0, 1000}}) {
    std::vector<std::size_t> rows(groups.count());
    std::iota(rows.begin(), rows.end(), groups.first);
    const Portfolio slice = book.slice(groups), selected = select_groups(whole, rows);
    EXPECT_EQ(slice.member_offset, selected.member_offset);
    ASSERT_EQ(slice.members.columns.size(), 3u);
    EXPECT_EQ(slice.members.rows, of_a_group * groups.count());
    EXPECT_EQ(slice.members.find("scale")->values, selected.members.find("scale")->values);
    EXPECT_EQ(slice.members.find("distribution")->values,
              selected.members.find("distribution")->values);
  }
}

TEST(OpenBook, OfManyPiecesIsToldTheSameProblemsInTheSameOrder) {
  Draft draft = large();
  for (std::size_t row : {10u, 131'071u, 131'072u, 262'144u, 299'999u}) {
    values<double>(draft, "/members/laser_usd")[row] = 49e3;
    values<double>(draft, "/members/scale")[row] = NAN;
  }
  for (std::size_t row = 100'000; row < 290'000; row += 1000) {
    values<double>(draft, "/members/scale")[row] = -1;
    values<std::uint16_t>(draft, "/members/distribution")[row] = 8;
  }
  draft.set("/members/sex", std::vector<std::uint8_t>(many - 1, 0));
  draft.set("/members/tier", std::vector<std::uint8_t>(many + 1, 0));
  const std::string path = draft.write(test_path("many.h5"));
  const std::string told = told_by_opening(path);
  EXPECT_EQ(told, told_by_loading(path));
  for (const char* part : {"laser_usd[262144] (group G873)", "scale[131071]", "E_LENGTH",
                           "members/scale: has 145 more", "members/distribution: has 140 more"}) {
    EXPECT_THAT(told, testing::HasSubstr(part));
  }
}

TEST(OpenBook, WithAWrongSealIsRefusedAndWithoutOneItWarns) {
  const std::string path = Draft::full().write(test_path("seal.h5"));
  EXPECT_THAT(told_by_opening(path), testing::HasSubstr("W_UNSEALED"));
  Draft draft = Draft::full();
  draft.set_attribute("/", "content_sha256", std::string(64, '0'));
  draft.write(path);
  EXPECT_EQ(told_by_opening(path), told_by_loading(path));
  EXPECT_THAT(told_by_opening(path), testing::HasSubstr("E_DIGEST"));
}

TEST(OpenBook, ThatIsNoBookIsToldTheSame) {
  for (const char* text : {"no", "\x89HDF\r\n\x1a\n and then nothing"}) {
    const std::string path = test_path("none.h5");
    std::ofstream(path) << text;
    EXPECT_EQ(told_by_opening(path), told_by_loading(path));
  }
  EXPECT_EQ(told_by_opening(test_path("nowhere.h5")), told_by_loading(test_path("nowhere.h5")));
}

TEST(OpenBook, NeedsNoMemoryForMembersButForTheRest) {
  const std::string path = large().write(test_path("limit.h5"));
  constexpr std::size_t enough = 200'000;  // twice 48,000 of groups; members take 5,400,000
  EXPECT_THAT(told_by_loading(path, {enough}), testing::HasSubstr("E_TOO_LARGE"));
  EXPECT_THAT(told_by_opening(path, {enough}), testing::HasSubstr("W_UNSEALED"));
  EXPECT_THAT(told_by_opening(path, {50'000}), testing::HasSubstr("E_TOO_LARGE"));
}

TEST(OpenBook, IsRefusedWhereADescendantOfItsReaderCouldStillChangeIt) {
  const std::string path = Draft::least().write(test_path("stray.h5"));
  const std::string script = test_path("leaves-one");
  const Variable reader("CORRIDOR_READER", script);
  std::ofstream(script) << "#!/bin/sh\nsleep 2 &\nexec '" << reader.before() << "' \"$@\"\n";
  fs::permissions(script, fs::perms::owner_all);
  EXPECT_THAT(told_by_opening(path), testing::HasSubstr("another process has the scratch file"));
}

/// What `action` returns in a child, which may change its limits and mounts.
std::string in_a_child(const std::function<std::string()>& action) {
  h5::build_apart(true);
  const std::string told = h5::built(action);
  h5::build_apart(false);
  return told;
}

TEST(OpenBook, OnAFullDiskIsRefusedByItsFolderAndLeavesNothing) {
  const std::string path = large().write(test_path("full.h5")), disk = test_path("disk");
  fs::create_directory(disk);
  const std::string told = in_a_child([&]() -> std::string {
    if (unshare(CLONE_NEWNS) != 0 ||
        mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("none", disk.c_str(), "tmpfs", 0, "size=1m") != 0) {
      return "cannot mount";
    }
    const Variable folder("TMPDIR", disk);
    std::string opened = told_by_opening(path);
    const InProcess here;
    if (told_by_opening(path) != opened) opened += " and otherwise in the process";
    return opened + (fs::space(disk).free == 1u << 20 ? "" : " and left something");
  });
  if (told == "cannot mount") GTEST_SKIP() << "only root can mount a small disk";
  EXPECT_EQ(told, "error " + disk + ": cannot fill a scratch file for members of a book here: " +
                      std::strerror(ENOSPC) + ". Free some space, or set TMPDIR to a folder with " +
                      "room [E_WRITE] {} ''\nexit 74");
}

TEST(OpenBook, BeyondALimitOfFileSizesIsRefusedByItsFolder) {
  const std::string path = large().write(test_path("ulimit.h5"));
  const std::string told = in_a_child([&] {
    const rlimit small{1 << 20, 1 << 20};
    setrlimit(RLIMIT_FSIZE, &small);
    return told_by_opening(path);
  });
  EXPECT_THAT(told, testing::HasSubstr(std::strerror(EFBIG)));
  EXPECT_THAT(told, testing::HasSubstr("E_WRITE"));
}

}  // namespace
}  // namespace corridor::tests
