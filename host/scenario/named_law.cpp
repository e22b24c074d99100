// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/named_law.hpp"

#include "host/nearest.hpp"

namespace corridor {

const DistributionSpec* named_law(const Portfolio& portfolio, const LawReference& reference,
                                  std::vector<Problem>& problems) {
  std::vector<std::string> names;
  std::string list;
  for (const DistributionSpec& law : portfolio.distributions) {
    if (law.name == reference.law) return &law;
    names.push_back(law.name);
    list += (list.empty() ? "" : ", ") + law.name;
  }
  const std::string close = nearest_name(reference.law, names);
  Problem problem;
  problem.code = "E_REFERENCE";
  problem.file = reference.file;
  problem.dataset = reference.key;
  problem.value = reference.law;
  problem.message = reference.place + "the book has no law of this name";
  problem.fix = (close.empty() ? "" : "Did you mean '" + close + "'? ") + "Its laws are " + list;
  problems.push_back(std::move(problem));
  return nullptr;
}

}  // namespace corridor
