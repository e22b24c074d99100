// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/node_terms.hpp"

#include <algorithm>
#include <array>
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

}  // namespace

void add_transform(const NodeTerms& terms, std::size_t first, std::size_t count, ComplexRange sum) {
  Chunk logarithm(0), product(1);
  add_all(terms.logarithms.data(), terms.logarithms.size(), first, count, logarithm.range());
  for (const NodeTerms::Factor& factor : terms.factors) {
    Chunk base(1);
    add_all(terms.linear.data() + factor.first, factor.count, first, count, base.range());
    multiply_power(product, base, factor.power, count);
  }
  add_exponential(sum, logarithm.view(), product.view(), terms.weight, count);
}

// Cumulants add up.
NodeMoments moments_of(const NodeTerms& terms) {
  NodeMoments moments;
  double log_none = 0;
  for (const NodeTerms::Scaled& term : terms.logarithms) {
    log_none += term.coefficient * term.row->at_zero;
    moments.mean += term.coefficient * term.row->mean;
    moments.variance += term.coefficient * term.row->square;
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
