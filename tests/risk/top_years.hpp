// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "kernels/lane/cents.hpp"
#include "tests/risk/laws.hpp"

namespace corridor::risk_cases {

/// Uniforms and exponentials that are the same everywhere.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : words_(seed) {}

  double uniform() { return (static_cast<double>(words_() >> 11) + 0.5) * 0x1p-53; }
  double exponential() { return -std::log(uniform()); }

 private:
  std::mt19937_64 words_;
};

/// Samples of years of which only the largest are drawn, as order statistics; those below are 0.
/// For figures that look at the tail alone.
class TopYears {
 public:
  TopYears(std::uint64_t years, std::uint64_t drawn) : drawn_(drawn), cents_(years) {}

  /// Ascending cents; valid until the next draw.
  ///
  /// source  L. Devroye, Non-Uniform Random Variate Generation (1986), chapter V.3: uniform order
  ///         statistics from the top
  std::span<const Cents> draw(const Law& law, Draws& draws) {
    double log_uniform = 0;
    for (std::uint64_t rank = cents_.size(); rank > cents_.size() - drawn_; --rank) {
      log_uniform -= draws.exponential() / static_cast<double>(rank);
      const double amount = law.quantile(-std::expm1(log_uniform));
      cents_[rank - 1] = std::llround(100 * unit_usd * amount);
    }
    return cents_;
  }

 private:
  std::uint64_t drawn_;
  std::vector<Cents> cents_;
};

}  // namespace corridor::risk_cases
