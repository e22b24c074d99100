// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/exact/joint/oracle_joint.hpp"

#include <algorithm>
#include <cmath>

namespace corridor::oracle {
namespace {

/// A person's claims up to the deductible, and what lies above it of those that pass it; their
/// masses add up to 1.
struct Halves {
  Lattice low, high;
};

Halves halves_of(const AlikeGroup& group, double severity, double step, std::size_t points) {
  Halves halves{{step, points}, {step, points}};
  const double d = group.deductible_usd, top = group.maximum_usd;
  for (int i = 0; i < group.law->piece_count(); ++i) {
    const TableLaw::Piece& piece = group.law->piece(i);
    const double a = severity * piece.bottom, b = severity * piece.top;
    const auto part = [&](double from, double to) {
      return b > a ? piece.width * (to - from) / (b - a) : piece.width;
    };
    if (!(b > a)) {
      if (a <= d) halves.low.add_atom(a, piece.width);
      if (a > d) halves.high.add_atom(std::min(a, top) - d, piece.width);
      continue;
    }
    if (a < d) halves.low.add_uniform(a, std::min(b, d), part(a, std::min(b, d)));
    const double from = std::max(a, d), to = std::min(b, top);
    if (to > from) halves.high.add_uniform(from - d, to - d, part(from, to));
    if (b > top) halves.high.add_atom(top - d, part(std::max(a, top), b));
  }
  return halves;
}

/// The law of `of` at a lattice's amounts. Its far end holds rounding alone.
Lattice mapped(const Lattice& from, const std::function<double(double)>& of) {
  Lattice to(from.step, from.mass.size());
  const double end = from.step * static_cast<double>(from.mass.size() - 1);
  for (std::size_t k = 0; k < from.mass.size(); ++k) {
    const double amount = of(static_cast<double>(k) * from.step);
    if (amount < end) to.add_atom(amount, from.mass[k]);
  }
  return to;
}

double squared_excess(const Lattice& lattice, double amount) {
  double sum = 0;
  for (std::size_t k = 0; k < lattice.mass.size(); ++k) {
    const double excess = std::max(0.0, static_cast<double>(k) * lattice.step - amount);
    sum += lattice.mass[k] * excess * excess;
  }
  return sum;
}

double slope(const Lattice& lattice, double amount, double width) {
  return (lattice.stop_loss(amount - width) - lattice.stop_loss(amount + width)) / (2 * width);
}

/// P(T > t) as the slope of E(T - t)+, its error in the square of the width taken away.
double survival(const Lattice& lattice, double amount, double width) {
  return (4 * slope(lattice, amount, width) - slope(lattice, amount, 2 * width)) / 3;
}

/// P(T <= t), t some steps or below 0.
double below(const Lattice& lattice, double amount) {
  return amount < 0 ? 0 : lattice.total() - survival(lattice, amount, 2 * lattice.step);
}

/// P((T - retained)+ = 0) of the excesses of so many persons above the deductible.
double unpaid(const Lattice& excesses, int above, double retained) {
  if (above == 0) return 1;
  return retained > 0 ? below(excesses, retained) : 0;
}

}  // namespace

OracleJoint::Look OracleJoint::look(const AlikeGroup& group, double step, std::size_t points) {
  const double sigma = std::sqrt(std::log1p(group.effect_cv * group.effect_cv));
  const int half = sigma > 0 ? 14 : 0;
  double whole = 0;
  for (int i = -half; i <= half; ++i) whole += std::exp(-i * i / 8.0);
  Look look{{step, points}};
  Spectrum sum(points / 2 + 1);
  const CountedCover& cover = group.aggregate;
  for (int i = -half; i <= half; ++i) {
    const double severity = std::exp(sigma * i / 2 - sigma * sigma / 2);
    const double weight = std::exp(-i * i / 8.0) / whole;
    const Halves halves = halves_of(group, severity, step, points);
    double ways = 1;
    for (int above = 0; above <= group.persons; ++above) {
      const Lattice low = self_convolved(halves.low, group.persons - above);
      const Lattice counted = mapped(low, [&](double amount) {
        const double over = amount + above * group.deductible_usd - cover.attachment_usd;
        return std::min(cover.limit_usd, cover.share * std::max(0.0, over));
      });
      const Lattice high = self_convolved(halves.high, above);
      look.none += weight * ways * unpaid(high, above, group.retained_usd) *
                   below(low, cover.attachment_usd - above * group.deductible_usd);
      const Lattice paid = mapped(high, [&](double amount) {
        return std::max(0.0, amount - group.retained_usd);
      });
      Spectrum product = spectrum_of(counted);
      multiply(product, spectrum_of(paid), 1);
      for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += weight * ways * product[k];
      look.specific += weight * ways * paid.mean() * counted.total();
      look.aggregate += weight * ways * counted.mean() * paid.total();
      look.product += weight * ways * paid.mean() * counted.mean();
      ways *= static_cast<double>(group.persons - above) / (above + 1);
    }
  }
  look.total = lattice_of(sum, step, points);
  return look;
}

OracleJoint::OracleJoint(const AlikeGroup& group, double step_usd, std::size_t points)
    : coarse_(look(group, step_usd, points)), fine_(look(group, step_usd / 2, 2 * points)) {}

double OracleJoint::improved(const std::function<double(const Look&)>& figure) const {
  const double coarse = figure(coarse_), fine = figure(fine_);
  return fine + (fine - coarse) / 3;
}

double OracleJoint::mean() const {
  return improved([](const Look& look) { return look.specific + look.aggregate; });
}

double OracleJoint::covariance() const {
  return improved([](const Look& look) { return look.product - look.specific * look.aggregate; });
}

double OracleJoint::none() const {
  return improved([](const Look& look) { return look.none; });
}

TailAt OracleJoint::at(double amount) const {
  const double width = 2 * coarse_.total.step;
  return {improved([&](const Look& look) { return survival(look.total, amount, width); }),
          improved([&](const Look& look) { return look.total.stop_loss(amount); }),
          improved([&](const Look& look) { return squared_excess(look.total, amount); })};
}

/// At a multiple of the coarser step, and by the slope between two of them.
double OracleJoint::quantile(double level) const {
  double t = coarse_.total.percentile(level);
  for (int i = 0; i < 3; ++i) {
    const double width = 2 * coarse_.total.step;
    const double density = (at(t - width).probability - at(t + width).probability) / (2 * width);
    const double to = t + (at(t).probability - (1 - level)) / density;
    t = to;
  }
  return t;
}

}  // namespace corridor::oracle
