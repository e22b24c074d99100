// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "corridor/run_options.hpp"

namespace corridor {

/// What turns one cover's losses into its premium. Fractions are of the premium. The values are
/// illustrations, not recommendations: a carrier states its own (data/results.md lists every name).
struct CoverLoads {
  double expense = 0.08;
  double commission = 0.10;  ///< a finite `commission` of a group replaces it
  double mgu_fee = 0;   ///< managing general underwriter's fee
  double fronting = 0;  ///< fee of the company whose paper the policy is on
  double premium_tax = 0.025;  ///< PricingBasis::premium_tax_by_state replaces it
  double profit = 0.05;
  double fixed_usd_pepm = 0;  ///< per employee and month, before the gross-up

  double theta = 0.05;            ///< expected_value: (1 + theta) E[R]
  double sd_weight = 0.05;        ///< standard_deviation: E[R] + sd_weight SD[R]
  double variance_weight = 1e-7;  ///< variance, per dollar: E[R] + variance_weight Var[R]
  double rho = 1.05;              ///< ph_transform, 1 or more
  double lambda = 0.05;           ///< wang_transform, 0 or more
  double tvar_weight = 0.01;      ///< tvar: E[R] + tvar_weight (TVaR[R] - E[R])
  double cost_of_capital = 0.10;  ///< cost_of_capital: (E[R] + r K) / (1 + r), r a year
  double capital_share = 0.10;    ///< K = E[R] + capital_share (TVaR[R] - E[R]): a book needs less
                                  ///< capital than its groups one by one
  double percent_to_manual_floor = 0.6;  ///< least share of the manual premium that experience
                                         ///< may leave; published floors are 0.5 to 0.7
};

/// Loads of both covers.
struct PricingBasis {
  CoverLoads specific;
  CoverLoads aggregate;
  Level capital_level{"0.99", 0.99};  ///< of the TVaR in tvar and cost_of_capital
  /// K of the credibility n / (n + K) of n life-years of experience.
  double credibility_life_years = 274;
  std::map<std::string, double> premium_tax_by_state;  ///< "TX": of both covers of its groups
};

/// Reads a TOML file: keys named as the members of CoverLoads, at the top for both covers, under
/// [specific] or [aggregate] for one, capital_level, credibility_life_years, and states under
/// [premium_tax_state].
///
/// throws  Error{missing_input} when it cannot be opened, Error{bad_data} with every problem found,
///         each with its line and column
PricingBasis load_pricing(const std::string& path);

/// The same from text; `name` stands for the file in messages.
PricingBasis parse_pricing(const std::string& text, const std::string& name);

/// Applies "expense=0.08", "aggregate.theta=0.2", "premium_tax_state.TX=0.0175" or
/// "capital_level=0.995".
/// throws  Error{usage} for an unknown name or a value out of range
void apply_load(PricingBasis& basis, const std::string& assignment);

/// One load as help, reports and provenance show it.
struct LoadInfo {
  std::string name;  ///< "expense"
  std::string description;
  double least = 0, most = 0;
};
std::vector<LoadInfo> pricing_loads();

/// Every value of a basis by its full name: {"specific.expense", "0.08"}, ...
struct NamedValue {
  std::string name, value;
};
std::vector<NamedValue> described(const PricingBasis& basis);

/// A premium principle as help and reports show it.
struct PrincipleInfo {
  std::string name;  ///< "wang_transform"
  std::string formula;
  bool needs_tail = false;          ///< TVaR at capital_level
  bool needs_distribution = false;  ///< every payout, sorted
};
std::vector<PrincipleInfo> premium_principles();

/// The principles of a run that names none.
std::vector<std::string> default_principles();

}  // namespace corridor
