// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/reduce/reduce.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>
#include <cmath>
#include <random>

#include "host/price/interval_claims.hpp"
#include "host/reduce/interval.hpp"
#include "host/wide.hpp"

namespace corridor {
namespace {

using boost::multiprecision::cpp_bin_float_100;
using boost::multiprecision::cpp_int;

CellTally tally_of(const std::vector<Cents>& amounts) {
  CellTally cell;
  for (const Cents amount : amounts) cell.add(amount);
  return cell;
}

/// The tally that `years` years of one amount leave, without walking them.
CellTally repeated(Cents amount, std::uint64_t years) {
  CellTally cell = tally_of({amount});
  CellTally total;
  for (std::uint64_t left = years; left > 0; left >>= 1) {
    if (left & 1) total.merge(cell);
    cell.merge(CellTally(cell));
  }
  return total;
}

FigureLoss statistics_of(const CellTally& cell, std::uint32_t years) {
  GroupTally tally;
  tally.ground_up = cell;
  return reduce(tally, {years, {}, {}}).ground_up;
}

cpp_int whole(const Sum128& sum) { return (cpp_int(sum.high) << 64) + sum.low; }

/// Standard deviation in dollars, from the same sums, to a hundred digits.
double reference_sd_usd(const CellTally& cell, std::uint32_t years) {
  const cpp_int spread = whole(cell.squares) * years - whole(cell.sum) * whole(cell.sum);
  const cpp_int weight = cpp_int(years) * (years - 1);
  return static_cast<double>(sqrt(cpp_bin_float_100(spread) / cpp_bin_float_100(weight)) / 100);
}

double reference_mean_usd(const CellTally& cell, std::uint32_t years) {
  return static_cast<double>(cpp_bin_float_100(whole(cell.sum)) / years / 100);
}

TEST(Reduce, EqualPayoutsHaveNoSpread) {
  for (const Cents amount : {Cents{0}, Cents{1}, Cents{123'456'789'123}, (Cents{1} << 50) + 1}) {
    const FigureLoss loss = statistics_of(repeated(amount, 10'000'000), 10'000'000);
    EXPECT_EQ(loss.sd_usd, 0) << amount;
    EXPECT_EQ(loss.se_usd, 0) << amount;
    EXPECT_EQ(loss.mean_usd, static_cast<double>(amount) / 100) << amount;
  }
}

TEST(Reduce, OneCentOfSpreadInTenMillionEqualPayoutsIsSeen) {
  constexpr std::uint32_t years = 10'000'000;
  CellTally cell = repeated(Cents{1} << 49, years - 1);
  cell.add((Cents{1} << 49) + 1);
  const FigureLoss loss = statistics_of(cell, years);
  EXPECT_DOUBLE_EQ(loss.sd_usd, 0.01 * std::sqrt(1 / static_cast<double>(years)));
}

TEST(Reduce, StatisticsAgreeWithAHundredDigits) {
  std::mt19937_64 random(7);
  for (const int bits : {1, 8, 24, 40, 50}) {
    for (const std::uint32_t years : {2u, 3u, 10u, 1'000u}) {
      std::vector<Cents> amounts(years);
      for (Cents& amount : amounts) amount = static_cast<Cents>(random() >> (64 - bits));
      const CellTally cell = tally_of(amounts);
      const FigureLoss loss = statistics_of(cell, years);
      EXPECT_EQ(loss.mean_usd, reference_mean_usd(cell, years));
      EXPECT_NEAR(loss.sd_usd, reference_sd_usd(cell, years), 4e-16 * loss.sd_usd);
    }
  }
}

TEST(Reduce, StatisticsAgreeAtTheLargestSums) {
  constexpr std::uint32_t years = 67'000'000;  // squares of 2^51 over them just fit in 128 bits
  CellTally cell = repeated((Cents{1} << 51) - 1, years / 2);
  cell.merge(repeated(3, years / 2));
  const FigureLoss loss = statistics_of(cell, years);
  EXPECT_EQ(loss.mean_usd, reference_mean_usd(cell, years));
  EXPECT_NEAR(loss.sd_usd, reference_sd_usd(cell, years), 4e-16 * loss.sd_usd);
}

TEST(Reduce, OneYearHasAMeanAndNoSpread) {
  const FigureLoss loss = statistics_of(tally_of({250}), 1);
  EXPECT_EQ(loss.mean_usd, 2.5);
  EXPECT_EQ(loss.sd_usd, 0);
  EXPECT_EQ(loss.hits, 1u);
  EXPECT_EQ(loss.probability, 1);
}

TEST(Reduce, HitsAreYearsAboveZero) {
  const FigureLoss loss = statistics_of(tally_of({0, 0, 5, 1}), 4);
  EXPECT_EQ(loss.hits, 2u);
  EXPECT_EQ(loss.probability, 0.5);
}

/// The tail of explicit yearly amounts, by definition.
TailTally tail_of(std::vector<Cents> amounts, const Level& level) {
  std::sort(amounts.begin(), amounts.end());
  TailTally tail;
  tail.value_at_risk = amounts.at(level.rank(amounts.size()) - 1);
  for (const Cents amount : amounts) {
    if (amount > tail.value_at_risk) tail.add(amount - tail.value_at_risk);
  }
  return tail;
}

FigureLoss with_tail(const std::vector<Cents>& amounts, const Level& level) {
  GroupTally tally;
  tally.rows.resize(1);
  RowTally& row = tally.rows[0];
  row.specific = {tally_of(amounts), {tail_of(amounts, level)}, {}};
  row.total = {row.specific};
  const ReduceOptions options{static_cast<std::uint32_t>(amounts.size()), {level}, {}};
  return reduce(tally, options).rows[0].specific;
}

TEST(Reduce, TailValueIsTheMeanOfTheWorstYearsWhenTheirNumberIsWhole) {
  std::vector<Cents> amounts;
  for (int i = 1; i <= 200; ++i) amounts.push_back(i * 1'000);
  const FigureLoss loss = with_tail(amounts, parse_level("0.95"));
  EXPECT_EQ(loss.var_usd[0], 1'900);
  EXPECT_EQ(loss.tvar_usd[0], 1'955);  // mean of 1,910 to 2,000
}

TEST(Reduce, TailValueTakesAShareOfTheYearAtTheEdge) {
  // 0.95 of 30 years is 28.5: the tail is year 30 and half of year 29.
  std::vector<Cents> amounts;
  for (int i = 1; i <= 30; ++i) amounts.push_back(i * 100);
  const FigureLoss loss = with_tail(amounts, parse_level("0.95"));
  EXPECT_EQ(loss.var_usd[0], 29);
  EXPECT_DOUBLE_EQ(loss.tvar_usd[0], (30 + 0.5 * 29) / 1.5);
}

TEST(Reduce, TailValueOfTiesIsTheirValue) {
  const std::vector<Cents> equal(50, 12'345);
  const FigureLoss loss = with_tail(equal, parse_level("0.9"));
  EXPECT_EQ(loss.var_usd[0], 123.45);
  EXPECT_EQ(loss.tvar_usd[0], 123.45);

  std::vector<Cents> mostly_tied(100, 500);
  mostly_tied[99] = 1'500;
  const FigureLoss tied = with_tail(mostly_tied, parse_level("0.9"));
  EXPECT_EQ(tied.var_usd[0], 5);
  EXPECT_EQ(tied.tvar_usd[0], 6);  // nine years of 5 and one of 15
}

TEST(Reduce, TailValuesAreTheNearestDoubles) {
  std::mt19937_64 random(11);
  for (const char* text : {"0.9", "0.99", "0.995", "0.999999999", "0.123456789"}) {
    const Level level = parse_level(text);
    std::vector<Cents> amounts(997);
    for (Cents& amount : amounts) amount = static_cast<Cents>(random() >> 14);
    const TailTally tail = tail_of(amounts, level);
    const cpp_bin_float_100 outside =
        (1 - cpp_bin_float_100(text)) * static_cast<unsigned>(amounts.size());
    const cpp_bin_float_100 exact =
        (cpp_bin_float_100(tail.value_at_risk) + cpp_bin_float_100(whole(tail.excess)) / outside) /
        100;
    EXPECT_EQ(with_tail(amounts, level).tvar_usd[0], static_cast<double>(exact)) << text;
  }
}

/// Mean, standard deviation and skewness of a year from all of them.
YearMoments moments_of(const std::vector<Cents>& amounts) {
  const auto count = static_cast<double>(amounts.size());
  double mean = 0, second = 0, third = 0;
  for (const Cents amount : amounts) mean += static_cast<double>(amount) / 100 / count;
  for (const Cents amount : amounts) {
    const double off = static_cast<double>(amount) / 100 - mean;
    second += off * off / count;
    third += off * off * off / count;
  }
  return {mean, std::sqrt(second * count / (count - 1)), third / (second * std::sqrt(second))};
}

/// An exponential amount in one of `every` years, by the law's own quantiles.
std::vector<Cents> exponential_years(std::size_t years, std::size_t every) {
  std::vector<Cents> amounts(years, 0);
  const std::size_t hits = years / every;
  for (std::size_t i = 0; i < hits; ++i) {
    const double share = (static_cast<double>(i) + 0.5) / static_cast<double>(hits);
    amounts[i * every] = std::llround(-1e7 * std::log(share)) + 1;
  }
  return amounts;
}

TEST(Interval, OfAMeanHasHallsTransformationAtItsEnds) {
  const YearMoments year{1'000, 20'000, 40};
  constexpr std::uint64_t years = 40'000;
  const double g = 40 / 200.0, z = 1.959963984540054 * (1 + 0.8 * g * g);
  const Interval interval = mean_interval(year, years);
  const auto transformed = [&](double end) {
    const double t = (year.mean - end) / (year.sd / 200);
    return t + g * t * t / 3 + g * g * t * t * t / 27 + g / 6;
  };
  EXPECT_NEAR(transformed(interval.low_usd), z, 1e-12);
  EXPECT_NEAR(transformed(interval.high_usd), -z, 1e-12);
  EXPECT_GT(interval.high_usd - year.mean, year.mean - interval.low_usd);
}

TEST(Interval, OfASymmetricYearIsTheNormalOne) {
  const Interval interval = mean_interval({1'000, 50, 0}, 10'000);
  EXPECT_NEAR(interval.low_usd, 1'000 - 1.959963984540054 * 0.5, 1e-9);
  EXPECT_NEAR(interval.high_usd, 1'000 + 1.959963984540054 * 0.5, 1e-9);
  const Interval nearly = mean_interval({1'000, 50, 1e-3}, 10'000);
  EXPECT_NEAR(nearly.low_usd, interval.low_usd, 1e-4);
}

TEST(Interval, TakesTheWholeThirdMomentWhereFewYearsPay) {
  const std::vector<Cents> amounts = exponential_years(50'000, 200);  // 250 hits, VaR is 0
  const FigureLoss loss = with_tail(amounts, parse_level("0.99"));
  const Interval expected = mean_interval(moments_of(amounts), amounts.size());
  EXPECT_EQ(loss.var_usd[0], 0);
  EXPECT_NEAR(loss.mean_95.low_usd / expected.low_usd, 1, 1e-9);
  EXPECT_NEAR(loss.mean_95.high_usd / expected.high_usd, 1, 1e-9);
}

TEST(Interval, EstimatesWhatTheTailDoesNotHoldOfTheThirdMoment) {
  const std::vector<Cents> amounts = exponential_years(50'000, 5);
  const FigureLoss loss = with_tail(amounts, parse_level("0.99"));
  const Interval expected = mean_interval(moments_of(amounts), amounts.size());
  ASSERT_GT(loss.var_usd[0], 0);
  const double width = expected.high_usd - expected.low_usd;
  EXPECT_NEAR(loss.mean_95.low_usd, expected.low_usd, 1e-3 * width);
  EXPECT_NEAR(loss.mean_95.high_usd, expected.high_usd, 1e-3 * width);
}

TEST(Interval, OfATailIsThatOfItsExcess) {
  const std::vector<Cents> amounts = exponential_years(50'000, 5);
  const FigureLoss loss = with_tail(amounts, parse_level("0.99"));
  std::vector<Cents> excess = amounts;
  for (Cents& amount : excess) {
    amount = std::max<Cents>(amount - std::llround(loss.var_usd[0] * 100), 0);
  }
  const Interval mean = mean_interval(moments_of(excess), excess.size());
  EXPECT_NEAR(loss.tvar_95[0].low_usd, loss.var_usd[0] + mean.low_usd / 0.01, 1e-3);
  EXPECT_NEAR(loss.tvar_95[0].high_usd, loss.var_usd[0] + mean.high_usd / 0.01, 1e-3);
  EXPECT_LT(loss.tvar_95[0].low_usd, loss.tvar_usd[0]);
  EXPECT_GT(loss.tvar_95[0].high_usd, loss.tvar_usd[0]);
}

TEST(Interval, IsNotClaimedFromFewHitsOrYears) {
  const Level level = parse_level("0.99");
  const FigureLoss below = with_tail(exponential_years(19'900, 100), level);
  EXPECT_EQ(below.hits, 199u);
  EXPECT_TRUE(std::isnan(below.mean_95.low_usd) && std::isnan(below.mean_95.high_usd));
  const FigureLoss enough = with_tail(exponential_years(20'000, 100), level);
  EXPECT_FALSE(std::isnan(enough.mean_95.low_usd));
  const FigureLoss short_tail = with_tail(exponential_years(19'900, 5), level);
  EXPECT_FALSE(std::isnan(short_tail.mean_95.low_usd));
  EXPECT_TRUE(std::isnan(short_tail.tvar_95[0].low_usd));
}

TEST(Interval, IsNotClaimedForWhatIsNearlyAlwaysTheSame) {
  const Level level = parse_level("0.9");
  EXPECT_TRUE(std::isnan(with_tail(std::vector<Cents>(5'000, 700), level).mean_95.low_usd));
  std::vector<Cents> amounts(5'000, 700);
  std::fill_n(amounts.begin(), 100, 0);
  EXPECT_TRUE(std::isnan(with_tail(amounts, level).mean_95.low_usd));
  std::fill_n(amounts.begin(), 400, 0);
  EXPECT_FALSE(std::isnan(with_tail(amounts, level).mean_95.low_usd));
}

TEST(IntervalClaims, NeedHitsEnoughToHaveSeenTheLargestClaims) {
  FigureLoss loss;
  loss.mean_usd = 100;  // 10,000 a payout
  loss.hits = 400;
  loss.years = 40'000;
  loss.var_usd = {50'000};
  loss.tvar_usd = {60'000};
  const std::vector<Level> levels{parse_level("0.99")};
  EXPECT_TRUE(interval_claims(loss, 700'000, levels).mean);
  EXPECT_FALSE(interval_claims(loss, 700'001, levels).mean);
  EXPECT_TRUE(interval_claims(loss, 700'000, levels).tvar[0]);  // 400 years of 10,000
  EXPECT_FALSE(interval_claims(loss, 700'001, levels).tvar[0]);
  EXPECT_FALSE(interval_claims(FigureLoss{}, 1, {}).mean);
}

TEST(WideIntegers, QuotientIsTheNearestDouble) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 20'000; ++i) {
    const Unsigned128 numerator = ((Unsigned128{random()} << 64) | random()) >> (random() % 128);
    const Unsigned128 denominator =
        (((Unsigned128{random() >> 56} << 64) | random()) >> (random() % 72)) + 1;
    const auto big = [](Unsigned128 value) {
      return (cpp_int(static_cast<std::uint64_t>(value >> 64)) << 64) +
             static_cast<std::uint64_t>(value);
    };
    const cpp_bin_float_100 exact =
        cpp_bin_float_100(big(numerator)) / cpp_bin_float_100(big(denominator));
    ASSERT_EQ(quotient(numerator, denominator), static_cast<double>(exact));
  }
}

TEST(WideIntegers, NearestRoundsTiesToEvenWhateverStandsFarBelow) {
  const auto with_limbs = [](std::uint64_t low, std::uint64_t a, std::uint64_t b,
                             std::uint64_t top) {
    return nearest(Unsigned256{{low, a, b, top}});
  };
  EXPECT_EQ(with_limbs(0, 0, 0, (1ull << 53) + 1), std::ldexp(0x1p53, 192));
  EXPECT_EQ(with_limbs(1, 0, 0, (1ull << 53) + 1), std::ldexp(0x1p53 + 2, 192));
  EXPECT_EQ(with_limbs(0, 0, 0, (1ull << 53) + 3), std::ldexp(0x1p53 + 4, 192));
  EXPECT_EQ(with_limbs(7, 0, 0, 0), 7);
  EXPECT_EQ(with_limbs(0, 1, 0, 0), 0x1p64);
}

TEST(Reduce, FunctionalsSeeTheSortedPayoutsOfTheirOwnCover) {
  GroupTally tally;
  tally.rows.resize(1);
  RowTally& row = tally.rows[0];
  row.specific = {tally_of({0, 100, 300}), {}, {100, 300}};
  row.aggregate = {{tally_of({0, 0, 700}), {}, {700}}};
  row.total = {{tally_of({0, 100, 1'000}), {}, {100, 1'000}}};
  const Functional largest{"largest",
                           [](auto payouts) { return static_cast<double>(payouts.back()); },
                           [](auto payouts) { return -static_cast<double>(payouts.back()); }};
  const RowLoss loss = reduce(tally, {3, {}, {largest}}).rows[0];
  EXPECT_EQ(loss.specific.functionals, std::vector<double>{300});
  EXPECT_EQ(loss.aggregate[0].functionals, std::vector<double>{-700});
  EXPECT_TRUE(loss.total[0].functionals.empty());
}

}  // namespace
}  // namespace corridor
