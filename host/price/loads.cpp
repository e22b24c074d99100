// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/loads.hpp"

#include <array>
#include <charconv>

#include "corridor/error.hpp"
#include "host/price/decimal_text.hpp"
#include "host/price/nearest.hpp"

namespace corridor {
namespace {

constexpr std::array fields{
    LoadField{"expense", "claim and administration expense, share of the premium", 0, 0.95,
              &CoverLoads::expense},
    LoadField{"commission", "commission, share of the premium; a group's own replaces it", 0, 0.95,
              &CoverLoads::commission},
    LoadField{"premium_tax", "tax, share of the premium", 0, 0.95, &CoverLoads::premium_tax},
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
        1, &CoverLoads::capital_share}};

[[noreturn]] void reject(const std::string& assignment, const std::string& why) {
  throw Error(ErrorKind::usage, "load '" + assignment + "': " + why);
}

double parse_number(const std::string& assignment, const std::string& text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end) {
    reject(assignment, "'" + text + "' is not a number. Write it as in expense=0.08");
  }
  return value;
}

void set_load(PricingBasis& basis, const std::string& assignment, const std::string& name,
              double value) {
  const std::size_t dot = name.find('.');
  const std::string cover = dot == std::string::npos ? "" : name.substr(0, dot);
  const LoadField* field = find_load(dot == std::string::npos ? name : name.substr(dot + 1));
  if (field == nullptr || (!cover.empty() && cover != "specific" && cover != "aggregate")) {
    const std::string close = nearest_name(name, assignable_names());
    reject(assignment, "there is no load '" + name + "'" +
                           (close.empty() ? "" : ". Did you mean '" + close + "'?"));
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

std::string range_problem(const LoadField& field, double value) {
  if (value >= field.least && value <= field.most) return {};
  return "value " + shortest(value) + " of '" + field.name + "' is outside " +
         shortest(field.least) + " to " + shortest(field.most);
}

std::vector<std::string> assignable_names() {
  std::vector<std::string> names{"capital_level"};
  for (const char* prefix : {"", "specific.", "aggregate."}) {
    for (const LoadField& field : fields) names.push_back(std::string(prefix) + field.name);
  }
  return names;
}

double loss_share(const CoverLoads& loads) {
  return 1 - loads.expense - loads.commission - loads.premium_tax - loads.profit;
}

std::string basis_problem(const PricingBasis& basis) {
  for (const auto& [cover, loads] :
       {std::pair{"specific", basis.specific}, std::pair{"aggregate", basis.aggregate}}) {
    if (loss_share(loads) >= loss_share_least) continue;
    return std::string("expense, commission, premium_tax and profit of the ") + cover +
           " cover leave " + shortest(loss_share(loads)) +
           " of the premium for losses (0.05 or more is needed). Lower one of them";
  }
  return {};
}

void apply_load(PricingBasis& basis, const std::string& assignment) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos) reject(assignment, "write it as NAME=VALUE");
  const std::string name = assignment.substr(0, equals), text = assignment.substr(equals + 1);
  if (name == "capital_level") {
    basis.capital_level = parse_level(text);
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
  values.push_back({"capital_level", basis.capital_level.text});
  return values;
}

}  // namespace corridor
