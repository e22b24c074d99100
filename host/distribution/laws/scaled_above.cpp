// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "host/distribution/law_kind.hpp"

namespace corridor {
namespace {

/// X + (factor - 1) (X - from)+: what a claim exceeds an amount by costs `factor` times as much.
class ScaledAbove final : public ClaimLaw {
 public:
  ScaledAbove(std::unique_ptr<ClaimLaw> base, double from, double factor)
      : base_(std::move(base)),
        from_(from),
        factor_(factor),
        survival_at_from_(base_->survival(from)),
        excess_at_from_(base_->excess(from)),
        limited_at_from_(base_->limited_expected_value(from)) {}

  double survival(double amount) const override { return base_->survival(before(amount)); }
  double quantile(double survival) const override {
    const double amount = base_->quantile(survival);
    return amount <= from_ ? amount : from_ + factor_ * (amount - from_);
  }
  double mean() const override { return base_->mean() + (factor_ - 1) * excess_at_from_; }
  double excess(double deductible) const override {
    if (deductible >= from_) return factor_ * base_->excess(before(deductible));
    return base_->excess(deductible) + (factor_ - 1) * excess_at_from_;
  }
  double limited_expected_value(double deductible) const override {
    if (deductible <= from_) return base_->limited_expected_value(deductible);
    return limited_at_from_ +
           factor_ * (base_->limited_expected_value(before(deductible)) - limited_at_from_);
  }
  double quantile_integral(double low, double high) const override {
    const double split = std::clamp(survival_at_from_, low, high);
    return factor_ * base_->quantile_integral(low, split) - (factor_ - 1) * from_ * (split - low) +
           base_->quantile_integral(split, high);
  }

 private:
  /// The claim that became `amount`.
  double before(double amount) const {
    return amount <= from_ ? amount : from_ + (amount - from_) / factor_;
  }

  std::unique_ptr<ClaimLaw> base_;
  double from_, factor_, survival_at_from_, excess_at_from_, limited_at_from_;
};

constexpr AttributeRule attributes[] = {{"from_usd", zero_or_more},
                                        {"factor", {.low = 0, .high = 100, .low_open = true}}};
constexpr ParameterSet ways[] = {attributes};
constexpr std::string_view parts[] = {"base"};

std::unique_ptr<ClaimLaw> make(const DistributionSpec& spec,
                               const std::vector<DistributionSpec>& all) {
  return std::make_unique<ScaledAbove>(part_of(spec, "base", all), number_of(spec, "from_usd"),
                                       number_of(spec, "factor"));
}

}  // namespace

extern const LawKind scaled_above_kind;
constinit const LawKind scaled_above_kind{.name = "scaled_above",
                                          .parameters = ways,
                                          .optional = {},
                                          .columns = {},
                                          .parts = parts,
                                          .make = make};

}  // namespace corridor
