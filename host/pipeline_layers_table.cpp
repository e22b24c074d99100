// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/pipeline_layers_table.hpp"

#include <cmath>

#include "host/price/credibility.hpp"
#include "host/price/decimal_text.hpp"
#include "host/price/principles.hpp"
#include "host/risk/table_builder.hpp"

namespace corridor {
namespace {

using Row = const LayerRow&;
using Table = TableBuilder<LayerRow>;

/// The weighted years as the gate sees them: an amount a year, whose spread is that of the weighted
/// losses.
FigureLoss weighted_loss(const LayerRow& row) {
  FigureLoss loss;
  loss.years = row.figures.years;
  loss.simulated_usd = loss.mean_usd = row.figures.mean_usd;
  loss.se_usd = row.figures.se_usd;
  loss.sd_usd = row.figures.se_usd * std::sqrt(static_cast<double>(row.figures.years));
  loss.hits = row.figures.hits;
  return loss;
}

std::string name_of(const LayerRow& row) {
  return row.group_id + ", " + shortest(row.layer.limit_usd) + " xs " +
         shortest(row.layer.attachment_usd);
}

void add_means(Table& table) {
  table.text("group_id", "group, or all: every group of the study",
             [](Row r) { return r.group_id; });
  table.usd("attachment_usd", "of each person's claims of a year",
            [](Row r) { return r.layer.attachment_usd; });
  table.usd("limit_usd", "most that a person's year adds", [](Row r) { return r.layer.limit_usd; });
  table.usd("exact_usd", "expected loss of a year in closed form",
            [](Row r) { return r.exact_usd; });
  table.usd("mean_usd", "the same from the weighted years",
            [](Row r) { return r.figures.mean_usd; });
  table.usd("se_usd", "its standard error", [](Row r) { return r.figures.se_usd; });
  table.number("z", "1", "(mean - exact) / se", layer_z);
  table.usd("sd_usd", "standard deviation of a year's loss",
            [](Row r) { return r.figures.sd_usd; });
  table.usd("sd_se_usd", "its standard error", [](Row r) { return r.figures.sd_se_usd; });
  table.number("probability", "1", "of any loss in a year",
               [](Row r) { return r.figures.probability; });
  table.number("probability_se", "1", "its standard error",
               [](Row r) { return r.figures.probability_se; });
}

void add_tails(const std::vector<Level>& levels, Table& table) {
  for (std::size_t l = 0; l < levels.size(); ++l) {
    const std::string level = levels[l].suffix();
    const auto add = [&](const std::string& name, const char* description, auto member) {
      table.usd(name.c_str(), description, [=](Row r) { return r.figures.tails[l].*member; });
    };
    add("var_" + level + "_usd", "VaR of a year's loss", &WeightedTail::var_usd);
    add("var_" + level + "_se_usd", "its standard error", &WeightedTail::var_se_usd);
    add("tvar_" + level + "_usd", "TVaR of a year's loss", &WeightedTail::tvar_usd);
    add("tvar_" + level + "_se_usd", "its standard error", &WeightedTail::tvar_se_usd);
  }
}

void add_weights(Table& table) {
  table.count("hits", "years drawn with a loss", [](Row r) { return r.figures.hits; });
  table.number("effective_sample_size", "1", "(sum of weights)^2 / sum of squares, of the hits",
               [](Row r) { return r.figures.effective_years; });
  table.number("largest_weight", "1", "of a year; never above 1",
               [](Row r) { return r.figures.largest_weight; });
  table.usd("plain_se_usd", "error of the mean of as many plain years: sd / sqrt(years)",
            [](Row r) { return r.figures.plain_se_usd(); });
  table.number("variance_ratio", "1", "(plain_se / se)^2",
               [](Row r) { return r.figures.variance_ratio(); });
}

void add_premiums(const std::vector<std::string>& principles, Table& table) {
  for (std::size_t p = 0; p < principles.size(); ++p) {
    table.usd(("premium_" + principles[p] + "_usd").c_str(),
              "risk-loaded cost before expenses, on the closed-form mean",
              [=](Row r) { return r.premium_usd[p]; });
  }
  table.number("rate_on_line", "1", "premium by the first principle over the limit", [](Row r) {
    return std::isinf(r.layer.limit_usd) ? std::nan("") : r.premium_usd.front() / r.layer.limit_usd;
  });
}

}  // namespace

double layer_z(const LayerRow& row) { return z_score(weighted_loss(row), row.exact_usd); }

void check_layer_principles(const std::vector<std::string>& principles) {
  for (const std::string& name : principles) {
    if (find_principle(name).needs != Needs::distribution) continue;
    throw Error(ErrorKind::usage,
                "principle " + name +
                    " weighs a whole distribution of equally likely years, and these years have "
                    "weights. Name expected_value, standard_deviation, variance, tvar or "
                    "cost_of_capital");
  }
}

std::vector<double> layer_premiums_usd(double exact_usd, const WeightedFigures& figures,
                                       const WeightedTail& tail,
                                       const std::vector<std::string>& principles,
                                       const CoverLoads& loads) {
  check_layer_principles(principles);
  // The tail stands on the weighted years, its distance from their own mean with it.
  const RiskFigures risk{exact_usd, figures.sd_usd, exact_usd + tail.tvar_usd - figures.mean_usd,
                         0};
  std::vector<double> premiums;
  for (const Principle* principle : chosen_principles(principles)) {
    premiums.push_back(principle->risk_loaded(risk, loads));
  }
  return premiums;
}

CredibilityGate layers_gate(std::span<const LayerRow> rows) {
  std::vector<FigureLoss> losses;
  for (const LayerRow& row : rows) losses.push_back(weighted_loss(row));
  std::vector<CheckedMean> means;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    means.push_back({&losses[r], rows[r].exact_usd,
                     rows[r].figures.largest_weight * rows[r].layer.limit_usd, 0});
  }
  const GateResult result = check_means(means);
  CredibilityGate gate = result.gate;
  for (const GateFailure& failure : result.failures) {
    gate.failures.push_back(name_of(rows[failure.cell]) + ": " + failure.reason);
  }
  return gate;
}

ResultTable layers_table(std::span<const LayerRow> rows, const std::vector<Level>& levels,
                         const std::vector<std::string>& principles) {
  Table table("layers", "Layers of each person's claims, by importance sampling", rows);
  add_means(table);
  add_tails(levels, table);
  add_weights(table);
  add_premiums(principles, table);
  return table.take();
}

}  // namespace corridor
