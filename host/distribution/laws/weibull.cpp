// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "host/distribution/law_kind.hpp"
#include "host/distribution/with_zeros.hpp"

namespace corridor {
namespace {

/// S(x) = exp(-(x/scale)^shape). Klugman, Panjer, Willmot, Loss Models, appendix A.3.2.
class Weibull final : public ClaimLaw {
 public:
  Weibull(double shape, double scale)
      : shape_(shape), scale_(scale), mean_(scale * std::tgamma(1 + 1 / shape)) {}

  double survival(double amount) const override { return std::exp(-hazard(amount)); }
  double quantile(double survival) const override {
    return survival >= 1 ? 0 : scale_ * std::pow(-std::log(survival), 1 / shape_);
  }
  double mean() const override { return mean_; }
  double excess(double deductible) const override {
    if (std::isinf(deductible)) return 0;
    const double h = hazard(deductible);
    return mean_ * boost::math::gamma_q(1 + 1 / shape_, h) - deductible * std::exp(-h);
  }
  double limited_expected_value(double deductible) const override {
    if (std::isinf(deductible)) return mean_;
    const double h = hazard(deductible);
    return mean_ * boost::math::gamma_p(1 + 1 / shape_, h) + deductible * std::exp(-h);
  }

 private:
  double hazard(double amount) const { return std::pow(amount / scale_, shape_); }

  double shape_, scale_, mean_;
};

constexpr AttributeRule by_shape[] = {
    {.name = "shape", .range = {.low = 0.05}, .why = "below, nobody ever has the mean"},
    {"scale_usd", above_zero}};
constexpr ParameterSet ways[] = {by_shape};

std::unique_ptr<ClaimLaw> make(const DistributionSpec& spec, const std::vector<DistributionSpec>&) {
  return with_zeros(
      spec, std::make_unique<Weibull>(number_of(spec, "shape"), number_of(spec, "scale_usd")));
}

}  // namespace

extern const LawKind weibull_kind;
constinit const LawKind weibull_kind{.name = "weibull",
                                     .parameters = ways,
                                     .optional = parametric_options,
                                     .columns = {},
                                     .parts = {},
                                     .make = make};

}  // namespace corridor
