// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "host/risk/exact_sums.hpp"
#include "host/risk/risk.hpp"

namespace corridor {
namespace {

/// Fewer amounts are sorted by comparisons: counting digits would cost more.
constexpr std::size_t few = 2048;

constexpr int digit_bits = 11;
constexpr std::size_t digits = std::size_t{1} << digit_bits;

/// Puts `from` into `to` by one digit of the distance to `least`; equal digits keep their order.
void sort_by_digit(std::span<const Cents> from, Cents least, int shift, std::span<Cents> to) {
  const auto digit = [&](Cents amount) {
    return distance(amount, least) >> shift & (digits - 1);
  };
  std::array<std::size_t, digits> place{};
  for (const Cents amount : from) ++place[digit(amount)];
  std::size_t next = 0;
  for (std::size_t& at : place) next += std::exchange(at, next);
  for (const Cents amount : from) to[place[digit(amount)]++] = amount;
}

}  // namespace

std::vector<Cents> ascending(std::span<const Cents> amounts) {
  std::vector<Cents> sorted(amounts.begin(), amounts.end());
  if (sorted.size() < few) {
    std::sort(sorted.begin(), sorted.end());
    return sorted;
  }
  const auto [least, largest] = std::minmax_element(sorted.begin(), sorted.end());
  const Cents from = *least;
  const auto bits = static_cast<int>(std::bit_width(distance(*largest, from)));
  std::vector<Cents> other(sorted.size());
  for (int shift = 0; shift < bits; shift += digit_bits) {
    sort_by_digit(sorted, from, shift, other);
    sorted.swap(other);
  }
  return sorted;
}

}  // namespace corridor
