// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/slice_families.hpp"

#include <algorithm>
#include <cmath>

#include "host/exact/lattice/node_terms.hpp"

namespace corridor {
namespace {

/// Fewer persons of a mixture are cheaper as factors than as a table of their own.
constexpr std::size_t table_persons = 48;
/// Below this chance 1 + U stays in the right half plane, and above this many persons a jump of a
/// logarithm's phase lies where the product has vanished.
constexpr double logarithm_chance = 0.45, many_persons = 200;
/// Above it the rest is no smaller than the whole.
constexpr double merging_chance = 0.2;
/// What the powers of U beyond the last may add to a total's logarithm.
constexpr double power_error = 1e-8;
/// Years beyond this score are so rare that what is wrong with them does not show.
constexpr double usual_score = 4;
/// Times of a person as a factor and of a row's power, in those of adding a row.
constexpr double factor_cost = 6.5, power_cost = 3;

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
double SliceFamilies::rest_grid_step(const Families& families) const {
  const double rest = expected(families).rest;
  if (rest < 1) return 0.1;
  return rest < 30 ? 0.05 : 0.025;
}

bool SliceFamilies::logarithms_allowed(const Family& family) const {
  if (!is_whole(family) && family.persons.size() < table_persons) return false;
  return family.persons_count() >= many_persons ||
         chance(family, highest_scale(family), usual_score) < logarithm_chance;
}

// |U| is at most about twice the chance that anything is paid.
int SliceFamilies::powers_needed(const Families& families) const {
  double size = 0, persons = 0;
  for (const Family* family : families) {
    size = std::max(size, 2 * chance(*family, highest_scale(*family), usual_score));
    persons += family->persons_count();
  }
  int degree = 2;
  while (degree <= NodeTerms::degree_max && persons * std::pow(size, degree + 1) > power_error) {
    ++degree;
  }
  return degree;
}

bool SliceFamilies::powers_are_cheaper(const Families& families, int degree,
                                       double grid_step) const {
  const Reach reach = reach_of(families);
  const double rows = (reach.high - reach.low - effects_width()) / grid_step + 4;
  return kinds_of(families) * factor_cost > rows * degree * power_cost;
}

}  // namespace corridor
