// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/distribution/with_zeros.hpp"

#include <algorithm>

namespace corridor {
namespace {

class WithZeros final : public ClaimLaw {
 public:
  WithZeros(double p_positive, std::unique_ptr<ClaimLaw> positive)
      : p_positive_(p_positive), positive_(std::move(positive)) {}

  double survival(double amount_usd) const override {
    return p_positive_ * positive_->survival(amount_usd);
  }
  double quantile(double survival) const override {
    return survival >= p_positive_ ? 0 : positive_->quantile(survival / p_positive_);
  }
  double mean() const override { return p_positive_ * positive_->mean(); }
  double excess(double deductible_usd) const override {
    return p_positive_ * positive_->excess(deductible_usd);
  }
  double limited_expected_value(double deductible_usd) const override {
    return p_positive_ * positive_->limited_expected_value(deductible_usd);
  }
  double quantile_integral(double low, double high) const override {
    const double last = std::min(high / p_positive_, 1.0);
    return p_positive_ * positive_->quantile_integral(std::min(low / p_positive_, last), last);
  }

 private:
  double p_positive_;
  std::unique_ptr<ClaimLaw> positive_;
};

}  // namespace

std::unique_ptr<ClaimLaw> with_zeros(const DistributionSpec& spec,
                                     std::unique_ptr<ClaimLaw> positive) {
  const double p_zero = number_of(spec, p_zero_rule.name);
  if (p_zero == 0) return positive;
  return std::make_unique<WithZeros>(1 - p_zero, std::move(positive));
}

}  // namespace corridor
