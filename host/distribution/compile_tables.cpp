// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <type_traits>

#include "host/claim_range.hpp"
#include "host/distribution/compile.hpp"
#include "host/distribution/law_problems.hpp"

namespace corridor {
namespace {

constexpr double removed_share_worth_a_warning = 1e-3;

/// Calls use(row, value) for every row of a numeric column of width 1.
template <class Use>
void each_value(const Table& table, std::string_view name, Use use) {
  const Column* column = table.find(name);
  if (!column) return;
  std::visit(
      [&](const auto& values) {
        using Value = typename std::decay_t<decltype(values)>::value_type;
        if constexpr (std::is_arithmetic_v<Value>) {
          for (std::size_t row = 0; row < values.size(); ++row) {
            use(row, static_cast<double>(values[row]));
          }
        }
      },
      column->values);
}

std::optional<Problem> cap_warning(const DistributionSpec& spec, const ClaimLaw& law,
                                   const std::string& path) {
  const double removed = law.excess(spec.maximum_usd);
  if (removed <= removed_share_worth_a_warning * law.mean()) return std::nullopt;
  Problem warning;
  warning.severity = Problem::Severity::warning;
  warning.code = "W_CAP";
  warning.file = path;
  warning.dataset = "/distributions/" + spec.name + "@maximum_usd";
  warning.value = shown(spec.maximum_usd);
  const auto cents = [](double usd) { return shown(std::round(usd * 100) / 100); };
  warning.message = "at scale 1 the cap on a person's claims removes " + cents(removed) + " of " +
                    cents(law.mean()) + " dollars a person";
  warning.fix = "Nothing need be done if that is meant; a higher maximum_usd keeps more";
  return warning;
}

struct LawTable {
  std::vector<Bucket> buckets;
  std::optional<Problem> warning;
};

/// A table a law, in the book's order. A stressed book has dozens.
std::vector<LawTable> compile_laws(const Portfolio& portfolio, const LawScales& scales) {
  std::vector<LawTable> tables(portfolio.distributions.size());
  tbb::parallel_for(std::size_t{0}, tables.size(), [&](std::size_t i) {
    const DistributionSpec& spec = portfolio.distributions[i];
    const std::unique_ptr<ClaimLaw> law = make_law(spec, portfolio.distributions);
    tables[i] = {compile_table(*law, spec.maximum_usd / scales.rung(spec.index)),
                 cap_warning(spec, *law, portfolio.path)};
  });
  return tables;
}

/// A table an effect, in the order asked for. A large book has hundreds.
std::vector<std::vector<Bucket>> compile_effects(const std::vector<EffectLaw>& effects) {
  std::vector<std::vector<Bucket>> tables(effects.size());
  tbb::parallel_for(std::size_t{0}, effects.size(),
                    [&](std::size_t i) { tables[i] = compile_effect(effects[i]); });
  return tables;
}

}  // namespace

void LawScales::add(const Table& members) {
  std::vector<double> scale(members.rows, 1.0);
  each_value(members, "scale", [&](std::size_t row, double value) { scale[row] = value; });
  each_value(members, "distribution", [&](std::size_t row, double value) {
    double& law = least_[static_cast<std::uint16_t>(value)];
    law = std::min(law, scale[row]);
  });
}

double LawScales::rung(std::uint16_t index) const { return factor_rung(least_[index]); }

ClaimTables compile_tables(const Portfolio& portfolio, const std::vector<EffectLaw>& effects,
                           const LawScales& scales) {
  ClaimTables tables;
  tables.effects = effects;
  const auto append = [&](const std::vector<Bucket>& table) {
    tables.buckets.insert(tables.buckets.end(), table.begin(), table.end());
  };
  const std::vector<LawTable> laws = compile_laws(portfolio, scales);
  for (std::size_t i = 0; i < laws.size(); ++i) {
    const DistributionSpec& spec = portfolio.distributions[i];
    tables.table_of[spec.index] = static_cast<std::uint32_t>(i);
    tables.maximum_usd.push_back(spec.maximum_usd);
    append(laws[i].buckets);
    if (laws[i].warning) tables.warnings.push_back(*laws[i].warning);
  }
  tables.first_effect = static_cast<std::uint32_t>(tables.maximum_usd.size());
  for (const std::vector<Bucket>& table : compile_effects(effects)) append(table);
  return tables;
}

ClaimTables compile_tables(const Portfolio& portfolio, const std::vector<EffectLaw>& effects) {
  LawScales scales;
  scales.add(portfolio.members);
  return compile_tables(portfolio, effects, scales);
}

}  // namespace corridor
