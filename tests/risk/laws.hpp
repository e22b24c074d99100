// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <functional>
#include <string>

namespace corridor::risk_cases {

inline constexpr double unit_usd = 100'000;

/// A law of yearly amounts with known tail, in units of `unit_usd`.
struct Law {
  std::string name;
  std::function<double(double survival)> quantile;  ///< what is exceeded with a probability
  std::function<double(double outside)> tail_mean;  ///< mean of the worst part of the years
  double largest = 0;                               ///< the most that a year can be; 0: no such

  double var_usd(double outside) const { return unit_usd * quantile(outside); }
  double tvar_usd(double outside) const { return unit_usd * tail_mean(outside); }
};

inline double normal_above(double survival) {
  return std::sqrt(2.0) * boost::math::erfc_inv(2 * survival);
}

inline Law exponential() {
  return {"exponential", [](double s) { return -std::log(s); },
          [](double q) { return 1 - std::log(q); }};
}

inline Law uniform() {
  return {"uniform", [](double s) { return 1 - s; }, [](double q) { return 1 - q / 2; }};
}

inline Law lognormal(double sigma) {
  return {"lognormal, sigma " + std::to_string(sigma).substr(0, 3),
          [=](double s) { return std::exp(sigma * normal_above(s)); },
          [=](double q) {
            const double z = normal_above(q) - sigma;
            return std::exp(sigma * sigma / 2) * std::erfc(z / std::sqrt(2.0)) / 2 / q;
          }};
}

inline Law pareto(double index) {
  return {"Pareto, index " + std::to_string(index).substr(0, 3),
          [=](double s) { return std::pow(s, -1 / index); },
          [=](double q) { return std::pow(q, -1 / index) * index / (index - 1); }};
}

/// Exponential years, and with probability `rare` an event of size `event` on top.
inline Law rare_event(double rare, double event) {
  const auto above_it = [=](double s) { return (s - rare) / (1 - rare); };
  return {"exponential, rare event of " + std::to_string(event).substr(0, 2),
          [=](double s) { return s < rare ? event - std::log(s / rare) : -std::log(above_it(s)); },
          [=](double q) {
            const double rest = above_it(q);
            return (rare * (event + 1) + (1 - rare) * rest * (1 - std::log(rest))) / q;
          },
          event};
}

/// Years at the cap are years of the cap.
inline Law capped_pareto(double index, double cap) {
  Law law = pareto(index);
  law.name += ", capped";
  law.largest = cap;
  law.quantile = [=](double s) { return std::fmin(std::pow(s, -1 / index), cap); };
  law.tail_mean = [=](double q) {
    const double at_cap = std::pow(cap, -index), power = 1 - 1 / index;
    return (cap * at_cap + (std::pow(q, power) - std::pow(at_cap, power)) / power) / q;
  };
  return law;
}

}  // namespace corridor::risk_cases
