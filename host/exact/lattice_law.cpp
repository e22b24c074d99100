// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice_law.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace corridor {
namespace {

constexpr double step = std::numbers::ln2 / LatticeLaw::nodes_per_octave;  // in log amount
const double ratio = std::exp(step);

double power(double node) { return std::exp(step * node); }

/// Weights of four nodes ratio^(first + 0..3) that give cubics their value at `at`.
struct Split {
  int first;
  std::array<double, 4> weight;
};

Split split_of(double at) {
  Split split{static_cast<int>(std::floor(std::log(at) / step)) - 1, {}};
  for (int q = 0; q < 4; ++q) {
    double weight = 1;
    const double own = power(split.first + q);
    for (int r = 0; r < 4; ++r) {
      const double other = power(split.first + r);
      if (r != q) weight *= (at - other) / (own - other);
    }
    split.weight[static_cast<std::size_t>(q)] = weight;
  }
  return split;
}

/// First and one past the last node with a mass.
struct Support {
  std::size_t first, last;
};

Support support_of(const std::vector<double>& mass) {
  std::size_t first = 0, last = mass.size();
  while (first < last && mass[first] == 0) ++first;
  while (last > first && mass[last - 1] == 0) --last;
  return {first, last};
}

/// Adds the masses of `from`, node 0 of which belongs `shift` nodes up.
void add_shifted(std::vector<double>& to, const double* from, std::size_t count, int shift,
                 double weight) {
  const auto size = static_cast<int>(to.size());
  const auto place = [&](int i) { return static_cast<std::size_t>(std::clamp(i, 0, size - 1)); };
  const int many = static_cast<int>(count);
  const int low = std::clamp(-shift, 0, many), high = std::clamp(size - shift, low, many);
  for (int i = 0; i < low; ++i) to[place(i + shift)] += weight * from[i];
  double* target = to.data() + (low + shift);
  for (int i = low; i < high; ++i) target[i - low] += weight * from[i];
  for (int i = high; i < many; ++i) to[place(i + shift)] += weight * from[i];
}

/// Sums of two amounts that lie `apart` nodes from each other, by the larger one.
void add_pairs(const LatticeLaw& a, const LatticeLaw& b, std::size_t apart, Support range,
               std::vector<double>& pairs, LatticeLaw& total) {
  const std::size_t first = std::max(range.first, apart);
  if (first >= range.last) return;
  const std::size_t count = range.last - first;
  const double *upper_a = a.mass.data() + first, *lower_a = upper_a - apart;
  const double *upper_b = b.mass.data() + first, *lower_b = upper_b - apart;
  if (apart == 0) {
    for (std::size_t i = 0; i < count; ++i) pairs[i] = upper_a[i] * upper_b[i];
  } else {
    for (std::size_t i = 0; i < count; ++i) {
      pairs[i] = upper_a[i] * lower_b[i] + lower_a[i] * upper_b[i];
    }
  }
  const Split split = split_of(1 + power(-static_cast<double>(apart)));
  for (int q = 0; q < 4; ++q) {
    add_shifted(total.mass, pairs.data(), count, static_cast<int>(first) + split.first + q,
                split.weight[static_cast<std::size_t>(q)]);
  }
}

/// Weights of 2^(k / 32), k = -reach .. reach, with the moments of a lognormal of mean 1.
std::vector<double> normal_factor(double sigma) {
  const int reach = static_cast<int>(std::ceil(8 * sigma / step)) + 2;
  double mean = -sigma * sigma / 2;
  std::vector<double> weights(static_cast<std::size_t>(2 * reach + 1));
  for (int round = 0; round < 4; ++round) {
    double total = 0, first_moment = 0;
    for (int k = -reach; k <= reach; ++k) {
      const double score = (k * step - mean) / sigma;
      const double weight = std::exp(-score * score / 2);
      weights[static_cast<std::size_t>(k + reach)] = weight;
      total += weight;
      first_moment += weight * power(k);
    }
    for (double& weight : weights) weight /= total;
    mean -= std::log(first_moment / total);
  }
  return weights;
}

/// For a lognormal narrower than a step: five nodes with its first four moments.
std::vector<double> narrow_factor(double sigma) {
  std::vector<double> weights;
  for (int k = -2; k <= 2; ++k) {
    std::array<double, 5> polynomial{1, 0, 0, 0, 0};  // Lagrange's, in powers of the factor less 1
    double scale = 1;
    int degree = 0;
    for (int r = -2; r <= 2; ++r) {
      if (r == k) continue;
      const double root = power(r) - 1;
      for (int d = ++degree; d >= 0; --d) {
        const auto at = static_cast<std::size_t>(d);
        polynomial[at] = (d > 0 ? polynomial[at - 1] : 0) - root * polynomial[at];
      }
      scale *= power(k) - power(r);
    }
    const double v = std::expm1(sigma * sigma);  // central moments of a lognormal of mean 1
    const std::array<double, 5> moment{
        1, 0, v, v * v * (v + 3),
        v * v * (v * v * v * v + 6 * v * v * v + 15 * v * v + 16 * v + 3)};
    double weight = 0;
    for (std::size_t d = 0; d < 5; ++d) weight += polynomial[d] * moment[d];
    weights.push_back(weight / scale);
  }
  return weights;
}

/// Excess over an amount.
struct ExcessOver {
  double amount, excess;
};

/// What moving the claims between two amounts to these, mean kept, adds to their variance: twice
/// the error of the trapezoid under the excess. Where rounding of squares would show, by Simpson's
/// rule.
double added_variance(const TableLaw& claims, ExcessOver low, ExcessOver high) {
  const double width = high.amount - low.amount;
  const double middle = claims.excess((low.amount + high.amount) / 2);
  const double smooth = 2 * width / 3 * (low.excess - 2 * middle + high.excess);
  const double square = claims.excess_squared(low.amount);
  if (smooth < 1e-11 * square) return std::max(0.0, smooth);
  return std::max(
      0.0, width * (low.excess + high.excess) - (square - claims.excess_squared(high.amount)));
}

/// Adds `sign` times the variance of every cell, by second differences at both its ends.
void add_variance(LatticeLaw& law, const std::vector<double>& amount,
                  const std::vector<double>& variance, double sign) {
  const double lower = 2 / ((1 - 1 / ratio) * (ratio - 1 / ratio));
  const double upper = 2 / ((ratio - 1) * (ratio - 1 / ratio));
  for (std::size_t i = 1; i + 1 < amount.size(); ++i) {
    const double added = sign * (variance[i - 1] + variance[i]) / (4 * amount[i] * amount[i]);
    law.mass[i - 1] += added * lower;
    law.mass[i] -= added * (lower + upper);
    law.mass[i + 1] += added * upper;
  }
}

/// Masses whose excess is the law's at every node: those of the lattice are for smooth functions,
/// an excess has a kink. The masses of two neighbours lie evenly in the cell between them.
LatticeLaw with_excess_at_nodes(const LatticeLaw& law, double first) {
  const std::size_t nodes = law.mass.size();
  std::vector<double> amount(nodes), variance(nodes);
  for (std::size_t i = 0; i < nodes; ++i) amount[i] = lattice_amount(first, static_cast<double>(i));
  for (std::size_t i = 0; i + 1 < nodes; ++i) {
    const double width = amount[i + 1] - amount[i];
    variance[i] = width * width * (law.mass[i] + law.mass[i + 1]) / 12;
  }
  LatticeLaw result = law;
  add_variance(result, amount, variance, 1);
  return result;
}

/// Slopes of a convex curve made falling by pooling neighbours, each with the width it holds for.
std::vector<double> pooled(const std::vector<double>& slopes, const std::vector<double>& widths) {
  struct Pool {
    double slope, width;
    std::size_t count;
  };
  std::vector<Pool> pools;
  for (std::size_t i = 0; i < slopes.size(); ++i) {
    Pool pool{slopes[i], widths[i], 1};
    while (!pools.empty() && pools.back().slope < pool.slope) {
      const Pool& before = pools.back();
      const double width = before.width + pool.width;
      pool = {(before.slope * before.width + pool.slope * pool.width) / width, width,
              before.count + pool.count};
      pools.pop_back();
    }
    pools.push_back(pool);
  }
  std::vector<double> result;
  for (const Pool& pool : pools) result.insert(result.end(), pool.count, pool.slope);
  return result;
}

/// A lattice law from above: its excess at every node and the survival between neighbours.
struct Curve {
  std::vector<double> amount, excess;  ///< [0 and the nodes]
  std::vector<double> between;         ///< [i] survival from amount i to i + 1, falling
};

Curve curve_of(const LatticeLaw& law, double first) {
  const std::size_t nodes = law.mass.size();
  Curve curve;
  curve.amount.push_back(0);
  for (std::size_t i = 0; i < nodes; ++i) {
    curve.amount.push_back(lattice_amount(first, static_cast<double>(i)));
  }
  std::vector<double> slopes(nodes), widths(nodes);
  double above = 0;
  for (std::size_t i = nodes; i-- > 0;) {
    above += law.mass[i];
    slopes[i] = std::clamp(above, 0.0, 1.0);
    widths[i] = curve.amount[i + 1] - curve.amount[i];
  }
  curve.between = pooled(slopes, widths);
  curve.excess.assign(nodes + 1, 0);
  for (std::size_t i = nodes; i-- > 0;) {
    curve.excess[i] = curve.excess[i + 1] + curve.between[i] * widths[i];
  }
  return curve;
}

/// Survival at an amount: the slope of the excess over log amount through five nodes, between those
/// of its two sides.
double survival_at(const Curve& curve, std::size_t i) {
  const std::size_t last = curve.amount.size() - 1;
  if (i == last) return curve.between[last - 1];
  const double below = curve.between[i], above = i > 0 ? curve.between[i - 1] : 1;
  if (i < 3 || i + 2 > last) return (below + above) / 2;
  const auto e = [&](std::size_t k) { return curve.excess[k]; };
  const double slope = (e(i - 2) - 8 * e(i - 1) + 8 * e(i + 1) - e(i + 2)) / 12;
  return std::clamp(-slope / (curve.amount[i] * step), below, above);
}

}  // namespace

