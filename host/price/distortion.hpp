// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace corridor {

/// A distortion g of survival probabilities over a run: g(k / years) for k = 0 to years.
using Distortion = std::shared_ptr<const std::vector<double>>;

/// g(s) = s^(1 / rho). Expects rho >= 1.
Distortion proportional_hazard(std::uint32_t years, double rho);

/// g(s) = Phi(Phi^-1(s) + lambda). Expects lambda >= 0.
Distortion wang(std::uint32_t years, double lambda);

/// Integral of g(S(x)) dx in dollars over the empirical survival S of `years` payouts, of which
/// `payouts` are those above 0: cents, ascending. Exact but for the rounding of the sum: between
/// two neighbours S is constant, so each gap counts with the g of the years above it.
double distorted_mean_usd(std::span<const std::int64_t> payouts, const std::vector<double>& g);

}  // namespace corridor
