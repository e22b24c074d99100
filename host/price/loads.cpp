// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/loads.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "corridor/error.hpp"
#include "host/price/decimal_text.hpp"
#include "host/nearest.hpp"

namespace corridor {
namespace {

constexpr std::array fields{
    LoadField{"expense", "claim and administration expense, share of the premium", 0, 0.95,
              &CoverLoads::expense},
    LoadField{"commission", "commission, share of the premium; a group's own replaces it", 0, 0.95,
              &CoverLoads::commission},
    LoadField{"mgu_fee", "managing general underwriter's fee, share of the premium", 0, 0.95,
              &CoverLoads::mgu_fee},
    LoadField{"fronting", "fronting fee, share of the premium", 0, 0.95, &CoverLoads::fronting},
    LoadField{"premium_tax", "tax, share of the premium; premium_tax_state.TX for one state", 0,
              0.95, &CoverLoads::premium_tax},
    LoadField{"profit", "profit, share of the premium", 0, 0.95, &CoverLoads::profit},
    LoadField{"fixed_usd_pepm", "fixed cost per employee and month, before the gross-up", 0, 1e6,
              &CoverLoads::fixed_usd_pepm},
    LoadField{"theta", "expected_value: loading of the mean", 0, 100, &CoverLoads::theta},
    LoadField{"sd_weight", "standard_deviation: weight of the standard deviation", 0, 100,
              &CoverLoads::sd_weight},
    LoadField{"variance_weight", "variance: weight of the variance, per dollar", 0, 1,
              &CoverLoads::variance_weight},
    LoadField{"rho", "ph_transform: index of risk aversion, 1 = none", 1, 100, &CoverLoads::rho},
    LoadField{"lambda", "wang_transform: shift in normal quantiles", 0, 5, &CoverLoads::lambda},
    LoadField{"tvar_weight", "tvar: weight of TVaR above the mean", 0, 1, &CoverLoads::tvar_weight},
    LoadField{"cost_of_capital", "cost_of_capital: yearly rate on capital", 0, 1,
              &CoverLoads::cost_of_capital},
    LoadField{
        "capital_share",
        "cost_of_capital: share of a group's own TVaR above its mean that it needs as capital", 0,
        1, &CoverLoads::capital_share},
    LoadField{"percent_to_manual_floor",
              "least share of the manual premium that experience may leave", 0, 1,
              &CoverLoads::percent_to_manual_floor}};

constexpr const char* state_prefix = "premium_tax_state.";

// Of the whole basis, not of a cover: a group has one credibility.
constexpr LoadField life_years_field{
    "credibility_life_years", "K of the credibility n / (n + K) of n life-years", 1, 1e9, nullptr};

[[noreturn]] void reject(const std::string& assignment, const std::string& why) {
  throw Error(ErrorKind::usage, "load '" + assignment + "': " + why);
}

double parse_number(const std::string& assignment, const std::string& text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) {
    reject(assignment, "'" + text + "' is not a number. Write it plainly, as in expense=0.08");
  }
  return value;
}

void set_state_tax(PricingBasis& basis, const std::string& assignment, const std::string& state,
                   double value) {
  if (const std::string problem = state_problem(state); !problem.empty()) {
    reject(assignment, problem);
  }
  if (const std::string problem = range_problem(*find_load("premium_tax"), value);
      !problem.empty()) {
    reject(assignment, problem);
  }
  basis.premium_tax_by_state[state] = value;
}

void set_load(PricingBasis& basis, const std::string& assignment, const std::string& name,
              double value) {
  if (name.starts_with(state_prefix)) {
    set_state_tax(basis, assignment, name.substr(std::string_view(state_prefix).size()), value);
    return;
  }
  if (name == life_years_field.name) {
    if (const std::string problem = life_years_problem(value); !problem.empty()) {
      reject(assignment, problem);
    }
    basis.credibility_life_years = value;
    return;
  }
  const std::size_t dot = name.find('.');
  const std::string cover = dot == std::string::npos ? "" : name.substr(0, dot);
  const LoadField* field = find_load(dot == std::string::npos ? name : name.substr(dot + 1));
  if (field == nullptr || (!cover.empty() && cover != "specific" && cover != "aggregate")) {
    const std::string close = nearest_name(name, assignable_names());
    reject(assignment, "there is no load '" + name + "'" +
                           (close.empty() ? ". 'corridor price --help' lists the loads"
                                          : ". Did you mean '" + close + "'?"));
  }
  if (const std::string problem = range_problem(*field, value); !problem.empty()) {
    reject(assignment, problem);
  }
  if (cover != "aggregate") basis.specific.*(field->value) = value;
  if (cover != "specific") basis.aggregate.*(field->value) = value;
}

}  // namespace

