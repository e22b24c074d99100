// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "host/scenario/column_edit.hpp"
#include "host/scenario/stressed_parts.hpp"

namespace corridor {
namespace {

constexpr double most_cv = 2;

/// A coefficient of variation in place of the book's.
double changed(double base, const std::optional<double>& given, const Stress& stress,
               const std::string& what) {
  const double cv = given.value_or(base * stress.effects.factor);
  if (cv <= most_cv) return cv;
  Problem problem;
  problem.code = "E_RANGE";
  problem.file = stress.file;
  problem.dataset = "effects.factor";
  problem.message = "makes " + what + " larger than 2, the most that a book may have";
  problem.fix = "Lower it, or give the coefficients of variation themselves";
  throw Error(ErrorKind::bad_data, std::vector{problem});
}

}  // namespace

void stress_effects(const Stress& stress, const BaseFacts& facts, Portfolio& portfolio) {
  const EffectChanges& effects = stress.effects;
  const auto market = [&](const std::string& name, const std::optional<double>& given) {
    const double base = portfolio.market_value(name, 0);
    const double cv = changed(base, given, stress, name);
    if (cv != base) portfolio.market[name] = cv;
  };
  market("book_cv", effects.book_cv);
  market("region_cv", effects.region_cv);
  market("industry_cv", effects.industry_cv);
  if (!effects.group_cv && effects.factor == 1) return;
  std::vector<double>& own = f64_column(portfolio.groups, "effect_cv", NAN);
  for (std::size_t group = 0; group < own.size(); ++group) {
    own[group] = changed(facts.group_cv[group], effects.group_cv, stress, "a group's effect_cv");
  }
}

}  // namespace corridor
