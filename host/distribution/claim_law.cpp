// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/distribution/claim_law.hpp"

#include <algorithm>
#include <iterator>

#include "host/distribution/law_kind.hpp"

namespace corridor {
namespace {

/// Integral of the quantile over survival 0 to `survival`, at which the quantile is `amount`.
double integral_above(const ClaimLaw& law, double survival, double amount) {
  return survival > 0 ? law.excess(amount) + amount * survival : 0;
}

/// Integral of the quantile over survival `survival` to 1.
double integral_below(const ClaimLaw& law, double survival, double amount) {
  return law.limited_expected_value(amount) - amount * survival;
}

}  // namespace

double ClaimLaw::quantile_integral(double low, double high) const {
  if (!(low < high)) return 0;
  const double at_low = quantile(low), at_high = quantile(high);
  const double above = integral_above(*this, high, at_high);
  // Both differences are exact on paper; the one of smaller terms keeps more digits.
  if (low == 0 || above <= limited_expected_value(at_low)) {
    return above - integral_above(*this, low, at_low);
  }
  return integral_below(*this, low, at_low) - integral_below(*this, high, at_high);
}

std::unique_ptr<ClaimLaw> make_law(const DistributionSpec& spec,
                                   const std::vector<DistributionSpec>& all) {
  std::vector<Problem> problems = check_law(spec, all);
  std::erase_if(problems, [](const Problem& p) { return p.severity != Problem::Severity::error; });
  if (!problems.empty()) throw Error(ErrorKind::bad_data, std::move(problems));
  return find_law_kind(spec.kind)->make(spec, all);
}

}  // namespace corridor
