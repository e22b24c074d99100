// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "host/distribution/law_kind.hpp"

namespace corridor {
namespace {

/// P(X > x) = min(1, factor P(base > x)): more people, or fewer, have claims of every size. Where
/// the factor would give more than everybody, the smallest claims are gone.
class FrequencyScaled final : public ClaimLaw {
 public:
  FrequencyScaled(std::unique_ptr<ClaimLaw> base, double factor)
      : base_(std::move(base)),
        factor_(factor),
        least_(factor > 1 ? base_->quantile(1 / factor) : 0),
        excess_over_least_(factor * base_->excess(least_)) {}

  double survival(double amount) const override {
    return std::min(1.0, factor_ * base_->survival(amount));
  }
  double quantile(double survival) const override {
    return survival >= 1 ? 0 : base_->quantile(std::min(survival / factor_, 1.0));
  }
  double mean() const override { return excess(0); }
  double excess(double deductible) const override {
    if (deductible >= least_) return factor_ * base_->excess(deductible);
    return least_ - deductible + excess_over_least_;
  }
  double limited_expected_value(double deductible) const override {
    if (deductible <= least_) return deductible;
    return least_ + factor_ * (base_->limited_expected_value(deductible) -
                               base_->limited_expected_value(least_));
  }
  double quantile_integral(double low, double high) const override {
    const double last = std::min(high / factor_, 1.0);
    return factor_ * base_->quantile_integral(std::min(low / factor_, last), last);
  }

 private:
  std::unique_ptr<ClaimLaw> base_;
  double factor_;
  double least_;  ///< nobody's claims are smaller
  double excess_over_least_;
};

constexpr AttributeRule attributes[] = {{"factor", {.low = 0, .high = 100, .low_open = true}}};
constexpr ParameterSet ways[] = {attributes};
constexpr std::string_view parts[] = {"base"};

std::unique_ptr<ClaimLaw> make(const DistributionSpec& spec,
                               const std::vector<DistributionSpec>& all) {
  return std::make_unique<FrequencyScaled>(part_of(spec, "base", all), number_of(spec, "factor"));
}

}  // namespace

extern const LawKind frequency_scaled_kind;
constinit const LawKind frequency_scaled_kind{.name = "frequency_scaled",
                                              .parameters = ways,
                                              .optional = {},
                                              .columns = {},
                                              .parts = parts,
                                              .make = make};

}  // namespace corridor
