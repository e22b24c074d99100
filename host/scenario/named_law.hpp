// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "corridor/portfolio.hpp"

namespace corridor {

/// A place of a stress that names a law of the book.
struct LawReference {
  std::string file, key, place, law;
};

/// The law, or null and a problem that says which there are.
const DistributionSpec* named_law(const Portfolio& portfolio, const LawReference& reference,
                                  std::vector<Problem>& problems);

}  // namespace corridor