double lattice_amount(double first, double node) { return first * power(node); }

LatticeLaw sum(const LatticeLaw& a, const LatticeLaw& b) {
  LatticeLaw total{a.zero * b.zero, std::vector<double>(a.mass.size())};
  for (std::size_t i = 0; i < a.mass.size(); ++i) {
    total.mass[i] = a.zero * b.mass[i] + a.mass[i] * b.zero;
  }
  const Support of_a = support_of(a.mass), of_b = support_of(b.mass);
  if (of_a.first == of_a.last || of_b.first == of_b.last) return total;
  const Support range{std::min(of_a.first, of_b.first), std::max(of_a.last, of_b.last)};
  std::vector<double> pairs(a.mass.size());
  for (std::size_t apart = 0; apart + range.first < range.last; ++apart) {
    add_pairs(a, b, apart, {range.first + apart, range.last}, pairs, total);
  }
  return total;
}

void add(LatticeLaw& a, const LatticeLaw& b, double weight) {
  a.zero += weight * b.zero;
  for (std::size_t i = 0; i < b.mass.size(); ++i) a.mass[i] += weight * b.mass[i];
}

void add_mass(LatticeLaw& law, double first, double amount, double mass) {
  if (amount < first * ratio) {
    const double share = std::min(1.0, amount / first);
    law.zero += mass * (1 - share);
    law.mass[0] += mass * share;
    return;
  }
  const Split split = split_of(amount / first);
  add_shifted(law.mass, split.weight.data(), 4, split.first, mass);
}

