// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/totals/job_totals.hpp"

#include <cmath>
#include <limits>

namespace corridor {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

double usd_of(Cents amount) {
  return amount >= unlimited ? infinite : static_cast<double>(amount) / 100;
}

/// A person's own thresholds of a row.
struct OwnThresholds {
  double deductible_usd, limit_usd;
};

OwnThresholds thresholds_of(const Cents* amounts, const GridRow& row) {
  const bool limited = row.limit_threshold != GridRow::no_limit;
  return {usd_of(amounts[row.deductible_threshold]),
          limited ? usd_of(amounts[row.limit_threshold]) : infinite};
}

/// Leaves out empty lines and joins those that go on with the same slope.
void add_line(PersonFunction& function, double from_usd, double slope) {
  if (!std::isfinite(from_usd)) return;
  auto& lines = function.lines;
  if (!lines.empty() && lines.back().from_usd >= from_usd) lines.pop_back();
  const double before = lines.empty() ? 0 : lines.back().slope;
  if (slope != before) lines.push_back({from_usd, slope});
}

PersonFunction specific_function(OwnThresholds own, const Terms& terms) {
  PersonFunction function;
  add_line(function, own.deductible_usd, terms.SpecificReimbursement::share);
  add_line(function, own.limit_usd, 0);
  return function;
}

/// `deductible_usd` the group's; the slopes are the terms' shares of each further dollar.
PersonFunction counted_function(double deductible_usd, OwnThresholds own, const Terms& terms) {
  const double share = terms.SpecificReimbursement::share;
  const bool on_payment = terms.limit_is_on_payment != 0;
  const double in_band = terms.also & AggregateCounts::laser_band ? 1 : 0;
  const double in_layer = terms.also & AggregateCounts::coinsurance ? 1 - share : 0;
  double over_limit = 0;
  if (terms.also & AggregateCounts::over_limit) over_limit += on_payment ? share : 1;
  if (terms.also & AggregateCounts::coinsurance && on_payment) over_limit += 1 - share;
  PersonFunction function;
  add_line(function, 0, 1);
  add_line(function, deductible_usd, in_band);
  add_line(function, own.deductible_usd, in_layer);
  add_line(function, own.limit_usd, over_limit);
  return function;
}

bool limits_persons(const GroupView& group) {
  return has_run_in(group) && std::isfinite(group.basis->run_in_limit_usd);
}

/// Whether each person adds to a total what their own claims say.
bool is_sum(const GroupView& group) { return !has_families(group) && !limits_persons(group); }

template <class FunctionOf>
RowFunctions functions_of(const GroupView& group, const GridRow& row, const FunctionOf& of) {
  RowFunctions functions{of(thresholds_of(group.thresholds, row)), {}};
  for (std::uint32_t p = 0; p < group.personal_count; ++p) {
    const Cents* own = group.personal_thresholds + p * group.threshold_count;
    functions.personal.push_back(of(thresholds_of(own, row)));
  }
  return functions;
}

std::optional<double> cap_of(const PersonFunction& function) {
  const auto& lines = function.lines;
  if (lines.empty()) return 0;
  const bool capped =
      lines.size() == 2 && lines[0].from_usd == 0 && lines[0].slope == 1 && lines[1].slope == 0;
  return capped ? std::optional(lines[1].from_usd) : std::nullopt;
}

}  // namespace

std::optional<RowFunctions::Caps> RowFunctions::caps() const {
  const std::optional<double> cap = cap_of(members);
  if (!cap) return std::nullopt;
  Caps caps{*cap, {}};
  for (const PersonFunction& function : personal) {
    const std::optional<double> own = cap_of(function);
    if (!own) return std::nullopt;
    caps.personal_usd.push_back(*own);
  }
  return caps;
}

std::optional<RowFunctions> specific_functions(const JobViews& views, const GridRow& row) {
  const GroupView& group = views.specific.group;
  if (!is_sum(group)) return std::nullopt;
  return functions_of(group, row,
                      [&](OwnThresholds own) { return specific_function(own, row.terms); });
}

const ClaimsView& counted_view(const JobViews& views) {
  return views.counted ? *views.counted : views.specific;
}

std::optional<RowFunctions> counted_functions(const JobViews& views, const GridRow& row) {
  const GroupView& group = counted_view(views).group;
  const std::uint8_t also = row.terms.also & ~std::uint8_t{AggregateCounts::without_excluded};
  if (!is_sum(group) || !is_sum(views.specific.group)) return std::nullopt;
  if (row.terms.group_limit < unlimited && has_run_in(group)) return std::nullopt;
  if (also & AggregateCounts::asd_absorbed && row.terms.retention > 0) return std::nullopt;
  // What the specific leaves is of the specific's claims, which another view does not know.
  if (views.counted && (also & ~std::uint8_t{AggregateCounts::asd_absorbed}) != 0) {
    return std::nullopt;
  }
  const double deductible = usd_of(group.thresholds[row.deductible_threshold]);
  return functions_of(
      group, row, [&](OwnThresholds own) { return counted_function(deductible, own, row.terms); });
}

}  // namespace corridor
