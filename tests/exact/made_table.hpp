// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

#include "kernels/lane/table.hpp"

namespace corridor::made {

using Table = std::vector<Bucket>;

/// A law to make a table of: X at survival S, falling, and the integral of X over S below s.
struct Law {
  std::function<double(double)> quantile;
  std::function<double(double)> integral;
};

inline double bucket_edge(int bucket) {
  return std::ldexp(1.0 + bucket % buckets_per_octave / static_cast<double>(buckets_per_octave),
                    bucket / buckets_per_octave - table_octaves);
}

/// The steepest line through a bucket's mean that stays within the law's values at its two edges:
/// the simplest table that keeps every bucket's mean, falls everywhere and is nowhere negative.
inline Bucket bucket_line(double low, double high, double top, double mean, double bottom) {
  const double half = std::max(0.0, std::min(top - mean, mean - bottom));
  const double slope = -2 * half / (high - low);
  const auto rounded_slope = static_cast<float>(slope);
  return {static_cast<float>(mean - rounded_slope * (low + high) / 2), rounded_slope};
}

inline Table table_of(const Law& law) {
  Table table(bucket_count, Bucket{0, 0});
  for (int b = 0; b < sloped_bucket_count; ++b) {
    const double low = bucket_edge(b), high = bucket_edge(b + 1);
    const double from = b == 0 ? 0 : law.integral(low);
    const double mean =
        b == 0 ? law.integral(high) / high : (law.integral(high) - from) / (high - low);
    const double bottom = b == sloped_bucket_count - 1 ? 0 : law.quantile(high);
    table[static_cast<std::size_t>(b)] = bucket_line(low, high, law.quantile(low), mean, bottom);
  }
  return table;
}

inline Law lognormal(double mean, double cv, double p_zero = 0) {
  const double sigma = std::sqrt(std::log1p(cv * cv)), claims = 1 - p_zero;
  const auto score = [=](double s) {
    return boost::math::quantile(boost::math::complement(boost::math::normal(), s / claims));
  };
  return {[=](double s) {
            return s >= claims ? 0 : mean * std::exp(sigma * score(s) - sigma * sigma / 2);
          },
          [=](double s) {
            if (s >= claims) return claims * mean;
            return claims * mean * std::erfc((score(s) - sigma) / std::sqrt(2.0)) / 2;
          }};
}

/// P(X > x) = claims * (scale / (scale + x))^alpha.
inline Law pareto(double scale, double alpha, double claims = 1) {
  return {
      [=](double s) { return s >= claims ? 0 : scale * (std::pow(s / claims, -1 / alpha) - 1); },
      [=](double s) {
        const double u = std::min(s / claims, 1.0);
        return claims * scale * (std::pow(u, 1 - 1 / alpha) / (1 - 1 / alpha) - u);
      }};
}

/// Point masses, in any order; probabilities add up to 1.
inline Law atoms(std::vector<double> amounts, std::vector<double> probabilities) {
  std::vector<std::size_t> order(amounts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return amounts[a] > amounts[b]; });
  std::vector<double> x, p;
  for (const std::size_t i : order) {
    x.push_back(amounts[i]);
    p.push_back(probabilities[i]);
  }
  return {[=](double s) {
            double below = 0;
            for (std::size_t i = 0; i < x.size(); ++i) {
              below += p[i];
              if (s < below) return x[i];
            }
            return x.back();
          },
          [=](double s) {
            double area = 0, below = 0;
            for (std::size_t i = 0; i < x.size() && below < s; ++i) {
              area += x[i] * std::min(p[i], s - below);
              below += p[i];
            }
            return area;
          }};
}

inline Law constant(double amount) { return atoms({amount}, {1}); }

}  // namespace corridor::made