std::span<const LoadField> load_fields() { return fields; }

const LoadField* find_load(const std::string& name) {
  for (const LoadField& field : fields) {
    if (name == field.name) return &field;
  }
  return nullptr;
}

std::string life_years_problem(double value) { return range_problem(life_years_field, value); }

std::string range_problem(const LoadField& field, double value) {
  if (value >= field.least && value <= field.most) return {};
  return "value " + shortest(value) + " of '" + field.name + "' is outside " +
         shortest(field.least) + " to " + shortest(field.most) + " (" + field.description + ")";
}

std::vector<std::string> assignable_names() {
  std::vector<std::string> names{"capital_level", life_years_field.name};
  for (const char* prefix : {"", "specific.", "aggregate."}) {
    for (const LoadField& field : fields) names.push_back(std::string(prefix) + field.name);
  }
  return names;
}

double loss_share(const CoverLoads& loads) {
  return 1 - loads.expense - loads.commission - loads.mgu_fee - loads.fronting - loads.premium_tax -
         loads.profit;
}

std::string state_problem(std::string_view state) {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (state.size() == 2 && capital(state[0]) && capital(state[1])) return {};
  return "'" + std::string(state) + "' is not a state. Write two capital letters, as in TX";
}

CoverLoads loads_in_state(CoverLoads loads, const PricingBasis& basis, const std::string& state) {
  const auto found = basis.premium_tax_by_state.find(state);
  if (found != basis.premium_tax_by_state.end()) loads.premium_tax = found->second;
  return loads;
}

std::string basis_problem(const PricingBasis& basis) {
  std::vector<std::string> states{""};
  for (const auto& [state, tax] : basis.premium_tax_by_state) states.push_back(state);
  for (const std::string& state : states) {
    for (const auto& [cover, loads] :
         {std::pair{"specific", basis.specific}, std::pair{"aggregate", basis.aggregate}}) {
      const double share = loss_share(loads_in_state(loads, basis, state));
      if (share >= loss_share_least) continue;
      return std::string("expense, commission, mgu_fee, fronting, premium_tax and profit of the ") +
             cover + " cover" + (state.empty() ? "" : " in " + state) + " leave " +
             shortest(std::round(share * 1e9) / 1e9) +
             " of the premium for losses (0.05 or more is needed). Lower one of them";
    }
  }
  return {};
}

void apply_load(PricingBasis& basis, const std::string& assignment) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos) reject(assignment, "write it as NAME=VALUE");
  const std::string name = assignment.substr(0, equals), text = assignment.substr(equals + 1);
  if (name == "capital_level") {
    try {
      basis.capital_level = parse_level(text);
    } catch (const Error& error) {
      reject(assignment, error.what());
    }
    return;
  }
  PricingBasis changed = basis;
  set_load(changed, assignment, name, parse_number(assignment, text));
  if (const std::string problem = basis_problem(changed); !problem.empty()) {
    reject(assignment, problem);
  }
  basis = changed;
}

std::vector<LoadInfo> pricing_loads() {
  std::vector<LoadInfo> loads;
  for (const LoadField& field : fields) {
    loads.push_back({field.name, field.description, field.least, field.most});
  }
  const LoadField& last = life_years_field;
  loads.push_back({last.name, last.description, last.least, last.most});
  return loads;
}

std::vector<NamedValue> described(const PricingBasis& basis) {
  std::vector<NamedValue> values;
  for (const auto& [cover, loads] :
       {std::pair{"specific.", basis.specific}, std::pair{"aggregate.", basis.aggregate}}) {
    for (const LoadField& field : fields) {
      values.push_back({cover + std::string(field.name), shortest(loads.*(field.value))});
    }
  }
  for (const auto& [state, tax] : basis.premium_tax_by_state) {
    values.push_back({state_prefix + state, shortest(tax)});
  }
  values.push_back({life_years_field.name, shortest(basis.credibility_life_years)});
  values.push_back({"capital_level", basis.capital_level.text});
  return values;
}

}  // namespace corridor
