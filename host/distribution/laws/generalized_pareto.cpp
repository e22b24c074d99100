// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "host/distribution/law_kind.hpp"
#include "host/distribution/with_zeros.hpp"

namespace corridor {
namespace {

/// S(x) = (1 + xi (x - threshold) / sigma)^(-1/xi) from the threshold up, exponential at xi = 0,
/// and for xi < 0 ending at threshold - sigma / xi.
class GeneralizedPareto final : public ClaimLaw {
 public:
  GeneralizedPareto(double xi, double sigma, double threshold)
      : xi_(std::fabs(xi) < 1e-12 ? 0 : xi), sigma_(sigma), threshold_(threshold) {}

  double survival(double amount) const override {
    const double excess = std::max(amount - threshold_, 0.0) / sigma_;
    if (xi_ == 0) return std::exp(-excess);
    return xi_ * excess <= -1 ? 0 : std::exp(-std::log1p(xi_ * excess) / xi_);
  }
  double quantile(double survival) const override {
    const double log_survival = std::log(survival);
    const double excess = xi_ == 0 ? -log_survival : std::expm1(-xi_ * log_survival) / xi_;
    return threshold_ + sigma_ * excess;
  }
  double mean() const override { return threshold_ + sigma_ / (1 - xi_); }
  double excess(double deductible) const override {
    if (deductible < threshold_) return mean() - deductible;
    const double above = survival(deductible);
    return above > 0 ? above * (sigma_ + xi_ * (deductible - threshold_)) / (1 - xi_) : 0;
  }

 private:
  double xi_, sigma_, threshold_;
};

constexpr AttributeRule attributes[] = {
    {.name = "xi",
     .range = {.low = -1, .high = 1, .low_open = true, .high_open = true},
     .why = "at 1 and above the mean is infinite and every price would be the cap's doing"},
    {"sigma_usd", above_zero},
    {"threshold_usd", zero_or_more}};
constexpr ParameterSet ways[] = {attributes};

std::unique_ptr<ClaimLaw> make(const DistributionSpec& spec, const std::vector<DistributionSpec>&) {
  return with_zeros(
      spec, std::make_unique<GeneralizedPareto>(number_of(spec, "xi"), number_of(spec, "sigma_usd"),
                                                number_of(spec, "threshold_usd")));
}

}  // namespace

extern const LawKind generalized_pareto_kind;
constinit const LawKind generalized_pareto_kind{.name = "generalized_pareto",
                                                .parameters = ways,
                                                .optional = parametric_options,
                                                .columns = {},
                                                .parts = {},
                                                .make = make};

}  // namespace corridor
