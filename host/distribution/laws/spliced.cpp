// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "host/distribution/law_kind.hpp"

namespace corridor {
namespace {

/// `body` below `from`, conditional on being at most `from`; `tail` above, conditional on being
/// above; `p_above` is the unconditional probability of the tail. The body's zeros count as body.
class Spliced final : public ClaimLaw {
 public:
  Spliced(std::unique_ptr<ClaimLaw> body, std::unique_ptr<ClaimLaw> tail, double from,
          double p_above)
      : body_(std::move(body)),
        tail_(std::move(tail)),
        from_(from),
        p_above_(p_above),
        body_factor_((1 - p_above) / (1 - body_->survival(from))),
        tail_factor_(p_above / tail_->survival(from)),
        body_limited_at_from_(body_->limited_expected_value(from)) {}

  double survival(double amount) const override {
    if (amount >= from_) return tail_factor_ * tail_->survival(amount);
    return 1 - body_factor_ * (1 - body_->survival(amount));
  }
  double quantile(double survival) const override {
    if (survival < p_above_) return std::max(tail_->quantile(survival / tail_factor_), from_);
    return std::min(body_->quantile(std::max(1 - (1 - survival) / body_factor_, 0.0)), from_);
  }
  double mean() const override { return excess(0); }
  double excess(double deductible) const override {
    if (deductible >= from_) return tail_factor_ * tail_->excess(deductible);
    return tail_factor_ * tail_->excess(from_) + (from_ - deductible) * (1 - body_factor_) +
           body_factor_ * (body_limited_at_from_ - body_->limited_expected_value(deductible));
  }
  double limited_expected_value(double deductible) const override {
    const double below = std::min(deductible, from_);
    const double in_tail =
        deductible > from_ ? tail_->excess(from_) - tail_->excess(deductible) : 0;
    return below * (1 - body_factor_) + body_factor_ * body_->limited_expected_value(below) +
           tail_factor_ * in_tail;
  }

 private:
  std::unique_ptr<ClaimLaw> body_, tail_;
  double from_, p_above_, body_factor_, tail_factor_, body_limited_at_from_;
};

constexpr AttributeRule attributes[] = {{"from_usd", above_zero}, {"p_above", inside_zero_one}};
constexpr ParameterSet ways[] = {attributes};
constexpr std::string_view parts[] = {"body", "tail"};

std::unique_ptr<ClaimLaw> make(const DistributionSpec& spec,
                               const std::vector<DistributionSpec>& all) {
  return std::make_unique<Spliced>(part_of(spec, "body", all), part_of(spec, "tail", all),
                                   number_of(spec, "from_usd"), number_of(spec, "p_above"));
}

void check_parts(const DistributionSpec& spec, const std::vector<DistributionSpec>& all,
                 LawProblems& problems) {
  const double from = number_of(spec, "from_usd");
  if (part_of(spec, "body", all)->survival(from) >= 1) {
    problems.attribute("from_usd", {"E_EMPTY_BODY", shown(from),
                                    "the body has no claims at or below the splice, yet 1 - "
                                    "p_above of the people are there",
                                    "Raise from_usd or name another body"});
  }
  if (part_of(spec, "tail", all)->survival(from) <= 0) {
    problems.attribute("from_usd", {"E_EMPTY_TAIL", shown(from),
                                    "the tail has no claims above the splice, yet p_above of the "
                                    "people are there",
                                    "Lower from_usd or name another tail"});
  }
}

}  // namespace

extern const LawKind spliced_kind;
constinit const LawKind spliced_kind{.name = "spliced",
                                     .parameters = ways,
                                     .optional = {},
                                     .columns = {},
                                     .parts = parts,
                                     .check_parts = check_parts,
                                     .make = make};

}  // namespace corridor
