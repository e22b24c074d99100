// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "host/distribution/compile.hpp"
#include "host/distribution/compile_shock.hpp"
#include "host/distribution/laws/normal.hpp"
#include "host/distribution/round_line.hpp"
#include "host/distribution/table_lines.hpp"
#include "kernels/lane/survival.hpp"

namespace corridor {
namespace {

/// scale * exp(location + sigma z), z falling with survival: sigma and scale below 0 turn a rising
/// table into a falling one.
class Factor final : public QuantileCurve {
 public:
  explicit Factor(const EffectLaw& effect)
      : scale_(effect.decreasing ? -1 : 1),
        sigma_(scale_ * effect.sigma),
        location_(effect.location),
        mean_(scale_ * std::exp(effect.location + effect.sigma * effect.sigma / 2)) {}

  double quantile(double survival) const override {
    if (sigma_ == 0) return mean_;
    return scale_ * std::exp(location_ + sigma_ * normal_quantile(survival));
  }
  double quantile_integral(double low, double high) const override {
    return mean_ * normal_between(normal_quantile(high) - sigma_, normal_quantile(low) - sigma_);
  }

  /// Integral of |quantile|^power.
  double power_integral(double power, double low, double high) const {
    const double sigma = power * sigma_;
    return std::exp(power * location_ + sigma * sigma / 2) *
           normal_between(normal_quantile(high) - sigma, normal_quantile(low) - sigma);
  }

 private:
  double scale_, sigma_, location_, mean_;
};

/// Integral of |line|^power, power 2 or -1, of a line that balances in its middle.
double power_integral(double power, const TableLine& line) {
  const double width = line.high - line.low;
  const double left = line.at(line.low), right = line.at(line.high);
  if (power == 2) return width * (left * left + left * right + right * right) / 3;
  const double ratio = left / right - 1;
  return width / std::fabs(right) * (ratio == 0 ? 1 : std::log1p(ratio) / ratio);
}

/// The last two lines of a table with `shift` moved from the mean of one to that of the other, each
/// as steep as the separator between them and their outer limits let it be.
struct LastLines {
  TableLine left, right;

  LastLines(const std::vector<TableLine>& lines, double shift, TableBounds bounds)
      : left(*(lines.end() - 2)), right(lines.back()) {
    const double separator = left.at(left.high), top = left.at(left.low);
    left.mean += shift;
    right.mean -= shift;
    left.slope = -2 * std::max(0.0, std::min(top - left.mean, left.mean - separator)) /
                 (left.high - left.low);
    right.slope = -2 * std::max(0.0, std::min(separator - right.mean, right.mean - bounds.least)) /
                  (right.high - right.low);
  }
  double moment(double power) const {
    return power_integral(power, left) + power_integral(power, right);
  }
};

/// The last bucket holds a whole tail of the normal, and a line through it misses half its spread:
/// four thousandths of an effect's variance. Moving mean between the last two buckets, which have
/// the same width, leaves the mean and restores a second moment: the square of a factor on
/// severity, the reciprocal of an inverse frequency, which is the frequency.
void restore_moment(std::vector<TableLine>& lines, const Factor& factor, double power,
                    TableBounds bounds) {
  const TableLine& left = *(lines.end() - 2);
  const double target = factor.power_integral(power, left.low, 1);
  double enough = left.at(left.low) - left.mean, few = 0;
  for (int i = 0; i < 60; ++i) {
    const double shift = (few + enough) / 2;
    (LastLines(lines, shift, bounds).moment(power) < target ? few : enough) = shift;
  }
  const LastLines last(lines, enough, bounds);
  *(lines.end() - 2) = last.left;
  lines.back() = last.right;
}

}  // namespace

std::vector<Bucket> compile_effect(const EffectLaw& effect) {
  if (effect.shock_probability > 0) {
    return compile_shock(effect.shock_probability, 1 / effect.shock_frequency);
  }
  const Factor curve(effect);
  TableBounds bounds;
  if (effect.decreasing) bounds = {-std::numeric_limits<double>::infinity(), 0};
  std::vector<TableLine> lines =
      table_lines(curve, curve.quantile_integral(0, survival_floor), bounds);
  restore_moment(lines, curve, effect.decreasing ? -1 : 2, bounds);
  std::vector<Bucket> buckets = round_lines(lines, bounds);
  if (effect.decreasing) {
    for (Bucket& bucket : buckets) bucket = {-bucket.intercept, -bucket.slope};
  }
  const Bucket last = buckets.back();
  buckets.push_back({fused(last.slope, 1.0f, last.intercept), 0});
  return buckets;
}

}  // namespace corridor
