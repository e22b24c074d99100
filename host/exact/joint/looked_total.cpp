// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/joint/looked_total.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

constexpr double rounding = 1e-10;
/// Close to 0 a smooth density's mass is half of what it is from here on.
constexpr std::size_t start = 4;

}  // namespace

LookedTotal::Look::Look(const std::vector<double>& mass, double of_step, double of_mean)
    : curve(mass, std::max(0.0, mass[0] - mass[start] / 2)), step(of_step), mean(of_mean) {}

LookedTotal::LookedTotal(double mean, double square, double certain, double certain_part)
    : mean_(mean - certain_part), certain_(certain + certain_part) {
  const double variance = std::max(0.0, square - mean * mean);
  sd_ = std::sqrt(variance);
  square_ = variance + mean_ * mean_;
}

void LookedTotal::look(const std::vector<double>& mass, double step, double mean) {
  (main_.empty() ? main_ : check_).push_back({mass, step, mean});
}

void LookedTotal::set_errors(double mean_error, double sd_error) {
  mean_error_ = mean_error;
  sd_error_ = sd_error;
}

TailAt LookedTotal::at(double amount_usd) const {
  return above(main_.front(), amount_usd - certain_);
}

TailAt LookedTotal::error_at(double amount_usd) const {
  TailAt largest{rounding, mean_error_ + rounding * mean_, 0};
  for (const double shift : {-1.0, 0.0, 1.0}) {
    const double near = std::max(0.0, amount_usd - certain_ + shift * check_.front().step);
    const TailAt a = above(main_.front(), near), b = above(check_.front(), near);
    largest.probability = std::max(largest.probability, std::abs(a.probability - b.probability));
    largest.excess = std::max(largest.excess, std::abs(a.excess - b.excess));
    largest.excess_squared =
        std::max(largest.excess_squared, std::abs(a.excess_squared - b.excess_squared));
  }
  return largest;
}

double LookedTotal::quantile(double level) const {
  return certain_ + main_.front().step * main_.front().curve.quantile(level);
}

double LookedTotal::quantile_error(double level) const {
  return std::abs(quantile(level) - certain_ -
                  check_.front().step * check_.front().curve.quantile(level));
}

TailAt LookedTotal::above(const Look& look, double amount_usd) const {
  if (amount_usd < 0) {
    return {1, mean_ - amount_usd, square_ - amount_usd * (2 * mean_ - amount_usd)};
  }
  const double t = std::min(amount_usd, look.step * look.curve.reach());
  const Below below = look.curve.at(t / look.step);
  return {std::max(0.0, 1 - below.probability),
          mean_ / look.mean * std::max(0.0, look.mean - t + look.step * below.shortfall),
          std::max(0.0, square_ - t * (2 * mean_ - t) -
                            look.step * look.step * below.shortfall_squared)};
}

}  // namespace corridor
