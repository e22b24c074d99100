// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "corridor/portfolio.hpp"

namespace corridor {

using Numbers = std::map<std::string, std::vector<double>>;

/// A parametric law called "law".
inline DistributionSpec law_of(const std::string& kind, const Numbers& numbers) {
  DistributionSpec spec;
  spec.name = "law";
  spec.kind = kind;
  spec.numbers = numbers;
  return spec;
}

inline DistributionSpec spliced_of(const std::string& body, const std::string& tail,
                                   double from_usd, double p_above) {
  DistributionSpec spec = law_of("spliced", {{"from_usd", {from_usd}}, {"p_above", {p_above}}});
  spec.texts = {{"body", body}, {"tail", tail}};
  return spec;
}

/// A law called "law" of columns, with attributes.
inline DistributionSpec table_of(const std::string& kind, const Numbers& columns,
                                 const Numbers& numbers = {}) {
  DistributionSpec spec = law_of(kind, numbers);
  spec.columns = columns;
  return spec;
}

inline DistributionSpec named(DistributionSpec spec, const std::string& name) {
  spec.name = name;
  return spec;
}

}  // namespace corridor
