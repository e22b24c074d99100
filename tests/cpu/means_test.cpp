// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <cmath>

#include "tests/cpu/backends.hpp"

namespace corridor {
namespace {

using made_up::Group;
using made_up::Tables;

/// Standard errors by which a simulated mean may miss the exact one.
constexpr double errors_allowed = 4;

double value(const Sum128& sum) {
  return std::ldexp(static_cast<double>(sum.high), 64) + static_cast<double>(sum.low);
}

/// How many standard errors the mean ground-up claims of a long run lie from `exact_usd`.
double errors_from(double exact_usd, const Group& group) {
  constexpr std::uint32_t years = 200'000;
  const GroupJob job{group.view(), nullptr, 0};
  const CellTally cell =
      made_up::tallied(*made_up::backend(""), {job}, {12, years, {}, false}).front().ground_up;
  const double mean = value(cell.sum) / years;
  const double variance = value(cell.squares) / years - mean * mean;
  return (mean - 100 * exact_usd) / std::sqrt(variance / years);
}

double exact_mean_usd(const Group& group) {
  double mean = 0;
  for (const Member& member : group.members) {
    mean += static_cast<double>(member.scale) * made_up::mean(made_up::tables().at(member.table)) /
            static_cast<double>(member.inverse_exposure);
  }
  return mean;
}

TEST(MeanClaims, OfAGroupAreThoseOfItsTables) {
  const Group group = made_up::plain_group(50, 1, 1e9);
  EXPECT_LT(std::abs(errors_from(exact_mean_usd(group), group)), errors_allowed);
}

TEST(MeanClaims, WithAGroupEffectAreMultipliedByItsMean) {
  Group group = made_up::plain_group(50, 1, 1e9);
  made_up::add_group_effect(group);
  const double mean = made_up::mean(made_up::tables().at(Tables::severity));
  EXPECT_NEAR(mean, 1, 1e-2);
  EXPECT_LT(std::abs(errors_from(exact_mean_usd(group) * mean, group)), errors_allowed);
}

TEST(MeanClaims, AreProportionalToExposure) {
  Group group = made_up::plain_group(50, 1, 1e9);
  made_up::shorten_exposures(group);
  EXPECT_LT(std::abs(errors_from(exact_mean_usd(group), group)), errors_allowed);
}

TEST(MeanClaims, OfAnotherLevelAreToldApart) {
  const Group group = made_up::plain_group(50, 1, 1e9);
  EXPECT_GT(std::abs(errors_from(exact_mean_usd(group) * 1.01, group)), errors_allowed);
}

}  // namespace
}  // namespace corridor
