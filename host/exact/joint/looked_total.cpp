// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/joint/looked_total.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

constexpr double rounding = 1e-10;
constexpr double least_share = 1e-6;  ///< of the mean: no look waits for smaller excesses

}  // namespace

LookedTotal::Look::Look(const Seen& seen, double of_none, double of_variance)
    : curve(seen.mass, std::clamp(of_none, 0.0, 1.0)),
      step(seen.step_usd),
      mean(seen.mean_usd),
      none(seen.none),
      variance(of_variance) {}

LookedTotal::LookedTotal(double mean, double mean_error, double certain, double certain_part)
    : whole_mean_(mean),
      mean_(mean - certain_part),
      mean_error_(mean_error),
      certain_(certain + certain_part) {}

void LookedTotal::look(const Seen& seen) {
  const double variance = std::max(0.0, seen.square_usd2 - whole_mean_ * whole_mean_);
  sd_ = std::sqrt(variance);
  square_ = variance + mean_ * mean_;
  // The chance of no payout bends most over the effect: half of each of two sets of nodes, one
  // between the other, is the sum over both.
  const double none = looks_.empty() ? seen.none : (looks_.back().none + seen.none) / 2;
  if (looks_.size() == 2) looks_.erase(looks_.begin());
  looks_.emplace_back(seen, none, variance);
}

double LookedTotal::sd_error_usd() const {
  return sd_ > 0 ? std::abs(last().variance - before().variance) / (2 * sd_) : 0;
}

double LookedTotal::largest_error(const TotalDemand& demand) const {
  double largest = sd_ > 0 ? sd_error_usd() / sd_ : 0;
  const auto excess_error = [&](double amount) { return error_at(amount).excess - mean_error_; };
  for (const double amount : demand.amounts_usd) {
    const double excess = at(amount).excess;
    if (excess > least_share * mean_) largest = std::max(largest, excess_error(amount) / excess);
  }
  for (const double level : demand.levels) {
    const double amount = quantile(level);
    if (!(amount > certain_)) continue;
    const double tail = (amount - certain_) * (1 - level) + at(amount).excess;
    largest = std::max(largest, quantile_error(level) / amount);
    largest = std::max(largest, excess_error(amount) / tail);
  }
  return largest;
}

TailAt LookedTotal::at(double amount_usd) const {
  return above(last(), amount_usd - certain_);
}

TailAt LookedTotal::error_at(double amount_usd) const {
  TailAt largest{rounding, mean_error_ + rounding * mean_, 0};
  for (const double shift : {-1.0, 0.0, 1.0}) {
    const double near = std::max(0.0, amount_usd - certain_ + shift * before().step);
    const TailAt a = above(last(), near), b = above(before(), near);
    largest.probability = std::max(largest.probability, std::abs(a.probability - b.probability));
    largest.excess = std::max(largest.excess, std::abs(a.excess - b.excess));
    largest.excess_squared =
        std::max(largest.excess_squared, std::abs(a.excess_squared - b.excess_squared));
  }
  return largest;
}

double LookedTotal::quantile(double level) const {
  return certain_ + last().step * last().curve.quantile(level);
}

double LookedTotal::quantile_error(double level) const {
  return std::abs(quantile(level) - certain_ -
                  before().step * before().curve.quantile(level));
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
