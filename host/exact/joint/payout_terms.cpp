// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/joint/payout_terms.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace corridor {
namespace {

using Complex = std::complex<double>;

struct Parabolas {
  double before, at, after;
};
Parabolas parabolas(double u) { return {u * (u - 1) / 2, 1 - u * u, u * (u + 1) / 2}; }

/// Below this the closed forms lose digits; six terms of a series do not.
constexpr double small_turn = 0.02;

}  // namespace

Complex exponential_area(Complex c, double width) {
  const Complex x = c * width;
  if (std::abs(x) > small_turn) return (std::exp(x) - 1.0) / c;
  Complex sum = 0;
  for (int k = 7; k > 1; --k) sum = x / static_cast<double>(k) * (1.0 + sum);
  return width * (1.0 + sum);
}

Complex exponential_moment(Complex c, double width) {
  const Complex x = c * width;
  if (std::abs(x) > small_turn) return (width * std::exp(x) - exponential_area(c, width)) / c;
  Complex sum = 0, power = 1;
  for (int k = 0; k < 7; ++k) {
    sum += power / static_cast<double>(k + 2);
    power *= x / static_cast<double>(k + 1);
  }
  return width * width * sum;
}

// Cell 1 reaches from 0 to 3/2, cell l from l - 1/2 to l + 1/2, and the last ends at the rise.
PayoutSteps::PayoutSteps(const CountedPayout& payout, const JointGrid& grid)
    : end(grid.counted_end()) {
  from = std::min(end, payout.from_usd / grid.counted_step_usd);
  to = std::clamp(payout.to_usd / grid.counted_step_usd, from, end);
  per_paid = grid.paid_step_usd / payout.slope / grid.counted_step_usd;
  rise = (to - from) / per_paid;
  cells = std::max(0, static_cast<int>(std::floor(rise - 1.5)));
}

PayoutFall::PayoutFall(const JointGrid& grid, Complex growth) {
  const auto points = static_cast<double>(grid.counted.points);
  const double start = grid.counted_end(), end = grid.counted_nothing(), width = end - start;
  const Complex turn(0, std::numbers::pi / width), at_start = std::exp(growth * start);
  const Complex whole = exponential_area(growth, width);
  const Complex wave =
      (exponential_area(growth + turn, width) + exponential_area(growth - turn, width)) / 2.0;
  high = at_start * (whole + wave) / 2.0;
  nothing = at_start * (whole - wave) / 2.0 +
            std::exp(growth * end) * exponential_area(growth, points - end);
}

PayoutFrequency::PayoutFrequency(const CountedPayout& payout, const JointGrid& grid, Complex s)
    : step(std::exp(s)), back(std::exp(-s)) {
  const PayoutSteps steps(payout, grid);
  over = std::exp(s * static_cast<double>(steps.cells));
  const double near = std::max(1.0, std::round(steps.rise));
  const Parabolas part = parabolas(steps.rise - near);
  top = std::exp(s * near) * (part.before * back + part.at + part.after * step);
}

PayoutTerms::PayoutTerms(const CountedPayout& payout, const JointGrid& grid, Complex growth)
    : steps_(payout, grid), growth_(growth * steps_.per_paid) {
  const PayoutFall fall(grid, growth);
  below_ = exponential_area(growth, steps_.from) + fall.nothing;
  above_ = std::exp(growth * steps_.to) * exponential_area(growth, steps_.end - steps_.to) +
           fall.high;
  start_ = std::exp(growth * steps_.from) * steps_.per_paid;
  step_ = std::exp(growth_);
  over_ = std::exp(growth_ * static_cast<double>(steps_.cells));
  first_ = cell(-1, std::min(0.5, steps_.rise - 1));
  whole_ = cell(-0.5, 0.5);
  last_ = cell(-0.5, std::max(-0.5, steps_.rise - 2 - steps_.cells));
  factor_ = 1 / static_cast<double>(grid.counted.points);
}

PayoutTerms::Cell PayoutTerms::cell(double low, double high) const {
  // Gauss and Legendre's rule of 8 points on parts over which exp turns by 3 at most.
  constexpr std::array<double, 4> node{0.18343464249564980, 0.52553240991632899,
                                       0.79666647741362674, 0.96028985649753623};
  constexpr std::array<double, 4> weight{0.36268378337836198, 0.31370664587788729,
                                         0.22238103445337447, 0.10122853629037626};
  Cell sum{};
  const double parts = std::ceil(std::abs(growth_) * (high - low) / 3);
  const double half = (high - low) / 2 / std::max(1.0, parts);
  for (double middle = low + half; middle < high; middle += 2 * half) {
    for (std::size_t i = 0; i < 2 * node.size(); ++i) {
      const double u = middle + (i % 2 == 0 ? half : -half) * node[i / 2];
      const Complex value = weight[i / 2] * half * std::exp(growth_ * u);
      const Parabolas part = parabolas(u);
      sum.before += part.before * value;
      sum.at += part.at * value;
      sum.after += part.after * value;
    }
  }
  return sum;
}

Complex PayoutTerms::combined(const Cell& cell, const PayoutFrequency& at) {
  return cell.before * at.back + cell.at + cell.after * at.step;
}

/// 1 + ratio + ... of `count` terms, whose last but one is all / ratio.
Complex PayoutTerms::geometric(Complex ratio, Complex all, double count) {
  const Complex less = 1.0 - ratio;
  // By the conjugate: std::abs and a division with care for the ends of double take longer.
  const double square = std::norm(less);
  if (square * count * count < 1e-12) return count * (1.0 - (count - 1) / 2 * less);
  return (1.0 - all) * std::conj(less) / square;
}

// Whole cells 2 to cells + 1 are a geometric sum.
Complex PayoutTerms::transform(const PayoutFrequency& at) const {
  const Complex ratio = step_ * at.step, all = over_ * at.over;
  Complex rising = combined(first_, at) * ratio;
  rising += combined(whole_, at) * (ratio * ratio) * geometric(ratio, all, steps_.cells);
  rising += combined(last_, at) * (ratio * ratio) * all;
  return factor_ * (below_ + start_ * rising + above_ * at.top);
}

}  // namespace corridor
