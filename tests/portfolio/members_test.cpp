// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "host/portfolio/check_book.hpp"
#include "host/portfolio/check_values.hpp"
#include "host/portfolio/member_columns.hpp"
#include "tests/portfolio/draft.hpp"
#include "tests/portfolio/told.hpp"

namespace corridor::tests {
namespace {

/// Columns in pieces of so many rows.
class Cut : public MemberColumns {
 public:
  Cut(const Table& members, std::size_t rows) : members_(members), rows_(rows) {}

  std::vector<std::string> names() const override { return HeldMembers(members_).names(); }
  void each_piece(const std::string& name, const Take& take) const override {
    const Column* column = members_.find(name);
    for (std::size_t first = 0; column != nullptr && first < members_.rows; first += rows_) {
      Column piece{column->name, column->width, {}};
      std::visit(
          [&](const auto& values) {
            const auto at = [&](std::size_t row) {
              return values.begin() + static_cast<std::ptrdiff_t>(std::min(row, members_.rows));
            };
            piece.values = std::decay_t<decltype(values)>(at(first), at(first + rows_));
          },
          column->values);
      take(first, piece);
    }
  }

 private:
  const Table& members_;
  std::size_t rows_;
};

std::string told_of(const Portfolio& book, const MemberColumns& members) {
  Findings findings("book.h5");
  check_values(book, members, findings);
  check_terms(book, members, findings);
  check_members(book, members, findings);
  std::string text;
  for (const Problem& problem : findings.take()) {
    text += problem.text() + " {" + problem.group + "} '" + problem.value + "'\n";
  }
  return text;
}

/// 60 groups of 3 members each, of whom the fourth, tenth, ... are wrong in everything.
Draft wrong() {
  Draft draft = Draft::full();
  std::vector<std::string> ids;
  std::vector<std::uint64_t> offset{0};
  std::vector<double> deductible, scale, laser;
  std::vector<std::uint16_t> law;
  std::vector<std::uint8_t> tier;
  for (int group = 0; group < 60; ++group) {
    ids.push_back("G" + std::to_string(group));
    offset.push_back(offset.back() + 3);
    deductible.push_back(group % 2 == 0 ? 100e3 : HUGE_VAL);
    for (int member = 0; member < 3; ++member) {
      const bool is_wrong = group % 2 == 0 || member == 1;
      scale.push_back(is_wrong ? -1.0 - group : 1.0);
      laser.push_back(is_wrong ? 1e3 * group : 200e3);
      law.push_back(is_wrong ? 9 : 7);
      tier.push_back(is_wrong && member > 0 ? 4 : 3);
    }
  }
  std::erase_if(draft.datasets, [](const auto& each) {
    return each.first.starts_with("/groups/") || each.first.starts_with("/members/");
  });
  draft.set("/groups/group_id", ids);
  draft.set("/groups/member_offset", offset);
  draft.set("/groups/specific_deductible_usd", deductible);
  draft.set("/members/scale", scale);
  draft.set("/members/laser_usd", laser);
  draft.set("/members/distribution", law);
  draft.set("/members/tier", tier);
  return draft;
}

void expect_alike_however_cut(const Draft& draft, std::size_t least_length) {
  const InProcess here;
  const Portfolio book = inspect_portfolio(draft.write(test_path("cut.h5"))).portfolio;
  const std::string whole = told_of(book, HeldMembers(book.members));
  EXPECT_GT(whole.size(), least_length) << whole;
  for (const std::size_t rows : {1, 2, 3, 4, 7, 50, 179, 180, 181}) {
    EXPECT_EQ(told_of(book, Cut(book.members, rows)), whole) << rows;
  }
}

TEST(MemberColumns, AreWrongInTheSameRowsHoweverTheyAreCut) {
  expect_alike_however_cut(wrong(), 10'000);
}

TEST(MemberColumns, HaveOneWarningOfFarScalesHoweverTheyAreCut) {
  Draft draft = Draft::full();
  draft.set("/members/scale", std::vector<double>{1, 1e4, 1, 1e-5, 1, 2e4});
  expect_alike_however_cut(draft, 100);
}

TEST(MemberColumns, OfABookWhoseOffsetsDoNotFitAreCutByRowsAllTheSame) {
  for (const std::vector<std::uint64_t>& offset :
       {std::vector<std::uint64_t>{1, 3, 4, 6}, {0, 4, 3, 6}, {0, 3, 4, 9}, {0, 3, 4, 5}}) {
    Draft draft = Draft::full();
    draft.set("/groups/member_offset", offset);
    draft.set("/members/scale", std::vector<double>{-1, -1, -1, -1, -1, -1});
    draft.set("/members/laser_usd", std::vector<double>{1, 1, 1, 1, 1, 1});
    expect_alike_however_cut(draft, 500);
  }
}

}  // namespace
}  // namespace corridor::tests
