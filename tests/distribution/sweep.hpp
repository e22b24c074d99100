// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tests/distribution/laws.hpp"
#include "tests/distribution/published_laws.hpp"

namespace corridor {

/// A law of a sweep, with the laws it names.
struct SweptLaw {
  std::string label;
  DistributionSpec spec;
  std::vector<DistributionSpec> parts;
};

/// Every parametric kind over the parameters a book may plausibly hold and beyond, for each of
/// several shares of people without claims.
inline std::vector<SweptLaw> parametric_laws() {
  std::vector<DistributionSpec> specs;
  for (const double cv : {.1, .5, 1., 2., 4., 8., 20.}) {
    for (const double mean : {.5, 700., 7e3, 2e5}) {
      specs.push_back(law_of("lognormal", {{"mean_usd", {mean}}, {"cv", {cv}}}));
      specs.push_back(law_of("gamma", {{"mean_usd", {mean}}, {"cv", {cv}}}));
    }
  }
  for (const double shape : {.15, .3, .6, 1., 3.}) {
    specs.push_back(law_of("weibull", {{"shape", {shape}}, {"scale_usd", {4e3}}}));
  }
  for (const double alpha : {1.05, 1.5, 1.8727, 2.2, 5.}) {
    specs.push_back(law_of("pareto", {{"alpha", {alpha}}, {"threshold_usd", {1e3}}}));
    specs.push_back(law_of("pareto", {{"alpha", {alpha}}, {"threshold_usd", {96e3}}}));
  }
  for (const double xi : {-.8, -.2, 0., .3, .6, .95}) {
    for (const double threshold : {0., 1e5}) {
      specs.push_back(law_of("generalized_pareto",
                             {{"xi", {xi}}, {"sigma_usd", {5e4}}, {"threshold_usd", {threshold}}}));
    }
  }
  std::vector<SweptLaw> laws;
  for (const DistributionSpec& spec : specs) {
    for (const double p_zero : {0., .05, .12, .45, .99}) {
      SweptLaw law{spec.kind, spec, {}};
      law.spec.numbers["p_zero"] = {p_zero};
      for (const auto& [name, values] : law.spec.numbers) {
        law.label += " " + name + " " + std::to_string(values.front());
      }
      laws.push_back(law);
    }
  }
  return laws;
}

inline std::vector<SweptLaw> published_laws() {
  std::vector<SweptLaw> laws;
  for (std::size_t tier = 0; tier < 4; ++tier) {
    laws.push_back({std::string("cms 2026 ") + cms_2026::tiers[tier], cms_2026_law(tier), {}});
    laws.push_back(
        {std::string("with tail ") + cms_2026::tiers[tier], cms_2026_law(tier, sample_tail()), {}});
  }
  for (std::size_t curve = 0; curve < 6; ++curve) {
    laws.push_back({std::string("cms 2015 ") + cms_2015::curves[curve], cms_2015_law(curve), {}});
  }
  return laws;
}

inline std::vector<SweptLaw> composed_laws() {
  const DistributionSpec body =
      named(law_of("lognormal", {{"mean_usd", {1e5}}, {"cv", {1.2}}, {"p_zero", {.05}}}), "body");
  const DistributionSpec tail =
      named(law_of("generalized_pareto",
                   {{"xi", {1 / 2.2}}, {"sigma_usd", {12e4}}, {"threshold_usd", {2e5}}}),
            "tail");
  const DistributionSpec sample = table_of(
      "empirical",
      {{"amount_usd", {0, 100, 5e3, 7e4, 3e5, 4e6}}, {"weight", {20, 50, 20, 8, 1.9, .1}}});
  const DistributionSpec point =
      table_of("empirical", {{"amount_usd", {12345.67}}, {"weight", {1}}});
  const auto changed = [](const std::string& kind, const Numbers& numbers) {
    DistributionSpec spec = law_of(kind, numbers);
    spec.texts["base"] = "body";
    return spec;
  };
  return {
      {"spliced", spliced_of("body", "tail", 2e5, .15), {body, tail}},
      {"scaled above", changed("scaled_above", {{"from_usd", {3e5}}, {"factor", {1.4}}}), {body}},
      {"less above", changed("scaled_above", {{"from_usd", {3e5}}, {"factor", {.4}}}), {body}},
      {"more frequent", changed("frequency_scaled", {{"factor", {1.3}}}), {body}},
      {"less frequent", changed("frequency_scaled", {{"factor", {.6}}}), {body}},
      {"with rare",
       changed("with_rare",
               {{"frequency_per_million", {2e4, 1, 8}}, {"cost_usd", {9e3, 3e6, 5e5}}}),
       {body}},
      {"empirical", sample, {}},
      {"one amount", point, {}}};
}

inline std::vector<SweptLaw> all_laws() {
  std::vector<SweptLaw> laws = parametric_laws();
  for (const SweptLaw& law : published_laws()) laws.push_back(law);
  for (const SweptLaw& law : composed_laws()) laws.push_back(law);
  return laws;
}

}  // namespace corridor
