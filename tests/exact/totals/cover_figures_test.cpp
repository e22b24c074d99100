// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/totals/cover_figures.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace corridor {
namespace {

/// Exponential totals of one mean: everything about them is in closed form.
class Exponential : public TotalLaw {
 public:
  explicit Exponential(double mean_usd) : mean_(mean_usd) {}

  double mean_usd() const override { return mean_; }
  double sd_usd() const override { return mean_; }
  TailAt at(double t) const override {
    const double p = std::exp(-t / mean_);
    return {p, p * mean_, 2 * p * mean_ * mean_};
  }
  TailAt error_at(double) const override { return {1e-9, error_usd, error_usd * mean_}; }
  double quantile(double level) const override { return -mean_ * std::log1p(-level); }
  double quantile_error(double) const override { return 0; }
  double mean_error_usd() const override { return 0; }
  double sd_error_usd() const override { return 0; }

  static constexpr double error_usd = 0.5;

 private:
  double mean_;
};

constexpr double mean_usd = 1000;

/// E g(T) of a function of an exponential total, by midpoints of its probability.
template <class Function>
double expected(const Function& g) {
  constexpr int steps = 2'000'000;
  double sum = 0;
  for (int i = 0; i < steps; ++i) sum += g(-mean_usd * std::log((i + 0.5) / steps));
  return sum / steps;
}

TEST(CoverFigures, OfAPlainStopLossAreThoseOfTheExponential) {
  const FigureLoss loss = cover_figures(Exponential(mean_usd), {2000}, {0.5, 0.99});
  const double p = std::exp(-2.0);
  EXPECT_DOUBLE_EQ(loss.mean_usd, p * mean_usd);
  EXPECT_NEAR(loss.sd_usd, mean_usd * std::sqrt(2 * p - p * p), 1e-9);
  EXPECT_DOUBLE_EQ(loss.probability, p);
  EXPECT_EQ(loss.var_usd[0], 0);
  EXPECT_NEAR(loss.tvar_usd[0], 2 * p * mean_usd, 1e-9);
  EXPECT_NEAR(loss.var_usd[1], mean_usd * std::log(100) - 2000, 1e-9);
  EXPECT_NEAR(loss.tvar_usd[1], loss.var_usd[1] + mean_usd, 1e-9);
  EXPECT_EQ(loss.source, FigureSource::exact);
}

TEST(CoverFigures, OfAShareUpToALimitAreIntegralsOfThePayout) {
  const CoverOfTotal cover{1500, 0.8, 1200};
  const Exponential law(mean_usd);
  const std::vector<double> levels{0.5, 0.9, 0.95, 0.99};
  const FigureLoss loss = cover_figures(law, cover, levels);
  const auto payout = [&](double total) { return cover.payout_usd(total); };
  EXPECT_DOUBLE_EQ(cover.exhaustion_usd(), 3000);
  EXPECT_DOUBLE_EQ(payout(1500), 0);
  EXPECT_DOUBLE_EQ(payout(2000), 400);
  EXPECT_DOUBLE_EQ(payout(9000), 1200);
  const double square = expected([&](double t) { return payout(t) * payout(t); });
  EXPECT_NEAR(loss.mean_usd, expected(payout), 1e-2);
  EXPECT_NEAR(loss.sd_usd, std::sqrt(square - loss.mean_usd * loss.mean_usd), 1e-2);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const double var = payout(law.quantile(levels[i]));
    EXPECT_NEAR(loss.var_usd[i], var, 1e-9);
    const double above = expected([&](double t) { return std::max(0.0, payout(t) - var); });
    EXPECT_NEAR(loss.tvar_usd[i], var + above / (1 - levels[i]), 1e-1) << levels[i];
  }
}

TEST(CoverFigures, ReportTheLargestErrorOfTheLaw) {
  const FigureLoss loss = cover_figures(Exponential(mean_usd), {2000}, {0.99});
  EXPECT_DOUBLE_EQ(loss.exact_error_usd, Exponential::error_usd / (1 - 0.99));
}

}  // namespace
}  // namespace corridor
