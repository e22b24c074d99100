// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/stressed_book.hpp"

#include "host/scenario/column_edit.hpp"
#include "host/scenario/moved_members.hpp"
#include "host/scenario/stressed_parts.hpp"

namespace corridor {
namespace {

void scale_claims(double factor, Portfolio& portfolio) {
  if (factor == 1) return;
  for (double& scale : f64_column(portfolio.members, "scale", 1)) scale *= factor;
}

}  // namespace

Portfolio stressed_book(const Portfolio& base, const Stress& stress, const BaseFacts& facts) {
  Portfolio portfolio = base;
  move_members(stress, portfolio);
  scale_claims((1 + stress.trend_shock) * stress.pandemic_severity, portfolio);
  stress_laws(stress, facts, portfolio);
  stress_effects(stress, facts, portfolio);
  stress_terms(stress, facts, portfolio);
  return portfolio;
}

}  // namespace corridor
