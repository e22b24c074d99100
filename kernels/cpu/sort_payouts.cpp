// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/sort_payouts.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace corridor::cpu {
namespace {

constexpr int digit_bits = 11;
constexpr std::size_t digits = std::size_t{1} << digit_bits;

/// Fewer are sorted by comparing.
constexpr std::size_t counting_pays_from = 512;

std::size_t digit(Cents amount, int shift) {
  return static_cast<std::size_t>(static_cast<std::uint64_t>(amount) >> shift) % digits;
}

/// One stable counting pass.
void sort_by_digit(const std::vector<Cents>& from, std::vector<Cents>& to, int shift) {
  std::array<std::size_t, digits> next{};
  for (const Cents amount : from) ++next[digit(amount, shift)];
  std::size_t first = 0;
  for (std::size_t& slot : next) {
    const std::size_t count = slot;
    slot = first;
    first += count;
  }
  for (const Cents amount : from) to[next[digit(amount, shift)]++] = amount;
}

}  // namespace

void sort_payouts(std::vector<Cents>& payouts) {
  if (payouts.size() < counting_pays_from) {
    std::sort(payouts.begin(), payouts.end());
    return;
  }
  const auto largest =
      static_cast<std::uint64_t>(*std::max_element(payouts.begin(), payouts.end()));
  std::vector<Cents> other(payouts.size());
  for (int shift = 0; shift < 64 && largest >> shift != 0; shift += digit_bits) {
    sort_by_digit(payouts, other, shift);
    payouts.swap(other);
  }
}

}  // namespace corridor::cpu
