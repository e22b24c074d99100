// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/risk/binomial.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <limits>

namespace corridor {
namespace {

constexpr double one_side = 0.025, held = 0.95;
constexpr double normal_975 = 1.959963984540054;

/// How many of some years exceed a quantile.
class YearsAbove {
 public:
  YearsAbove(std::uint64_t years, double outside)
      : years_(static_cast<std::int64_t>(years)), law_(static_cast<double>(years), outside) {}

  std::int64_t years() const { return years_; }
  double guess(double z) const {
    return boost::math::mean(law_) + z * boost::math::standard_deviation(law_);
  }
  double below(std::int64_t count) const {
    return count <= 0 ? 0 : cdf(law_, static_cast<double>(std::min(count - 1, years_)));
  }
  double above(std::int64_t count) const {
    return count >= years_ ? 0 : cdf(complement(law_, static_cast<double>(count)));
  }
  double between(std::int64_t low, std::int64_t high) const { return 1 - below(low) - above(high); }

 private:
  std::int64_t years_;
  boost::math::binomial_distribution<double> law_;
};

/// The greatest count with at most `one_side` below it.
std::int64_t least_above(const YearsAbove& law) {
  auto count = static_cast<std::int64_t>(std::max(law.guess(-normal_975), 0.0));
  while (law.below(count) > one_side) --count;
  while (law.below(count + 1) <= one_side) ++count;
  return count;
}

/// The least count with at most `one_side` above it.
std::int64_t most_above(const YearsAbove& law) {
  auto count = static_cast<std::int64_t>(law.guess(normal_975));
  while (law.above(count) > one_side) ++count;
  while (count > 0 && law.above(count - 1) <= one_side) --count;
  return count;
}

}  // namespace

RankRange quantile_ranks(std::uint64_t years, double outside) {
  const YearsAbove law(years, outside);
  std::int64_t low = least_above(law), high = most_above(law);
  // Both sides round outwards; one of them may often step back.
  if (law.between(low, high - 1) >= held) {
    --high;
  } else if (law.between(low + 1, high) >= held) {
    ++low;
  }
  if (low < 1 || high >= law.years()) return {};
  const auto all = static_cast<std::int64_t>(years);
  return {static_cast<std::uint64_t>(all - high), static_cast<std::uint64_t>(all - low + 1),
          law.between(low, high)};
}

Share share_of_years(std::uint64_t hits, std::uint64_t years) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  const auto count = static_cast<double>(years);
  const double p = static_cast<double>(hits) / count;
  Share share{p, std::sqrt(p * (1 - p) / count), none, none};
  if (std::min(hits, years - hits) < share_hits) return share;
  const double z2 = normal_975 * normal_975 / count;
  const double middle = (p + z2 / 2) / (1 + z2);
  const double half = normal_975 * std::sqrt(p * (1 - p) / count + z2 / count / 4) / (1 + z2);
  share.low = middle - half;
  share.high = middle + half;
  return share;
}

}  // namespace corridor
