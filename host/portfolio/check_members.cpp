// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bitset>
#include <cmath>
#include <optional>
#include <span>

#include "host/portfolio/check_book.hpp"
#include "host/portfolio/group_names.hpp"
#include "host/portfolio/sound.hpp"

namespace corridor {
namespace {

constexpr const char* law_path = "/members/distribution";
constexpr const char* laser_path = "/members/laser_usd";

/// Laws that members may refer to; none where that cannot be said.
std::optional<std::bitset<65'536>> laws_of(const Portfolio& book, const Findings& findings) {
  std::bitset<65'536> known;
  for (const DistributionSpec& law : book.distributions) {
    // A law whose index could not be read may be the one that members mean.
    if (findings.mentions("/distributions/" + law.name + "@index")) return {};
    known.set(law.index);
  }
  if (book.distributions.empty()) return {};
  return known;
}

void check_laws_exist(const Portfolio& book, const MemberColumns& members, Findings& findings) {
  const auto known = laws_of(book, findings);
  if (!known) return;
  const GroupNames names(book);
  std::uint64_t unlisted = 0;
  members.each_piece("distribution", [&](std::uint64_t first_row, const Column& piece) {
    const auto& laws = std::get<std::vector<std::uint16_t>>(piece.values);
    for (std::uint64_t i = 0; i < laws.size(); ++i) {
      if ((*known)[laws[i]]) continue;
      if (!findings.lists(law_path)) {
        ++unlisted;
        continue;
      }
      const std::uint64_t row = first_row + i;
      findings.add("E_REFERENCE", {law_path, row, names.of_member(row)}, std::to_string(laws[i]),
                   "no claim law has index " + std::to_string(laws[i]),
                   "Give the index attribute of a group below /distributions");
    }
  });
  if (unlisted > 0) findings.more(law_path, unlisted);
}

bool offsets_fit(const Portfolio& book) {
  const auto& offset = book.member_offset;
  return offset.size() == book.groups.rows + 1 && std::is_sorted(offset.begin(), offset.end()) &&
         offset.back() <= book.members.rows;
}

void bad_laser(Findings& findings, const Place& place, double laser, double deductible) {
  findings.add("E_LASER", place, number_text(laser),
               "a laser of " + number_text(laser) + " is below the group's deductible, " +
                   number_text(deductible),
               "Give the deductible or more, inf to exclude the person, or NaN for no laser");
}

/// Lasers of one group's rows in a piece of the column, against the group's deductible.
class LaserCheck {
 public:
  LaserCheck(const Portfolio& book, Findings& findings) : book_(book), findings_(findings) {}

  void take(std::uint64_t first_row, const std::vector<double>& lasers) {
    const auto& offset = book_.member_offset;
    const std::uint64_t end = first_row + lasers.size();
    while (group_ < book_.groups.rows) {
      const std::uint64_t begin = std::max(offset[group_], first_row);
      if (begin < std::min(offset[group_ + 1], end)) {
        compare(
            std::span(lasers).subspan(begin - first_row, std::min(offset[group_ + 1], end) - begin),
            begin);
      }
      if (offset[group_ + 1] > end) return;  // it goes on in the next piece
      ++group_;
    }
  }

  std::uint64_t unlisted() const { return unlisted_; }

 private:
  void compare(std::span<const double> lasers, std::uint64_t first_row) {
    const double deductible = sound_term(book_, "specific_deductible_usd", group_, HUGE_VAL);
    if (!std::isfinite(deductible)) return;
    for (std::uint64_t i = 0; i < lasers.size(); ++i) {
      // NaN is no laser, and one below 0 is out of its range, which is said already.
      if (!(lasers[i] < deductible) || lasers[i] < 0) continue;
      if (findings_.lists(laser_path)) {
        bad_laser(findings_, {laser_path, first_row + i, GroupNames(book_).of_group(group_)},
                  lasers[i], deductible);
      } else {
        ++unlisted_;
      }
    }
  }

  const Portfolio& book_;
  Findings& findings_;
  std::uint64_t group_ = 0, unlisted_ = 0;
};

void check_lasers(const Portfolio& book, const MemberColumns& members, Findings& findings) {
  if (!offsets_fit(book)) return;
  LaserCheck check(book, findings);
  members.each_piece("laser_usd", [&](std::uint64_t first_row, const Column& piece) {
    check.take(first_row, std::get<std::vector<double>>(piece.values));
  });
  if (check.unlisted() > 0) findings.more(laser_path, check.unlisted());
}

/// Scales far from 1 are in range, since a law may be in other units, and seldom meant.
void warn_of_scales(const Portfolio& book, const MemberColumns& members, Findings& findings) {
  constexpr double least = 1e-3, most = 1e3;
  if (findings.mentions("/members/scale")) return;
  std::uint64_t count = 0, row = 0;
  double scale = 1;  // the first that is far
  members.each_piece("scale", [&](std::uint64_t first_row, const Column& piece) {
    const auto& scales = std::get<std::vector<double>>(piece.values);
    const auto is_far = [](double each) { return each < least || each > most; };
    const auto first = std::find_if(scales.begin(), scales.end(), is_far);
    if (first == scales.end()) return;
    if (count == 0) {
      row = first_row + static_cast<std::uint64_t>(first - scales.begin());
      scale = *first;
    }
    count += static_cast<std::uint64_t>(std::count_if(first, scales.end(), is_far));
  });
  if (count == 0) return;
  findings.add(
      "W_SCALE", {"/members/scale", row, GroupNames(book).of_member(row)}, number_text(scale),
      "a scale of " + number_text(scale) + " multiplies claims in dollars (" +
          std::to_string(count) + (count == 1 ? " member" : " members") + " outside 0.001 to 1000)",
      "Scales are relative to the claim law, near 1; nothing to do if the law is in other "
      "units");
}

}  // namespace

void check_members(const Portfolio& book, const MemberColumns& members, Findings& findings) {
  if (book.members.rows == 0 && !findings.mentions("/members/scale")) {
    findings.add("E_MISSING", {"/members", {}, ""}, "0", "the book has no members",
                 "Add a row for each person covered");
  }
  check_laws_exist(book, members, findings);
  check_lasers(book, members, findings);
  warn_of_scales(book, members, findings);
}

}  // namespace corridor
