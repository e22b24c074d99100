// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/effects.hpp"

#include <cmath>
#include <set>

#include "host/plan/enrolment.hpp"

namespace corridor {
namespace {

constexpr double default_year_correlation = 0.7;

double sigma_squared(double cv) { return std::log1p(cv * cv); }

/// exp(N(-v/2, v))^power as a law of z.
EffectLaw severity_law(double variance, double power) {
  return {-power * variance / 2, power * std::sqrt(variance), false};
}

/// exp(N(-v/2, v))^-power, falling in z.
EffectLaw inverse_frequency_law(double variance, double power) {
  return {power * variance / 2, power * std::sqrt(variance), true};
}

void add_shared(std::vector<EffectDraw>& draws, Purpose purpose, std::uint32_t key, double cv) {
  if (cv > 0) draws.push_back({purpose, {key, 0}, severity_law(sigma_squared(cv), 1), {}});
}

void add_pandemic(std::vector<EffectDraw>& draws, const EffectModel& model) {
  if (!model.has_pandemic()) return;
  EffectDraw draw{Purpose::pandemic, {}, {}, {}};
  draw.inverse_frequency.shock_probability = model.pandemic_probability;
  draw.inverse_frequency.shock_frequency = model.pandemic_frequency;
  draws.push_back(draw);
}

void add_own(std::vector<EffectDraw>& draws, Purpose purpose, StreamKey key, double variance,
             double frequency_share) {
  if (variance <= 0) return;
  EffectDraw draw{purpose, key, {}, {}};
  if (frequency_share < 1) draw.severity = severity_law(variance, 1 - frequency_share);
  if (frequency_share > 0) draw.inverse_frequency = inverse_frequency_law(variance, frequency_share);
  draws.push_back(draw);
}

std::uint32_t shared_key(const Portfolio& portfolio, const char* column, std::size_t group) {
  return static_cast<std::uint32_t>(portfolio.groups.number(column, group, 0));
}

}  // namespace

double default_group_cv(double employees) {
  const double cv = std::sqrt(0.05 * 0.05 + 0.22 * 0.22 * 50 / (50 + employees));
  return std::nearbyint(cv * 1000) / 1000;
}

double group_effect_cv(const Portfolio& portfolio, std::size_t group) {
  const double own = portfolio.groups.number("effect_cv", group, NAN);
  if (!std::isnan(own)) return own;
  const double market = portfolio.market_value("group_cv", NAN);
  return std::isnan(market) ? default_group_cv(employees_or_estimate(portfolio, group)) : market;
}

std::vector<EffectDraw> group_effect_draws(const Portfolio& portfolio, std::size_t group,
                                           StreamKey key) {
  std::vector<EffectDraw> draws;
  add_shared(draws, Purpose::book_effect, 0, portfolio.market_value("book_cv", 0));
  add_shared(draws, Purpose::region_effect, shared_key(portfolio, "region", group),
             portfolio.market_value("region_cv", 0));
  add_shared(draws, Purpose::industry_effect, shared_key(portfolio, "industry", group),
             portfolio.market_value("industry_cv", 0));
  add_pandemic(draws, group_effect_model(portfolio, group));
  const double variance = sigma_squared(group_effect_cv(portfolio, group));
  const double lasting = portfolio.market_value("year_correlation", default_year_correlation);
  const double share = portfolio.groups.number("effect_frequency_share", group, 0);
  add_own(draws, Purpose::group_effect, key, variance * lasting, share);
  add_own(draws, Purpose::group_effect_year, key, variance * (1 - lasting), share);
  return draws;
}

EffectModel group_effect_model(const Portfolio& portfolio, std::size_t group) {
  const double shared = sigma_squared(portfolio.market_value("book_cv", 0)) +
                        sigma_squared(portfolio.market_value("region_cv", 0)) +
                        sigma_squared(portfolio.market_value("industry_cv", 0));
  return {std::sqrt(shared), std::sqrt(sigma_squared(group_effect_cv(portfolio, group))),
          portfolio.market_value("year_correlation", default_year_correlation),
          portfolio.groups.number("effect_frequency_share", group, 0),
          portfolio.market_value("pandemic_probability", 0),
          portfolio.market_value("pandemic_frequency", 1)};
}

std::vector<EffectLaw> required_effects(const Portfolio& portfolio) {
  std::set<EffectLaw> laws;
  for (std::size_t group = 0; group < portfolio.group_count(); ++group) {
    for (const EffectDraw& draw : group_effect_draws(portfolio, group, {})) {
      if (!draw.severity.neutral()) laws.insert(draw.severity);
      if (!draw.inverse_frequency.neutral()) laws.insert(draw.inverse_frequency);
    }
  }
  return {laws.begin(), laws.end()};
}

}  // namespace corridor
