// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/premium.hpp"

#include <algorithm>
#include <cmath>

#include "corridor/error.hpp"
#include "host/price/loads.hpp"
#include "host/price/price.hpp"

namespace corridor {
namespace {

// Each level is six columns, and HDF5 describes the columns of a table in at most 64 KiB.
constexpr std::size_t levels_max = 40;

bool needs(const std::vector<const Principle*>& principles, Needs what) {
  return std::any_of(principles.begin(), principles.end(),
                     [what](const Principle* principle) { return principle->needs == what; });
}

std::size_t position_of(const Level& level, const std::vector<Level>& levels) {
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i].text == level.text) return i;
  }
  throw Error(ErrorKind::internal, "no tail at level " + level.text + " was simulated");
}

CoverLoads loads_of(const CoverLoads& cover, const PricingBasis& basis, const GroupFacts& group) {
  CoverLoads loads = loads_in_state(cover, basis, group.state);
  if (std::isfinite(group.commission)) loads.commission = group.commission;
  return loads;
}

}  // namespace

std::vector<Level> levels_for(const RunOptions& options, const PricingBasis& basis) {
  std::vector<Level> levels = options.levels;
  if (levels.empty()) levels.push_back(parse_level("0.99"));
  if (needs(chosen_principles(options.principles), Needs::tail)) {
    levels.push_back(basis.capital_level);
  }
  const auto same = [](const Level& a, const Level& b) { return a.text == b.text; };
  // Billionths are apart by more than doubles round, so values order as the decimals do.
  std::sort(levels.begin(), levels.end(),
            [](const Level& a, const Level& b) { return a.value < b.value; });
  levels.erase(std::unique(levels.begin(), levels.end(), same), levels.end());
  if (levels.size() > levels_max) {
    throw Error(ErrorKind::usage, std::to_string(levels.size()) + " levels are more than the " +
                                      std::to_string(levels_max) +
                                      " that results have room for. Ask for fewer");
  }
  return levels;
}

bool needs_distribution(const std::vector<std::string>& principles) {
  return needs(chosen_principles(principles), Needs::distribution);
}

std::vector<Functional> functionals_for(const std::vector<std::string>& principles,
                                        const PricingBasis& basis, std::uint32_t years) {
  const auto integral = [](Distortion g) {
    return [g = std::move(g)](std::span<const std::int64_t> payouts) {
      return distorted_mean_usd(payouts, *g);
    };
  };
  std::vector<Functional> functionals;
  for (const Principle* principle : chosen_principles(principles)) {
    if (principle->distortion == nullptr) continue;
    functionals.push_back({principle->name, integral(principle->distortion(years, basis.specific)),
                           integral(principle->distortion(years, basis.aggregate))});
  }
  return functionals;
}

Premiums::Premiums(const std::vector<std::string>& names, const PricingBasis& basis,
                   const std::vector<Level>& levels)
    : principles_(chosen_principles(names)),
      basis_(basis),
      needs_tail_(needs(principles_, Needs::tail)) {
  std::size_t functionals = 0;
  for (const Principle* principle : principles_) {
    functional_of_.push_back(functionals);
    functionals += principle->distortion != nullptr ? 1 : 0;
  }
  if (needs_tail_) capital_level_ = position_of(basis.capital_level, levels);
}

CoverPremium Premiums::cover_premium(std::size_t principle, const FigureLoss& loss,
                                     const CoverLoads& loads, const GroupFacts& group) const {
  RiskFigures figures{loss.mean_usd, loss.sd_usd, 0, 0};
  if (needs_tail_) figures.tvar_usd = loss.tvar_usd.at(capital_level_);
  if (principles_[principle]->distortion != nullptr) {
    figures.distorted_usd = loss.functionals.at(functional_of_[principle]);
  }
  const double risk_loaded_usd = principles_[principle]->risk_loaded(figures, loads);
  CoverPremium premium;
  premium.loss_usd = loss.mean_usd;
  premium.risk_load_usd = risk_loaded_usd - loss.mean_usd;
  premium.fixed_usd = loads.fixed_usd_pepm * group.employee_months;
  premium.premium_usd = (risk_loaded_usd + premium.fixed_usd) / loss_share(loads);
  return premium;
}

std::vector<Premium> Premiums::of(const FigureLoss* specific, const FigureLoss* aggregate,
                                  const GroupFacts& group) const {
  std::vector<Premium> premiums(principles_.size());
  for (std::size_t i = 0; i < premiums.size(); ++i) {
    if (specific) {
      premiums[i].specific = cover_premium(i, *specific, specific_loads(group), group);
    }
    if (aggregate) {
      premiums[i].aggregate = cover_premium(i, *aggregate, aggregate_loads(group), group);
    }
  }
  return premiums;
}

CoverLoads Premiums::specific_loads(const GroupFacts& group) const {
  return loads_of(basis_.specific, basis_, group);
}

CoverLoads Premiums::aggregate_loads(const GroupFacts& group) const {
  return loads_of(basis_.aggregate, basis_, group);
}

double Premiums::least_loss_share(const GroupFacts& group) const {
  return std::min(loss_share(specific_loads(group)), loss_share(aggregate_loads(group)));
}

}  // namespace corridor
