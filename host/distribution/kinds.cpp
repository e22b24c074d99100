// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "host/distribution/law_kind.hpp"

namespace corridor {

// One row a kind: its file in laws/ defines it, this list makes it known.
extern const LawKind continuance_kind, excess_curve_kind, lognormal_kind, gamma_kind, weibull_kind,
    pareto_kind, generalized_pareto_kind, spliced_kind, empirical_kind, scaled_above_kind,
    frequency_scaled_kind, with_rare_kind;

namespace {

constexpr const LawKind* kinds[] = {
    &continuance_kind, &excess_curve_kind, &lognormal_kind,          &gamma_kind,
    &weibull_kind,     &pareto_kind,       &generalized_pareto_kind, &spliced_kind,
    &empirical_kind,   &scaled_above_kind, &frequency_scaled_kind,   &with_rare_kind};

const std::vector<double> no_values;

}  // namespace

std::span<const LawKind* const> law_kinds() { return kinds; }

const LawKind* find_law_kind(std::string_view name) {
  const auto* found = std::find_if(std::begin(kinds), std::end(kinds),
                                   [&](const LawKind* kind) { return kind->name == name; });
  return found == std::end(kinds) ? nullptr : *found;
}

const DistributionSpec* find_law(const std::vector<DistributionSpec>& all, std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const DistributionSpec& spec) { return spec.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::unique_ptr<ClaimLaw> part_of(const DistributionSpec& spec, std::string_view part,
                                  const std::vector<DistributionSpec>& all) {
  const DistributionSpec* named = find_law(all, spec.texts.at(std::string(part)));
  return find_law_kind(named->kind)->make(*named, all);
}

const std::vector<double>& attribute_of(const DistributionSpec& spec, std::string_view name) {
  const auto found = spec.numbers.find(std::string(name));
  return found == spec.numbers.end() ? no_values : found->second;
}

const std::vector<double>& column_of(const DistributionSpec& spec, std::string_view name) {
  const auto found = spec.columns.find(std::string(name));
  return found == spec.columns.end() ? no_values : found->second;
}

double number_of(const DistributionSpec& spec, std::string_view name, double neutral) {
  const std::vector<double>& values = attribute_of(spec, name);
  return values.empty() ? neutral : values.front();
}

}  // namespace corridor
