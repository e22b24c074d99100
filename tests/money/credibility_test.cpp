// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/credibility.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace corridor {
namespace {

constexpr double cap_usd = 25e6;

/// One person's excess over a deductible under a Pareto tail of index 1.9, capped: about as skewed
/// as payouts come.
struct HeavyExcess {
  double deductible_usd;

  double operator()(std::mt19937_64& random) const {
    const double u = (static_cast<double>(random() >> 11) + 0.5) * 0x1p-53;
    return std::min(deductible_usd * std::pow(u, -1 / 1.9), cap_usd) - deductible_usd;
  }
  double mean_usd() const {
    return deductible_usd / 0.9 * (1 - std::pow(cap_usd / deductible_usd, -0.9));
  }
};

/// Statistics of `years` years of which each pays one such excess with a probability.
FigureLoss simulated(const HeavyExcess& excess, double probability, std::uint32_t years,
                     std::mt19937_64& random) {
  FigureLoss loss;
  loss.years = years;
  loss.hits = std::binomial_distribution<std::uint64_t>(years, probability)(random);
  double sum = 0, squares = 0;
  for (std::uint64_t hit = 0; hit < loss.hits; ++hit) {
    const double usd = excess(random);
    sum += usd;
    squares += usd * usd;
  }
  loss.mean_usd = loss.simulated_usd = sum / years;
  loss.sd_usd = std::sqrt((squares - sum * sum / years) / (years - 1));
  loss.se_usd = loss.sd_usd / std::sqrt(years);
  return loss;
}

CheckedMean checked(const FigureLoss& loss, const HeavyExcess& excess, double probability) {
  return {&loss, probability * excess.mean_usd(), cap_usd - excess.deductible_usd};
}

struct Alarms {
  double gate = 0;    ///< share of runs that the gate fails
  double normal = 0;  ///< share that a plain normal limit would fail
};

/// One mean a run, checked at a false alarm rate of one in a hundred.
Alarms alarms(double deductible_usd, double hits, int runs) {
  constexpr double rate = 0.01;
  const HeavyExcess excess{deductible_usd};
  constexpr std::uint32_t years = 100'000;
  const double probability = hits / years;
  std::mt19937_64 random(29);
  Alarms share;
  for (int run = 0; run < runs; ++run) {
    const FigureLoss loss = simulated(excess, probability, years, random);
    const CheckedMean mean = checked(loss, excess, probability);
    const GateResult result = check_means({&mean, 1}, rate);
    share.gate += result.failures.empty() ? 0 : 1.0 / runs;
    const double z = z_score(loss, mean.exact_usd);
    share.normal += std::abs(z) > result.gate.z_limit ? 1.0 / runs : 0;
  }
  return share;
}

TEST(Gate, FailsACorrectRunNoMoreOftenThanItSays) {
  const struct {
    double deductible_usd, hits;
    int runs;
  } cases[] = {{100e3, 440, 20'000},
               {100e3, 2'000, 10'000},
               {100e3, 10'000, 3'000},
               {30e3, 1'000, 10'000},
               {1e6, 1'000, 10'000}};
  for (const auto& each : cases) {
    EXPECT_LE(alarms(each.deductible_usd, each.hits, each.runs).gate, 0.01)
        << each.deductible_usd << " " << each.hits;
  }
}

TEST(Gate, NeedsItsAllowanceBecauseNormalLimitsAlarmFarTooOften) {
  EXPECT_GT(alarms(100e3, 440, 20'000).normal, 0.04);
  EXPECT_GT(alarms(100e3, 10'000, 3'000).normal, 0.012);
}

TEST(Gate, PassesWholeRunsOfManyMeans) {
  const HeavyExcess excess{100e3};
  constexpr std::uint32_t years = 100'000;
  for (int run = 0; run < 10; ++run) {
    std::mt19937_64 random(static_cast<std::uint64_t>(run));
    std::vector<FigureLoss> losses;
    for (int i = 0; i < 1'000; ++i) losses.push_back(simulated(excess, 0.008, years, random));
    std::vector<CheckedMean> means;
    for (const FigureLoss& loss : losses) means.push_back(checked(loss, excess, 0.008));
    const GateResult result = check_means(means);
    EXPECT_TRUE(result.failures.empty()) << run << ": " << result.failures[0].reason;
    EXPECT_EQ(result.gate.checked, 1'000u);
    EXPECT_NEAR(result.gate.z_limit, 5.3267, 1e-3);  // normal quantile of 1 - 1e-4 / 2,000
  }
}

TEST(Gate, CatchesAClosedFormThatIsFivePercentOff) {
  const HeavyExcess excess{100e3};
  constexpr std::uint32_t years = 1'000'000;
  std::mt19937_64 random(31);
  const FigureLoss loss = simulated(excess, 0.9, years, random);
  for (const double factor : {0.95, 1.05}) {
    CheckedMean mean = checked(loss, excess, 0.9);
    EXPECT_TRUE(check_means({&mean, 1}).failures.empty());
    mean.exact_usd *= factor;
    EXPECT_EQ(check_means({&mean, 1}).failures.size(), 1u) << factor;
  }
}

TEST(Gate, CatchesFivePercentOfRetainedClaimsInTenThousandYears) {
  // A group of 100: retained claims of 600,000 with a coefficient of variation of 0.25.
  FigureLoss loss;
  loss.mean_usd = loss.simulated_usd = 600'000;
  loss.sd_usd = 150'000;
  loss.se_usd = loss.sd_usd / 100;
  loss.years = 10'000;
  loss.hits = 10'000;
  for (const double factor : {0.95, 1.05}) {
    const CheckedMean mean{&loss, 600'000 * factor, 100'000};
    EXPECT_EQ(check_means({&mean, 1}).failures.size(), 1u) << factor;
  }
}

TEST(Gate, LeavesFiguresOfFewHitsAlone) {
  FigureLoss loss;
  loss.mean_usd = loss.simulated_usd = 1'000;
  loss.sd_usd = 10;
  loss.se_usd = 1;
  loss.hits = credible_hits - 1;
  loss.years = 100'000;
  const CheckedMean mean{&loss, 500, 10e6};
  const GateResult result = check_means({&mean, 1});
  EXPECT_TRUE(result.failures.empty());
  EXPECT_EQ(result.gate.checked, 0u);
}

TEST(Gate, SeesThatNothingWasSimulatedWhereMuchWasExpected) {
  FigureLoss nothing;
  nothing.years = 100'000;
  const CheckedMean retained{&nothing, 600'000, 100'000};
  const GateResult result = check_means({&retained, 1});
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_NE(result.failures[0].reason.find("0 hits"), std::string::npos);
  const CheckedMean rare{&nothing, 20, 10e6};
  EXPECT_TRUE(check_means({&rare, 1}).failures.empty());
  const CheckedMean of_cents{&nothing, 0.40, 0.50};  // some fifty thousand years should have paid
  EXPECT_EQ(check_means({&of_cents, 1}).failures.size(), 1u);
}

TEST(Gate, ComparesPayoutsThatNeverVaryAsTheyAre) {
  FigureLoss constant;
  constant.mean_usd = constant.simulated_usd = 12'000;
  constant.hits = constant.years = 1'000;
  const CheckedMean right{&constant, 12'000.3, 100'000}, wrong{&constant, 12'600, 100'000};
  EXPECT_TRUE(check_means({&right, 1}).failures.empty());
  EXPECT_EQ(check_means({&wrong, 1}).failures.size(), 1u);
}

TEST(Gate, IgnoresFiguresWithoutAClosedForm) {
  FigureLoss loss;
  loss.mean_usd = loss.simulated_usd = loss.sd_usd = loss.se_usd = 1;
  loss.hits = loss.years = 1'000;
  const CheckedMean mean{&loss, std::nan(""), 100'000};
  EXPECT_EQ(check_means({&mean, 1}).gate.checked, 0u);
  EXPECT_TRUE(check_means({&mean, 1}).failures.empty());
}

TEST(Gate, ShareOfTheFalseAlarmRateFallsWithTheNumberOfMeans) {
  FigureLoss loss;
  loss.sd_usd = 100;
  loss.se_usd = 1;
  loss.mean_usd = loss.simulated_usd = 4.5;
  loss.hits = loss.years = 10'000;
  const std::vector<CheckedMean> one{{&loss, 0, 1}};
  std::vector<CheckedMean> many(1'000, one[0]);
  EXPECT_EQ(check_means(one).failures.size(), 1u);  // beyond 3.89
  EXPECT_TRUE(check_means(many).failures.empty());  // within 5.33
}

}  // namespace
}  // namespace corridor
