// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "host/exact/exact_means.hpp"
#include "host/exact/table_law.hpp"
#include "host/plan/contract_basis.hpp"
#include "tests/exact/made_book.hpp"

namespace corridor {
namespace {

constexpr int endless = Windows::without_end;

Windows windows_of(int run_in, int run_out) { return {run_in, run_out, 12, HUGE_VAL}; }

struct Figures {
  double ground_up, excess, mature_excess, outside;
};

/// One person of a law under a contract.
Figures figures_of(const made::Table& law, const Windows& windows, const Lag& lag,
                   const YearLink& link, double deductible) {
  made::Group group;
  group.members = {made::member(1)};
  group.thresholds = {made::usd(deductible)};
  group.rows = {made::plain_row(0)};
  made::BookMaker maker({law});
  maker.add(group);
  Book book = maker.book();
  const std::optional<Basis> basis = make_basis(windows, lag, link);
  if (basis) book.jobs[0].group.basis = &book.bases.emplace_back(*basis);
  book.mature = {nullptr};
  const ExactMeans means = exact_means(book);
  return {means.ground_up_usd[0], means.rows[0][0].specific_before_asd_usd,
          means.rows[0][0].mature_specific_before_asd_usd, means.outside_basis_usd[0]};
}

// Sums over the months of the default curves of data/README.md by hand, to four decimals; slots of
// 512 make months of 42 or 43, which is worth up to 0.0005.
TEST(BasisMeans, OfTheDefaultLagAreTheSumsOfItsCurves) {
  const Lag lag = lag_of({});
  const struct {
    double claim, run_out[4], run_in;
  } published[] = {{1000, {.8406, .9610, .9840, .9964}, .1558},
                   {250e3, {.7749, .9313, .9717, .9938}, .2189}};
  const int months[] = {0, 3, 6, 12};
  for (const auto& figures : published) {
    const made::Table law = made::table_of(made::constant(figures.claim));
    double at_once = 0;
    for (int i = 0; i < 4; ++i) {
      const Figures made = figures_of(law, windows_of(0, months[i]), lag, {0, 0.18}, 1e9);
      EXPECT_NEAR(made.ground_up / figures.claim, figures.run_out[i], 6e-4);
      EXPECT_NEAR(made.ground_up + made.outside, figures.claim, 1e-6 * figures.claim);
      if (i == 0) at_once = made.ground_up;
    }
    const Figures made = figures_of(law, windows_of(12, 0), lag, {0, 0.18}, 1e9);
    EXPECT_NEAR((made.ground_up - at_once) / figures.claim, figures.run_in, 6e-4);
    EXPECT_NEAR(made.outside, figures.claim - at_once, 1e-6 * figures.claim);
  }
}

// Far out in a Pareto tail the excess of share * claim is share^alpha times the claim's.
TEST(BasisMeans, OfAParetoTailAreTheSharesToThePowerAlpha) {
  const made::Table law = made::table_of(made::pareto(100, 1.9));
  Lag lag = lag_of({});
  lag.paid_large = lag.paid_small;
  const double published[] = {.765, .730, .719};
  for (int i = 0; i < 3; ++i) {
    lag.spread = i / 2.0;
    double mean = 0, expected = 0;
    for (int month = 0; month < 12; ++month) {
      mean += paid_share_of(windows_of(0, 0), lag.paid_small, 0, month) / 12;
    }
    for (int month = 0; month < 12; ++month) {
      const double share = paid_share_of(windows_of(0, 0), lag.paid_small, 0, month);
      expected += std::pow(lag.spread * mean + (1 - lag.spread) * share, 1.9) / 12;
    }
    const Figures made = figures_of(law, windows_of(0, 0), lag, {0, 0}, 200e3);
    EXPECT_NEAR(expected, published[i], 1e-3);
    EXPECT_NEAR(made.excess / made.mature_excess, expected, 2e-3);
  }
}

TEST(BasisMeans, MatureWithTheMonthsOfRunOutAndLessSoAtHigherDeductibles) {
  const made::Table law = made::table_of(made::pareto(4000, 2.1, 0.8));
  const Lag lag = lag_of({});
  double before = 2;
  for (const double deductible : {10e3, 50e3, 100e3}) {
    double last = 0;
    for (const int run_out : {0, 3, 6, 12, endless}) {
      const Figures made = figures_of(law, windows_of(0, run_out), lag, {0.08, 0.18}, deductible);
      const double factor = made.excess / made.mature_excess;
      EXPECT_GT(factor, last);
      EXPECT_LE(factor, 1 + 1e-12);
      if (run_out == 0) {
        EXPECT_LT(factor, before) << deductible;
        before = factor;
      }
      last = factor;
    }
    const auto factor_of = [&](int run_in) {
      const Figures made = figures_of(law, windows_of(run_in, 0), lag, {0.08, 0.18}, deductible);
      return made.excess / made.mature_excess;
    };
    EXPECT_GT(factor_of(3), before);
    EXPECT_GT(factor_of(12), factor_of(3));
    EXPECT_GE(factor_of(endless), factor_of(12));
    EXPECT_LT(factor_of(endless), 1.1);
  }
}

/// E(X + Y - t)+ of two independent claims, by midpoints over the survival of one.
double brute_sum_excess(const TableLaw& law, double threshold) {
  constexpr int steps = 20000;
  double sum = 0;
  const double first = std::log(0x1p-40);
  for (int i = 0; i < steps; ++i) {
    const double width = -first / steps;
    const double survival = std::exp(first + (i + 0.5) * width);
    const double left = threshold - law.quantile(survival);
    const double excess = left > 0 ? law.excess(left) : law.mean() - left;
    sum += excess * survival * 2 * std::sinh(width / 2);
  }
  return sum;
}

// With every claim paid in the month after it, the last month's claims of the year before are this
// policy's and its own last month's are not: a person has this year's claim, last year's or both.
TEST(BasisMeans, OfTwoYearsFollowFromOneClaimOrTwo) {
  const made::Table table = made::table_of(made::lognormal(9000, 2.5));
  const TableLaw law(table.data());
  Lag lag = lag_of({});
  lag.paid_small = lag.paid_large = {0, 1};
  lag.spread = 0;
  const double late = lag.month_slots[11] / 512.0;
  for (const double persistence : {0.0, 0.25, 1.0}) {
    for (const double t : {3e3, 20e3, 150e3}) {
      const double two =
          persistence * 2 * law.excess(t / 2) + (1 - persistence) * brute_sum_excess(law, t);
      const double one = (1 - late) * (1 - late) + late * late;
      const double expected = one * law.excess(t) + late * (1 - late) * two;
      const Figures made = figures_of(table, windows_of(12, 0), lag, {0, persistence}, t);
      EXPECT_NEAR(made.ground_up / law.mean(), 1, 1e-7);
      EXPECT_NEAR(made.excess / expected, 1, 1e-5) << persistence << " " << t;
    }
  }
}

ExactMeans means_of_deviations(const std::vector<double>& sigmas) {
  made::BookMaker maker({made::table_of(made::lognormal(9000, 2.5, 0.1))});
  for (const double sigma : sigmas) {
    made::Group group;
    group.members = {made::member(1), made::member(1.7, 0, 0.5)};
    group.thresholds = {made::usd(20e3), made::usd(100e3), made::usd(400e3)};
    for (std::uint32_t k = 0; k < 3; ++k) group.rows.push_back(made::plain_row(k));
    group.effect = {0.05, sigma, 0.7, 0};
    maker.add(group);
  }
  Book book = maker.book();
  book.bases.push_back(*make_basis(windows_of(12, 0), lag_of({}), {0.08, 0.18}));
  for (GroupJob& job : book.jobs) job.group.basis = &book.bases.back();
  return exact_means(book);
}

// More than five deviations of single years are interpolated over their variance.
TEST(BasisMeans, OfManyDeviationsAreThoseOfEachAlone) {
  const std::vector<double> sigmas{0.02, 0.07, 0.11, 0.16, 0.21, 0.28, 0.35, 0.5, 0.8};
  const ExactMeans together = means_of_deviations(sigmas);
  for (std::size_t g = 0; g < sigmas.size(); ++g) {
    const ExactMeans alone = means_of_deviations({sigmas[g]});
    for (std::size_t k = 0; k < 3; ++k) {
      EXPECT_NEAR(
          together.rows[g][k].specific_before_asd_usd / alone.rows[0][k].specific_before_asd_usd, 1,
          2e-6)
          << sigmas[g] << " " << k;
    }
  }
}

}  // namespace
}  // namespace corridor