LatticeLaw spread(const LatticeLaw& law, double sigma) {
  if (sigma <= 0) return law;
  const std::vector<double> factor = sigma < step ? narrow_factor(sigma) : normal_factor(sigma);
  const int reach = static_cast<int>(factor.size() / 2);
  LatticeLaw result{law.zero, std::vector<double>(law.mass.size())};
  const Support support = support_of(law.mass);
  for (int k = -reach; k <= reach; ++k) {
    add_shifted(result.mass, law.mass.data() + support.first, support.last - support.first,
                static_cast<int>(support.first) + k, factor[static_cast<std::size_t>(k + reach)]);
  }
  return result;
}

LatticeLaw on_lattice(const TableLaw& claims, double first, int nodes) {
  const auto count = static_cast<std::size_t>(nodes);
  std::vector<double> amount(count), at(count), variance(count);
  for (std::size_t i = 0; i < count; ++i) {
    amount[i] = lattice_amount(first, static_cast<double>(i));
    at[i] = claims.excess(amount[i]);
  }
  LatticeLaw law{0, std::vector<double>(count)};
  double before = (claims.mean() - at[0]) / first;
  law.zero = 1 - before;
  for (std::size_t i = 0; i + 1 < count; ++i) {
    const double after = (at[i] - at[i + 1]) / (amount[i + 1] - amount[i]);
    law.mass[i] = before - after;
    before = after;
    variance[i] = added_variance(claims, {amount[i], at[i]}, {amount[i + 1], at[i + 1]});
  }
  law.mass[count - 1] = before;
  add_variance(law, amount, variance, -1);
  return law;
}

TableLaw pieces_of(const LatticeLaw& law, double first) {
  const Curve curve = curve_of(with_excess_at_nodes(law, first), first);
  std::vector<TableLaw::Piece> pieces;
  double low = 0;
  const auto add_piece = [&](double top, double bottom, double up_to) {
    if (!(up_to > low)) return;
    pieces.push_back({top, bottom, low, up_to - low});
    low = up_to;
  };
  const std::size_t last = curve.amount.size() - 1;
  double above = survival_at(curve, last);
  add_piece(curve.amount[last], curve.amount[last], above);
  for (std::size_t i = last; i-- > 0;) {
    const double top = curve.amount[i + 1], bottom = curve.amount[i];
    const double survival = i > 0 ? std::max(above, survival_at(curve, i))
                                  : std::max(above, std::min(1.0, 1 - law.zero));
    const double area = (bottom * survival + curve.excess[i]) - (top * above + curve.excess[i + 1]);
    if (survival > above) {
      const double mean = std::clamp(area / (survival - above), bottom, top);
      const double middle = (top + bottom) / 2, aside = 4 * (mean - middle) / (top - bottom);
      if (std::abs(aside) < 1) {
        // Two even halves of the cell, of which the heavier one brings the mean.
        add_piece(top, middle, above + (survival - above) * (1 + aside) / 2);
        add_piece(middle, bottom, survival);
      } else {
        const double half = std::min(top - mean, mean - bottom);
        add_piece(mean + half, mean - half, survival);
      }
    }
    above = survival;
  }
  add_piece(0, 0, 1);
  return TableLaw(std::move(pieces));
}

}  // namespace corridor
