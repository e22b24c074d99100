// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/joint/payout_terms.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

using Complex = std::complex<double>;

struct Parabolas {
  double before, at, after;
};
Parabolas parabolas(double u) { return {u * (u - 1) / 2, 1 - u * u, u * (u + 1) / 2}; }

}  // namespace

// Cell 1 reaches from 0 to 3/2, cell l from l - 1/2 to l + 1/2, and the last ends at the rise.
PayoutSteps::PayoutSteps(const CountedPayout& payout, const JointGrid& grid)
    : points(static_cast<double>(grid.counted.points)) {
  from = std::min(points, payout.from_usd / grid.counted_step_usd);
  to = std::clamp(payout.to_usd / grid.counted_step_usd, from, points);
  per_paid = grid.paid_step_usd / payout.slope / grid.counted_step_usd;
  rise = (to - from) / per_paid;
  cells = std::max(0, static_cast<int>(std::floor(rise - 1.5)));
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
  below_ = (std::exp(growth * steps_.from) - 1.0) / growth;
  above_ = (std::exp(growth * steps_.points) - std::exp(growth * steps_.to)) / growth;
  start_ = std::exp(growth * steps_.from) * steps_.per_paid;
  step_ = std::exp(growth_);
  over_ = std::exp(growth_ * static_cast<double>(steps_.cells));
  first_ = cell(-1, std::min(0.5, steps_.rise - 1));
  whole_ = cell(-0.5, 0.5);
  last_ = cell(-0.5, std::max(-0.5, steps_.rise - 2 - steps_.cells));
  factor_ = 1 / steps_.points;
}

PayoutTerms::Cell PayoutTerms::cell(double low, double high) const {
  // Gauss and Legendre's rule of 8 points: exp turns by less than 3 over a cell.
  constexpr std::array<double, 4> node{0.18343464249564980, 0.52553240991632899,
                                       0.79666647741362674, 0.96028985649753623};
  constexpr std::array<double, 4> weight{0.36268378337836198, 0.31370664587788729,
                                         0.22238103445337447, 0.10122853629037626};
  Cell sum{};
  const double half = (high - low) / 2;
  for (std::size_t i = 0; i < node.size(); ++i) {
    for (const double side : {-1.0, 1.0}) {
      const double u = (low + high) / 2 + side * half * node[i];
      const Complex value = weight[i] * half * std::exp(growth_ * u);
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

// Whole cells 2 to cells + 1 are a geometric sum.
Complex PayoutTerms::transform(const PayoutFrequency& at) const {
  const Complex ratio = step_ * at.step, all = over_ * at.over;
  Complex rising = combined(first_, at) * ratio;
  rising += combined(whole_, at) * (ratio * ratio) * ((1.0 - all) / (1.0 - ratio));
  rising += combined(last_, at) * (ratio * ratio) * all;
  return factor_ * (below_ + start_ * rising + above_ * at.top);
}

}  // namespace corridor
