// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/slice_families.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace corridor {
namespace {

/// Fewer persons of a mixture are cheaper as factors than as a table of their own.
constexpr std::size_t table_persons = 48;
/// Below this chance 1 + U stays in the right half plane, and above this many persons a jump of a
/// logarithm's phase lies where the product has vanished.
constexpr double logarithm_chance = 0.45, many_persons = 200;
/// Above it the rest is no smaller than the whole.
constexpr double merging_chance = 0.2;
/// What powers of U that are not right may add to a total's logarithm, and to one person's, in
/// years of a score that those beyond are rare to.
constexpr double power_error = 5e-7, large_error = 1e-8, power_score = 3;
constexpr int power_most = 6;
/// Years beyond this score are so rare that what is wrong with them does not show.
constexpr double usual_score = 4;
/// Time of a person as a factor, in that of adding a row.
constexpr double factor_cost = 6.5;

double highest_scale(const Family& family) {
  double highest = family.persons.front().log_scale;
  for (const Family::Like& like : family.persons) highest = std::max(highest, like.log_scale);
  return highest;
}

double lowest_scale(const Family& family) {
  double lowest = family.persons.front().log_scale;
  for (const Family::Like& like : family.persons) lowest = std::min(lowest, like.log_scale);
  return lowest;
}

double mean_scale(const Family& family) {
  double sum = 0;
  for (const Family::Like& like : family.persons) sum += like.count * like.log_scale;
  return sum / family.persons_count();
}

bool is_whole(const Family& family) {
  return family.mixture.size() == 1 && family.mixture.front().weight == 1;
}

double kinds_of(const Families& families) {
  std::size_t kinds = 0;
  for (const Family* family : families) kinds += family->persons.size();
  return static_cast<double>(kinds);
}

}  // namespace

SliceFamilies::Reach SliceFamilies::reach_of(const Families& families) const {
  Reach all{lowest_scale(*families.front()), highest_scale(*families.front())};
  for (const Family* family : families) {
    all = {std::min(all.low, lowest_scale(*family)), std::max(all.high, highest_scale(*family))};
  }
  return {all.low + effects_.front().log_severity, all.high + effects_.back().log_severity};
}

bool SliceFamilies::own_rows_are_fewer(const Families& families) const {
  const Reach reach = reach_of(families);
  const double shared_rows = (reach.high - reach.low) / whole_grid_step + 4;
  return kinds_of(families) * static_cast<double>(effects_.size()) <= shared_rows;
}

/// The chance of a person of a family that anything is paid, with a size and an effect's score.
double SliceFamilies::chance(const Family& family, double log_scale, double score) const {
  const YearSlice& years = slice_.years;
  const double scale = std::exp(log_scale + years.log_severity + score * years.sigma);
  const double threshold = group_.paid[family.paid].lines.front().from_usd / scale;
  double sum = 0;
  for (const LawPart& part : family.mixture) sum += part.weight * part.law->survival(threshold);
  return sum;
}

/// Persons expected to be paid anything at the central severity, and what is left of their
/// logarithms then, as if everybody of a family were of its middle size.
SliceFamilies::Expected SliceFamilies::expected(const Families& families) const {
  Expected sum;
  for (const Family* family : families) {
    const double middle = chance(*family, mean_scale(*family), 0);
    sum.persons += family->persons_count();
    sum.paid += family->persons_count() * middle;
    sum.rest += family->persons_count() * middle * middle;
  }
  return sum;
}

bool SliceFamilies::merging_pays(const Families& families) const {
  const Expected at_centre = expected(families);
  return group_.paid[families.front()->paid].lines.front().from_usd > 0 &&
         at_centre.paid < merging_chance * at_centre.persons;
}

// The rest of many persons is so large that its interpolation shows.
double SliceFamilies::rest_grid_step(const Families& families, bool smooth) const {
  const double rest = expected(families).rest;
  if (smooth) return rest < 1 ? 0.2 : (rest < 100 ? 0.1 : 0.05);
  if (rest < 1) return 0.1;
  return rest < 30 ? 0.05 : 0.025;
}

double SliceFamilies::growth(const Family& family, double log_severity) const {
  constexpr double most = 12;
  const double scale = std::exp(mean_scale(family) + log_severity);
  const double threshold = group_.paid[family.paid].lines.front().from_usd / scale;
  double survival = 0, excess = 0;
  for (const LawPart& part : family.mixture) {
    const LawAbove above = part.law->above(threshold);
    survival += part.weight * above.survival;
    excess += part.weight * above.excess;
  }
  return excess > 0 ? std::min(most, 1 + threshold * survival / excess) : 0;
}

bool SliceFamilies::logarithms_allowed(const Family& family) const {
  if (!is_whole(family) && family.persons.size() < table_persons) return false;
  return family.persons_count() >= many_persons ||
         chance(family, highest_scale(family), usual_score) < logarithm_chance;
}

// With the weight w^n a row of log(1 + U) lacks (w^n - w^(n + 1)) U^(n + 1) / (n + 1) when powers
// up to n are right; |U| is at most about twice the chance that anything is paid.
SliceFamilies::ByPowers SliceFamilies::by_powers(const Families& families) const {
  ByPowers parts;
  std::array<double, power_most + 1> lacking{};
  for (const Family* family : families) {
    const double w = family->mixture.front().weight;
    Family few{family->paid, family->mixture, {}}, large = few;
    for (const Family::Like& like : family->persons) {
      const double chance_of_whole = chance(*family, like.log_scale, power_score) / w;
      const auto lacks = [&](int n) {
        const double size = std::pow(2 * chance_of_whole, n + 1) / (n + 1);
        return like.count * std::abs(1 - w) * std::pow(w, n) * size;
      };
      const bool is_large =
          chance_of_whole > logarithm_chance / 2 || lacks(power_most) > large_error;
      (is_large ? large : few).persons.push_back(like);
      for (int n = 2; n <= power_most && !is_large; ++n) {
        lacking[static_cast<std::size_t>(n)] += lacks(n);
      }
    }
    if (!few.persons.empty()) parts.few.push_back(std::move(few));
    if (!large.persons.empty()) parts.large.push_back(std::move(large));
  }
  while (parts.degree < power_most &&
         lacking[static_cast<std::size_t>(parts.degree)] > power_error) {
    ++parts.degree;
  }
  return parts;
}

bool SliceFamilies::powers_are_cheaper(const ByPowers& parts, double grid_step) const {
  if (parts.few.empty()) return false;
  Families few;
  for (const Family& family : parts.few) few.push_back(&family);
  const Reach reach = reach_of(few);
  const double rows = (reach.high - reach.low - effects_width()) / grid_step + 4;
  return kinds_of(few) * factor_cost > rows * (parts.degree - 1);
}

}  // namespace corridor
