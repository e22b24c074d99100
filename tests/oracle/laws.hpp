// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/distribution/claim_law.hpp"
#include "host/distribution/compile.hpp"
#include "tests/oracle/cms_silver.hpp"

namespace corridor::oracle {

/// The shipped table of a law.
inline std::vector<Bucket> table_of(const DistributionSpec& spec) {
  return compile_table(*make_law(spec, {spec}), 25e6);
}

/// The shipped table of the silver atoms.
inline std::vector<Bucket> silver_table() {
  DistributionSpec spec;
  spec.name = "silver";
  spec.kind = "empirical";
  for (const Part& atom : silver_atoms()) {
    spec.columns["amount_usd"].push_back(atom.low);
    spec.columns["weight"].push_back(atom.probability);
  }
  return table_of(spec);
}

inline std::vector<Bucket> lognormal_table(double mean_usd, double cv, double p_zero) {
  DistributionSpec spec;
  spec.name = "lognormal";
  spec.kind = "lognormal";
  spec.numbers = {{"mean_usd", {mean_usd}}, {"cv", {cv}}, {"p_zero", {p_zero}}};
  return table_of(spec);
}

}  // namespace corridor::oracle
