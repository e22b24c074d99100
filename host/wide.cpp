// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/wide.hpp"

#include <bit>
#include <cmath>

namespace corridor {
namespace {

int width(Unsigned128 value) {
  const auto high = static_cast<std::uint64_t>(value >> 64);
  return high != 0 ? 128 - std::countl_zero(high)
                   : 64 - std::countl_zero(static_cast<std::uint64_t>(value));
}

/// value * 2^exponent, where `inexact` says that a little was cut off below the last bit. Expects
/// at least 55 bits in value when inexact, so that the last bit can stand for the rest.
double scaled(Unsigned128 value, bool inexact, int exponent) {
  return std::ldexp(static_cast<double>(value | Unsigned128{inexact}), exponent);
}

void add_at(Unsigned256& sum, Unsigned128 part, std::size_t at) {
  Unsigned128 carry = part;
  for (std::size_t i = at; i < sum.limb.size() && carry != 0; ++i) {
    const Unsigned128 low = Unsigned128{sum.limb[i]} + static_cast<std::uint64_t>(carry);
    sum.limb[i] = static_cast<std::uint64_t>(low);
    carry = (carry >> 64) + (low >> 64);
  }
}

}  // namespace

Unsigned128 wide(const Sum128& sum) { return (Unsigned128{sum.high} << 64) | sum.low; }

Unsigned256 product(Unsigned128 a, Unsigned128 b) {
  const auto a_low = static_cast<std::uint64_t>(a), a_high = static_cast<std::uint64_t>(a >> 64);
  const auto b_low = static_cast<std::uint64_t>(b), b_high = static_cast<std::uint64_t>(b >> 64);
  Unsigned256 result;
  add_at(result, Unsigned128{a_low} * b_low, 0);
  add_at(result, Unsigned128{a_low} * b_high, 1);
  add_at(result, Unsigned128{a_high} * b_low, 1);
  add_at(result, Unsigned128{a_high} * b_high, 2);
  return result;
}

Unsigned256 difference(const Unsigned256& a, const Unsigned256& b) {
  Unsigned256 result;
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < result.limb.size(); ++i) {
    const Unsigned128 taken = Unsigned128{b.limb[i]} + borrow;
    borrow = a.limb[i] < taken ? 1 : 0;
    result.limb[i] = static_cast<std::uint64_t>(a.limb[i] - taken);
  }
  return result;
}

double nearest(const Unsigned256& value) {
  std::size_t top = value.limb.size() - 1;
  while (top > 1 && value.limb[top] == 0) --top;
  // With a third limb below, the head has 65 bits or more: the rest can only break a tie.
  const Unsigned128 head = (Unsigned128{value.limb[top]} << 64) | value.limb[top - 1];
  bool inexact = false;
  for (std::size_t i = 0; i + 1 < top; ++i) inexact = inexact || value.limb[i] != 0;
  return scaled(head, inexact, 64 * (static_cast<int>(top) - 1));
}

double quotient(Unsigned128 numerator, Unsigned128 denominator) {
  if (numerator == 0) return 0;
  const int shift = 56 - (width(numerator) - width(denominator));
  const int raised = shift > 0 ? shift : 0;  // then the whole part has 55 bits or more
  const Unsigned128 shifted = numerator << raised;
  return scaled(shifted / denominator, shifted % denominator != 0, -raised);
}

}  // namespace corridor
