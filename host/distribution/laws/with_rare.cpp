// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <numeric>

#include "host/distribution/law_kind.hpp"

namespace corridor {
namespace {

constexpr double million = 1e6;

/// A cost that comes on top of a person's other claims.
struct Rare {
  double cost_usd = 0, probability = 0;
};

double together(const std::vector<Rare>& rare) {
  return std::accumulate(rare.begin(), rare.end(), 0.0,
                         [](double sum, const Rare& each) { return sum + each.probability; });
}

/// X + B, where B is 0 or one of a few costs and independent of X: a mixture of X moved up.
class WithRare final : public ClaimLaw {
 public:
  /// `rare`  ascending in cost
  WithRare(std::unique_ptr<ClaimLaw> base, std::vector<Rare> rare)
      : base_(std::move(base)),
        rare_(std::move(rare)),
        any_(together(rare_)),
        none_(1 - any_),
        base_mean_(base_->mean()) {}

  double survival(double amount) const override {
    double sum = none_ * base_->survival(amount);
    for (const Rare& each : rare_) {
      sum +=
          each.probability * (amount < each.cost_usd ? 1 : base_->survival(amount - each.cost_usd));
    }
    return sum;
  }
  double quantile(double survival) const override {
    if (survival >= std::min(this->survival(0), 1.0)) return 0;
    if (survival > any_) {  // below the least cost every B > 0 counts whole
      const double amount = base_->quantile(std::min((survival - any_) / none_, 1.0));
      if (amount < rare_.front().cost_usd) return amount;
    }
    return quantile_from_least_cost(survival);
  }
  double mean() const override { return excess(0); }
  double excess(double deductible) const override {
    double sum = none_ * base_->excess(deductible);
    for (const Rare& each : rare_) {
      const double over = deductible - each.cost_usd;
      sum += each.probability * (over < 0 ? base_mean_ - over : base_->excess(over));
    }
    return sum;
  }
  double limited_expected_value(double deductible) const override {
    double sum = none_ * base_->limited_expected_value(deductible);
    for (const Rare& each : rare_) {
      const double over = deductible - each.cost_usd;
      sum += each.probability *
             (over < 0 ? deductible : each.cost_usd + base_->limited_expected_value(over));
    }
    return sum;
  }

 private:
  /// The quantile where it is the least cost or more.
  double quantile_from_least_cost(double survival) const {
    if (survival <= 0) return base_->quantile(0) + rare_.back().cost_usd;
    double low = 0;
    for (const Rare& each : rare_) {
      if (this->survival(each.cost_usd) > survival) {
        low = each.cost_usd;
        continue;
      }
      const double below = std::nextafter(each.cost_usd, 0.0);
      if (low == 0 || this->survival(below) > survival) return each.cost_usd;
      return crossing(survival, low, below);
    }
    return crossing(survival, low, base_->quantile(survival) + rare_.back().cost_usd);
  }

  /// Where the survival falls to `survival`, above `low` and at most at `high`.
  double crossing(double survival, double low, double high) const {
    const auto above = [&](double amount) { return this->survival(amount) - survival; };
    const double at_low = above(low), at_high = above(high);
    if (at_high >= 0) return high;
    std::uintmax_t steps = 200;
    const auto [left, right] = boost::math::tools::toms748_solve(
        above, low, high, at_low, at_high, boost::math::tools::eps_tolerance<double>(48), steps);
    return right;
  }

  std::unique_ptr<ClaimLaw> base_;
  std::vector<Rare> rare_;
  double any_, none_, base_mean_;
};

constexpr AttributeRule attributes[] = {
    {.name = "frequency_per_million",
     .range = {.low = 0, .high = million, .low_open = true, .high_open = true},
     .array = true},
    {.name = "cost_usd", .range = {.low = 0, .high = 1e12, .low_open = true}, .array = true}};
constexpr ParameterSet ways[] = {attributes};
constexpr std::string_view parts[] = {"base"};

void check(const DistributionSpec& spec, LawProblems& problems) {
  const std::vector<double>& frequency = attribute_of(spec, "frequency_per_million");
  const std::size_t costs = attribute_of(spec, "cost_usd").size();
  if (frequency.size() != costs) {
    problems.attribute("cost_usd", {"E_LENGTH", std::to_string(costs) + " values",
                                    "there are " + std::to_string(frequency.size()) +
                                        " values of frequency_per_million",
                                    "Give one cost a frequency"});
  }
  const double sum = std::accumulate(frequency.begin(), frequency.end(), 0.0);
  if (sum >= million) {
    problems.attribute("frequency_per_million",
                       {"E_OUT_OF_RANGE", shown(sum),
                        "the frequencies add up to a million in a million people or more, and a "
                        "person has one of the costs at most",
                        "Lower the frequencies"});
  }
}

std::unique_ptr<ClaimLaw> make(const DistributionSpec& spec,
                               const std::vector<DistributionSpec>& all) {
  const std::vector<double>& frequency = attribute_of(spec, "frequency_per_million");
  const std::vector<double>& cost = attribute_of(spec, "cost_usd");
  std::vector<Rare> rare;
  for (std::size_t i = 0; i < cost.size(); ++i) rare.push_back({cost[i], frequency[i] / million});
  std::sort(rare.begin(), rare.end(),
            [](const Rare& a, const Rare& b) { return a.cost_usd < b.cost_usd; });
  return std::make_unique<WithRare>(part_of(spec, "base", all), std::move(rare));
}

}  // namespace

extern const LawKind with_rare_kind;
constinit const LawKind with_rare_kind{.name = "with_rare",
                                       .parameters = ways,
                                       .optional = {},
                                       .columns = {},
                                       .parts = parts,
                                       .check = check,
                                       .make = make};

}  // namespace corridor
