// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "host/distribution/law_kind.hpp"
#include "host/distribution/with_zeros.hpp"

namespace corridor {
namespace {

using boost::math::policies::domain_error;
using boost::math::policies::evaluation_error;
using boost::math::policies::ignore_error;
using boost::math::policies::overflow_error;
using boost::math::policies::promote_double;
using boost::math::policies::underflow_error;
// A quantile that underflows is 0, one that overflows is infinite: both are answers, not errors.
constexpr boost::math::policies::policy<promote_double<false>, domain_error<ignore_error>,
                                        overflow_error<ignore_error>, underflow_error<ignore_error>,
                                        evaluation_error<ignore_error>>
    quiet;

/// Density x^(shape-1) exp(-x/scale). Klugman, Panjer, Willmot, Loss Models, appendix A.3.2.
class Gamma final : public ClaimLaw {
 public:
  Gamma(double shape, double scale) : shape_(shape), scale_(scale) {}

  double survival(double amount) const override { return upper(shape_, amount); }
  double quantile(double survival) const override {
    if (survival <= 0) return HUGE_VAL;
    if (survival >= 1) return 0;
    return scale_ * boost::math::gamma_q_inv(shape_, survival, quiet);
  }
  double mean() const override { return shape_ * scale_; }
  double excess(double deductible) const override {
    if (std::isinf(deductible)) return 0;
    return mean() * upper(shape_ + 1, deductible) - deductible * survival(deductible);
  }
  double limited_expected_value(double deductible) const override {
    if (std::isinf(deductible)) return mean();
    return mean() * boost::math::gamma_p(shape_ + 1, deductible / scale_, quiet) +
           deductible * survival(deductible);
  }

 private:
  double upper(double shape, double amount) const {
    return std::isinf(amount) ? 0 : boost::math::gamma_q(shape, amount / scale_, quiet);
  }

  double shape_, scale_;
};

// Outside these the incomplete gamma function is slow and rough, and the law no claims' law.
constexpr AttributeRule by_shape[] = {{"shape", {.low = 1e-4, .high = 1e6}},
                                      {"scale_usd", above_zero}};
constexpr AttributeRule by_moments[] = {{"mean_usd", above_zero},
                                        {"cv", {.low = 1e-3, .high = 100}}};
constexpr ParameterSet ways[] = {by_shape, by_moments};

std::unique_ptr<ClaimLaw> make(const DistributionSpec& spec, const std::vector<DistributionSpec>&) {
  double shape = number_of(spec, "shape"), scale = number_of(spec, "scale_usd");
  if (spec.numbers.contains("cv")) {
    const double cv = number_of(spec, "cv");
    shape = 1 / (cv * cv);
    scale = number_of(spec, "mean_usd") / shape;
  }
  return with_zeros(spec, std::make_unique<Gamma>(shape, scale));
}

}  // namespace

extern const LawKind gamma_kind;
constinit const LawKind gamma_kind{.name = "gamma",
                                   .parameters = ways,
                                   .optional = parametric_options,
                                   .columns = {},
                                   .parts = {},
                                   .make = make};

}  // namespace corridor
