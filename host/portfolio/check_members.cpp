// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bitset>
#include <cmath>

#include "host/portfolio/check_book.hpp"
#include "host/portfolio/group_names.hpp"
#include "host/portfolio/sound.hpp"

namespace corridor {
namespace {

constexpr const char* law_path = "/members/distribution";
constexpr const char* laser_path = "/members/laser_usd";

void check_laws_exist(const Portfolio& book, Findings& findings) {
  const Column* column = book.members.find("distribution");
  if (column == nullptr || book.distributions.empty()) return;
  std::bitset<65'536> known;
  for (const DistributionSpec& law : book.distributions) {
    // A law whose index could not be read may be the one that members mean.
    if (findings.mentions("/distributions/" + law.name + "@index")) return;
    known.set(law.index);
  }
  const GroupNames names(book);
  std::uint64_t unlisted = 0;
  const auto& laws = std::get<std::vector<std::uint16_t>>(column->values);
  for (std::uint64_t row = 0; row < laws.size(); ++row) {
    if (known[laws[row]]) continue;
    if (!findings.lists(law_path)) {
      ++unlisted;
      continue;
    }
    findings.add("E_REFERENCE", {law_path, row, names.of_member(row)}, std::to_string(laws[row]),
                 "no claim law has index " + std::to_string(laws[row]),
                 "Give the index attribute of a group below /distributions");
  }
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

void check_lasers(const Portfolio& book, Findings& findings) {
  const Column* column = book.members.find("laser_usd");
  if (column == nullptr || !offsets_fit(book)) return;
  const auto& laser = std::get<std::vector<double>>(column->values);
  std::uint64_t unlisted = 0;
  for (std::uint64_t group = 0; group < book.groups.rows; ++group) {
    const double deductible = sound_term(book, "specific_deductible_usd", group, HUGE_VAL);
    if (!std::isfinite(deductible)) continue;
    for (std::uint64_t row = book.member_offset[group]; row < book.member_offset[group + 1];
         ++row) {
      // NaN is no laser, and one below 0 is out of its range, which is said already.
      if (!(laser[row] < deductible) || laser[row] < 0) continue;
      if (findings.lists(laser_path)) {
        bad_laser(findings, {laser_path, row, GroupNames(book).of_group(group)}, laser[row],
                  deductible);
      } else {
        ++unlisted;
      }
    }
  }
  if (unlisted > 0) findings.more(laser_path, unlisted);
}

/// Scales far from 1 are in range, since a law may be in other units, and seldom meant.
void warn_of_scales(const Portfolio& book, Findings& findings) {
  constexpr double least = 1e-3, most = 1e3;
  const Column* column = book.members.find("scale");
  if (column == nullptr || findings.mentions("/members/scale")) return;
  const auto& scales = std::get<std::vector<double>>(column->values);
  const auto is_far = [](double scale) { return scale < least || scale > most; };
  const auto first = std::find_if(scales.begin(), scales.end(), is_far);
  if (first == scales.end()) return;
  const auto row = static_cast<std::uint64_t>(first - scales.begin());
  const auto count = std::count_if(first, scales.end(), is_far);
  findings.add(
      "W_SCALE", {"/members/scale", row, GroupNames(book).of_member(row)}, number_text(*first),
      "a scale of " + number_text(*first) + " multiplies claims in dollars (" +
          std::to_string(count) + (count == 1 ? " member" : " members") + " outside 0.001 to 1000)",
      "Scales are relative to the claim law, near 1; nothing to do if the law is in other "
      "units");
}

}  // namespace

void check_members(const Portfolio& book, Findings& findings) {
  if (book.members.rows == 0 && !findings.mentions("/members/scale")) {
    findings.add("E_MISSING", {"/members", {}, ""}, "0", "the book has no members",
                 "Add a row for each person covered");
  }
  check_laws_exist(book, findings);
  check_lasers(book, findings);
  warn_of_scales(book, findings);
}

}  // namespace corridor
