// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/node_terms.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

/// Scratch for a chunk of frequencies.
struct Chunk {
  std::array<double, node_chunk> re, im;

  explicit Chunk(double value) {
    re.fill(value);
    im.fill(0);
  }
  ComplexRange range() { return {re.data(), im.data()}; }
  ConstComplexRange view() const { return {re.data(), im.data()}; }
};

ConstComplexRange part(const LatticeRow& row, std::size_t first) {
  return {row.spectrum.re.data() + first, row.spectrum.im.data() + first};
}

void add_all(const NodeTerms::Scaled* scaled, std::size_t terms, std::size_t first,
             std::size_t count, ComplexRange to) {
  std::size_t i = 0;
  for (; i + 4 <= terms; i += 4) {
    ConstComplexRange rows[4];
    double coefficients[4];
    for (std::size_t k = 0; k < 4; ++k) {
      rows[k] = part(*scaled[i + k].row, first);
      coefficients[k] = scaled[i + k].coefficient;
    }
    add_scaled_four(to, rows, coefficients, count);
  }
  for (; i < terms; ++i) add_scaled(to, part(*scaled[i].row, first), scaled[i].coefficient, count);
}

void multiply_power(Chunk& product, Chunk& base, double power, std::size_t count) {
  for (auto left = static_cast<std::uint64_t>(power); left > 0; left /= 2) {
    if (left % 2 == 1) multiply(product.range(), base.view(), count);
    if (left == 1) break;
    const Chunk same = base;
    multiply(base.range(), same.view(), count);
  }
}

double value_at(const NodeTerms::Polynomial& polynomial, double x) {
  double sum = 0;
  for (std::size_t k = polynomial.coefficients.size(); k-- > 0;) {
    sum = (sum + polynomial.coefficients[k]) * x;
  }
  return sum;
}

}  // namespace

void add_transform(const NodeTerms& terms, std::size_t first, std::size_t count, ComplexRange sum) {
  Chunk logarithm(0), product(1);
  add_all(terms.logarithms.data(), terms.logarithms.size(), first, count, logarithm.range());
  for (const NodeTerms::Polynomial& polynomial : terms.polynomials) {
    add_polynomial(logarithm.range(), part(*polynomial.row, first), polynomial.coefficients.data(),
                   polynomial.degree, count);
  }
  for (const NodeTerms::Factor& factor : terms.factors) {
    Chunk base(1);
    add_all(terms.linear.data() + factor.first, factor.count, first, count, base.range());
    multiply_power(product, base, factor.power, count);
  }
  add_exponential(sum, logarithm.view(), product.view(), terms.weight, count);
}

// Cumulants add up. With m and s the first two moments of a row U, the second derivative of U^2 is
// -2 m^2 and that of higher powers 0.
NodeMoments moments_of(const NodeTerms& terms) {
  NodeMoments moments;
  double log_none = 0;
  for (const NodeTerms::Scaled& term : terms.logarithms) {
    log_none += term.coefficient * term.row->at_zero;
    moments.mean += term.coefficient * term.row->mean;
    moments.variance += term.coefficient * term.row->square;
  }
  for (const NodeTerms::Polynomial& term : terms.polynomials) {
    log_none += value_at(term, term.row->at_zero);
    moments.mean += term.coefficients[0] * term.row->mean;
    moments.variance += term.coefficients[0] * term.row->square +
                        2 * term.coefficients[1] * term.row->mean * term.row->mean;
  }
  moments.none = std::exp(std::min(0.0, log_none));
  for (const NodeTerms::Factor& factor : terms.factors) {
    double none = 1, mean = 0, square = 0;
    for (std::uint32_t i = factor.first; i < factor.first + factor.count; ++i) {
      none += terms.linear[i].coefficient * terms.linear[i].row->at_zero;
      mean += terms.linear[i].coefficient * terms.linear[i].row->mean;
      square += terms.linear[i].coefficient * terms.linear[i].row->square;
    }
    moments.none *= std::pow(std::max(0.0, none), factor.power);
    moments.mean += factor.power * mean;
    moments.variance += factor.power * (square - mean * mean);
  }
  return moments;
}

}  // namespace corridor
