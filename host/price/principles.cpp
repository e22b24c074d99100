// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/principles.hpp"

#include <algorithm>
#include <array>

#include "corridor/error.hpp"
#include "host/nearest.hpp"

namespace corridor {
namespace {

double expected_value(const RiskFigures& r, const CoverLoads& loads) {
  return (1 + loads.theta) * r.mean_usd;
}
double standard_deviation(const RiskFigures& r, const CoverLoads& loads) {
  return r.mean_usd + loads.sd_weight * r.sd_usd;
}
double variance(const RiskFigures& r, const CoverLoads& loads) {
  return r.mean_usd + loads.variance_weight * (r.sd_usd * r.sd_usd);
}
double distorted(const RiskFigures& r, const CoverLoads&) { return r.distorted_usd; }
double tvar(const RiskFigures& r, const CoverLoads& loads) {
  return r.mean_usd + loads.tvar_weight * (r.tvar_usd - r.mean_usd);
}
double cost_of_capital(const RiskFigures& r, const CoverLoads& loads) {
  const double capital_usd = r.mean_usd + loads.capital_share * (r.tvar_usd - r.mean_usd);
  return (r.mean_usd + loads.cost_of_capital * capital_usd) / (1 + loads.cost_of_capital);
}

Distortion ph_distortion(std::uint32_t years, const CoverLoads& loads) {
  return proportional_hazard(years, loads.rho);
}
Distortion wang_distortion(std::uint32_t years, const CoverLoads& loads) {
  return wang(years, loads.lambda);
}

constexpr std::array table{
    Principle{"expected_value", "(1 + theta) E[R]", Needs::moments, expected_value, nullptr},
    Principle{"standard_deviation", "E[R] + sd_weight SD[R]", Needs::moments, standard_deviation,
              nullptr},
    Principle{"variance", "E[R] + variance_weight Var[R]", Needs::moments, variance, nullptr},
    Principle{"ph_transform", "integral of S(x)^(1/rho) dx", Needs::distribution, distorted,
              ph_distortion},
    Principle{"wang_transform", "integral of Phi(Phi^-1(S(x)) + lambda) dx", Needs::distribution,
              distorted, wang_distortion},
    Principle{"tvar", "E[R] + tvar_weight (TVaR[R] - E[R])", Needs::tail, tvar, nullptr},
    Principle{
        "cost_of_capital",
        "(E[R] + r K) / (1 + r), r = cost_of_capital, K = E[R] + capital_share (TVaR[R] - E[R])",
        Needs::tail, cost_of_capital, nullptr}};

std::vector<std::string> names() {
  std::vector<std::string> result;
  for (const Principle& principle : table) result.emplace_back(principle.name);
  return result;
}

}  // namespace

std::span<const Principle> principles() { return table; }

const Principle& find_principle(const std::string& name) {
  for (const Principle& principle : table) {
    if (name == principle.name) return principle;
  }
  std::string known;
  for (const std::string& each : names()) known += (known.empty() ? "" : ", ") + each;
  const std::string close = nearest_name(name, names());
  throw Error(ErrorKind::usage,
              "there is no premium principle '" + name + "'. " +
                  (close.empty() ? "Known are " + known : "Did you mean '" + close + "'?"));
}

std::vector<const Principle*> chosen_principles(const std::vector<std::string>& chosen) {
  std::vector<const Principle*> result;
  for (const std::string& name : chosen.empty() ? default_principles() : chosen) {
    const Principle* principle = &find_principle(name);
    if (std::find(result.begin(), result.end(), principle) == result.end()) {
      result.push_back(principle);
    }
  }
  return result;
}

std::vector<PrincipleInfo> premium_principles() {
  std::vector<PrincipleInfo> result;
  for (const Principle& principle : table) {
    result.push_back({principle.name, principle.formula, principle.needs == Needs::tail,
                      principle.needs == Needs::distribution});
  }
  return result;
}

std::vector<std::string> default_principles() { return {"expected_value", "standard_deviation"}; }

}  // namespace corridor
