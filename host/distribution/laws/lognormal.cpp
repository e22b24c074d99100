// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "host/distribution/law_kind.hpp"
#include "host/distribution/laws/normal.hpp"
#include "host/distribution/with_zeros.hpp"

namespace corridor {
namespace {

/// exp(mu + sigma Z). Klugman, Panjer, Willmot, Loss Models, appendix A.5.
class Lognormal final : public ClaimLaw {
 public:
  Lognormal(double mu, double sigma)
      : mu_(mu), sigma_(sigma), mean_(std::exp(mu + sigma * sigma / 2)) {}

  double survival(double amount) const override { return normal_survival(standard(amount)); }
  double quantile(double survival) const override {
    return std::exp(mu_ + sigma_ * normal_quantile(survival));
  }
  double mean() const override { return mean_; }
  double excess(double deductible) const override {
    if (std::isinf(deductible)) return 0;
    const double z = standard(deductible);
    return mean_ * normal_survival(z - sigma_) - deductible * normal_survival(z);
  }
  double limited_expected_value(double deductible) const override {
    if (std::isinf(deductible)) return mean_;
    const double z = standard(deductible);
    return mean_ * normal_survival(sigma_ - z) + deductible * normal_survival(z);
  }
  double quantile_integral(double low, double high) const override {
    return mean_ * normal_between(normal_quantile(high) - sigma_, normal_quantile(low) - sigma_);
  }

 private:
  double standard(double amount) const { return (std::log(amount) - mu_) / sigma_; }

  double mu_, sigma_, mean_;
};

constexpr AttributeRule by_log[] = {{"mu"}, {"sigma", above_zero}};
constexpr AttributeRule by_moments[] = {{"mean_usd", above_zero}, {"cv", above_zero}};
constexpr ParameterSet ways[] = {by_log, by_moments};

std::unique_ptr<ClaimLaw> make(const DistributionSpec& spec, const std::vector<DistributionSpec>&) {
  double mu = number_of(spec, "mu"), sigma = number_of(spec, "sigma");
  if (spec.numbers.contains("cv")) {
    const double cv = number_of(spec, "cv");
    sigma = std::sqrt(std::log1p(cv * cv));
    mu = std::log(number_of(spec, "mean_usd")) - sigma * sigma / 2;
  }
  return with_zeros(spec, std::make_unique<Lognormal>(mu, sigma));
}

}  // namespace

extern const LawKind lognormal_kind;
constinit const LawKind lognormal_kind{.name = "lognormal",
                                       .parameters = ways,
                                       .optional = parametric_options,
                                       .columns = {},
                                       .parts = {},
                                       .make = make};

}  // namespace corridor
