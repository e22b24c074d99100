// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/report/scenario_text.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/report/gate_line.hpp"
#include "host/report/number_text.hpp"
#include "host/report/printable.hpp"
#include "host/report/table_view.hpp"
#include "host/report/text_table.hpp"

namespace corridor {
namespace {

constexpr std::size_t most_groups = 5;

std::string setting(const RunFacts& run, std::string_view name) {
  const auto found = std::find_if(run.settings.begin(), run.settings.end(),
                                  [&](const NamedValue& value) { return value.name == name; });
  return found == run.settings.end() ? "" : found->value;
}

std::string counted(const RunFacts& run, const std::string& what) {
  return count_text(std::strtoull(setting(run, what).c_str(), nullptr, 10)) + " " + what + ", ";
}

std::string heading(const RunFacts& run) {
  const std::string description = setting(run, "stress_description");
  return counted(run, "groups") + counted(run, "members") + count_text(run.years) +
         " years twice, seed " + std::to_string(run.seed) + "; USD a policy year\n" +
         printable(setting(run, "stress")) +
         (description.empty() ? "" : ": " + printable(description)) + "\n" +
         (setting(run, "reprice") == "true"
              ? "Attachments and premiums follow the stress.\n"
              : "Attachments in dollars and premiums are those of the book as it is.\n");
}

/// "var_99_5" as "VaR 99.5"
std::string figure_name(std::string figure) {
  for (const auto& [from, to] : {std::pair{"tvar_", "TVaR "}, {"var_", "VaR "}}) {
    if (!figure.starts_with(from)) continue;
    figure = to + figure.substr(std::string(from).size());
    std::replace(figure.begin(), figure.end(), '_', '.');
    return figure;
  }
  return figure;
}

std::string signed_usd(double usd) { return (usd > 0 ? "+" : "") + money_text(usd); }

std::string change_text(double usd, double se_usd) {
  return signed_usd(usd) + (se_usd > 0 ? " (" + money_text(se_usd) + ")" : "");
}

/// Means of everything; spread and tails of what the carrier pays.
bool on_screen(const std::string& metric, const std::string& figure, bool has_treaties) {
  if ((metric == "ceded" || metric == "net") && !has_treaties) return false;
  return figure == "mean" || metric == (has_treaties ? "net" : "gross");
}

std::string changes_text(const ResultFile& results) {
  const TableView table(results.find("changes"));
  const bool has_treaties = setting(results.run, "treaties") != "0";
  TextTable text;
  text.add({"", "as it is", "stressed", "change", "ratio", "closed form", ""});
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string metric = table.text("metric", row), figure = table.text("figure", row);
    if (!on_screen(metric, figure, has_treaties)) continue;
    const double exact = table.number("exact_change_usd", row);
    std::string name = metric + ", " + figure_name(figure);
    std::replace(name.begin(), name.end(), '_', ' ');
    text.add({name, money_text(table.number("base_usd", row)),
              money_text(table.number("stressed_usd", row)),
              change_text(table.number("change_usd", row), table.number("change_se_usd", row)),
              money_text(table.number("ratio", row), 4), std::isnan(exact) ? "" : signed_usd(exact),
              ""});
  }
  return "\nA year of the book, standard errors of paired years in parentheses\n" + text.text();
}

std::string loss_ratio_text(const ResultFile& results) {
  const TableView table(results.find("loss_ratio"));
  if (table.rows() == 0) return "";
  TextTable text;
  text.add({"", "as it is", "stressed", ""});
  const auto line = [&](const char* name, const std::string& column, auto shown) {
    text.add({name, shown(table.number("base_" + column, 0)),
              shown(table.number("stressed_" + column, 0)), ""});
  };
  line("premium", "premium_usd", [](double usd) { return money_text(usd); });
  line("loss ratio", "ratio", percent_text);
  line("years above the premium", "above_premium", percent_text);
  return "\nOf the premium\n" + text.text();
}

/// Rows of the largest changes, largest first; rows without a change are left out.
std::vector<std::size_t> largest_changes(const TableView& table) {
  std::vector<std::size_t> rows(table.rows());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  const auto size = [&](std::size_t row) { return std::fabs(table.number("change_usd", row)); };
  std::erase_if(rows, [&](std::size_t row) { return !(size(row) > 0); });
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::size_t a, std::size_t b) { return size(a) > size(b); });
  if (rows.size() > most_groups) rows.resize(most_groups);
  return rows;
}

std::string groups_text(const ResultFile& results) {
  const TableView table(results.find("groups"));
  const std::vector<std::size_t> rows = largest_changes(table);
  if (rows.empty()) return "";
  TextTable text;
  text.add({"", "specific as it is", "stressed", "aggregate as it is", "stressed", "change",
            "loss ratio as it is", "stressed", ""});
  for (const std::size_t row : rows) {
    const auto usd = [&](const char* column) { return money_text(table.number(column, row)); };
    text.add({printable(table.text("group_id", row)), usd("base_specific_usd"),
              usd("stressed_specific_usd"), usd("base_aggregate_usd"),
              usd("stressed_aggregate_usd"), signed_usd(table.number("change_usd", row)),
              percent_text(table.number("base_loss_ratio", row)),
              percent_text(table.number("stressed_loss_ratio", row)), ""});
  }
  return "\nGroups whose expected payouts change most\n" + text.text();
}

}  // namespace

std::string scenario_text(const ResultFile& results) {
  return heading(results.run) + changes_text(results) + loss_ratio_text(results) +
         groups_text(results) + "\n" + gate_line(results.gate);
}

}  // namespace corridor
