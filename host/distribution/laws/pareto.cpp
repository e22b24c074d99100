// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "host/distribution/law_kind.hpp"
#include "host/distribution/piecewise_law.hpp"
#include "host/distribution/with_zeros.hpp"

namespace corridor {
namespace {

constexpr AttributeRule attributes[] = {
    {.name = "alpha",
     .range = {.low = 1, .low_open = true},
     .why = "at 1 and below the mean is infinite and every price would be the cap's doing"},
    {"threshold_usd", above_zero}};
constexpr ParameterSet ways[] = {attributes};

/// S(x) = (threshold / x)^alpha from the threshold up: nobody has a claim below it.
std::unique_ptr<ClaimLaw> make(const DistributionSpec& spec, const std::vector<DistributionSpec>&) {
  const double threshold = number_of(spec, "threshold_usd");
  std::vector<Piece> pieces;
  append_gap(pieces, 0, threshold, 1);
  append_pareto(pieces, threshold, std::numeric_limits<double>::infinity(), 1,
                number_of(spec, "alpha"));
  return with_zeros(spec, std::make_unique<PiecewiseLaw>(std::move(pieces)));
}

}  // namespace

extern const LawKind pareto_kind;
constinit const LawKind pareto_kind{.name = "pareto",
                                    .parameters = ways,
                                    .optional = parametric_options,
                                    .columns = {},
                                    .parts = {},
                                    .make = make};

}  // namespace corridor
