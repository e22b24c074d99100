// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/report/result_text.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "host/report/gate_line.hpp"
#include "host/report/number_text.hpp"
#include "host/report/printable.hpp"
#include "host/report/result_block.hpp"
#include "host/report/table_view.hpp"
#include "host/report/text_table.hpp"

namespace corridor {
namespace {

constexpr std::size_t most_contributions = 10, most_periods = 6, most_claims = 8;

std::string setting(const RunFacts& run, std::string_view name) {
  for (const NamedValue& value : run.settings) {
    if (value.name == name) return value.value;
  }
  return "";
}

/// "48 groups, 12,669 members, 100,000 years, seed 1; USD a policy year"
std::string heading(const RunFacts& run) {
  std::string text;
  for (const char* counted : {"group", "member"}) {
    const std::string found = setting(run, std::string(counted) + "s");
    const unsigned long long count = std::strtoull(found.c_str(), nullptr, 10);
    if (!found.empty()) text += count_text(count) + " " + counted + (count == 1 ? ", " : "s, ");
  }
  return text + count_text(run.years) + " years, seed " + std::to_string(run.seed) +
         "; USD a policy year\n";
}

std::string metrics_block(const ResultFile& results) {
  constexpr Shown columns[] = {{"", "metric", Form::name},
                               {"mean", "mean_usd", Form::usd, "se_usd"},
                               {"sd", "sd_usd", Form::usd},
                               {"exact mean", "exact_usd", Form::usd},
                               {"z", "z", Form::decimal},
                               {"chance", "probability", Form::fraction}};
  const TableView table(results.find("metrics"));
  return block("A year of the book, standard errors in parentheses", table, columns,
               told_rows(results, table));
}

std::string risk_block(const ResultFile& results) {
  constexpr Shown columns[] = {{"", "metric", Form::name},
                               {"level", "level", Form::plain},
                               {"VaR", "var_usd", Form::usd, "var_se_usd"},
                               {"TVaR", "tvar_usd", Form::usd, "tvar_se_usd"},
                               {"economic capital", "economic_capital_usd", Form::usd}};
  const TableView table(results.find("risk"));
  return block("Bad years", table, columns, carrier_rows(results, table));
}

std::string loss_ratio_block(const ResultFile& results) {
  constexpr Shown columns[] = {{"", "metric", Form::name},
                               {"premium", "premium_usd", Form::usd},
                               {"mean", "mean", Form::fraction},
                               {"sd", "sd", Form::fraction},
                               {"1 in 20", "quantile_95", Form::fraction},
                               {"1 in 100", "quantile_99", Form::fraction},
                               {"above 100%", "probability_above_1", Form::fraction}};
  const TableView table(results.find("loss_ratio"));
  return block("Losses over premium", table, columns, told_rows(results, table));
}

/// What is exceeded in one year of so many: return periods down, metrics across.
class Exceedance {
 public:
  explicit Exceedance(const ResultFile& results) : table_(results.find("exceedance")) {
    for (const std::size_t row : all_rows(table_)) {
      if (table_.text("metric", row) == largest_claim) claims_.push_back(row);
    }
    for (const std::size_t row : carrier_rows(results, table_)) {
      const std::string metric = table_.text("metric", row);
      if (metric == largest_claim) continue;
      rows_.push_back(row);
      periods_.insert(period(row));
      if (std::find(metrics_.begin(), metrics_.end(), metric) == metrics_.end()) {
        metrics_.push_back(metric);
      }
    }
    while (periods_.size() > most_periods) periods_.erase(periods_.begin());
  }

  std::string text() const {
    if (rows_.empty()) return "";
    TextTable text;
    std::vector<std::string> heading{"one year in"};
    for (const std::string& metric : metrics_) heading.push_back(spaced(metric));
    heading.push_back("");
    text.add(heading);
    for (const double years : periods_) text.add(line(years));
    return "\nExceeded\n" + text.text();
  }

  /// Chances that some person's claims of a year exceed amounts, the largest that happened.
  std::string claims_text() const {
    std::vector<std::string> amounts{"claims of a person above"}, chances{"chance of a year"};
    for (const std::size_t row : shown_claims()) {
      amounts.push_back(money_text(table_.number("loss_usd", row)));
      chances.push_back(percent_text(table_.number("probability", row)));
    }
    if (amounts.size() == 1) return "";
    for (auto* cells : {&amounts, &chances}) cells->push_back("");
    TextTable text;
    text.add(amounts);
    text.add(chances);
    return "\n" + text.text();
  }

 private:
  static constexpr std::string_view largest_claim = "largest_claim";

  double period(std::size_t row) const { return table_.number("return_period_years", row); }

  std::vector<std::string> line(double years) const {
    std::vector<std::string> cells(metrics_.size() + 2);
    cells[0] = money_text(years);
    for (const std::size_t row : rows_) {
      if (period(row) != years) continue;
      const auto metric = std::find(metrics_.begin(), metrics_.end(), table_.text("metric", row));
      cells[1 + static_cast<std::size_t>(metric - metrics_.begin())] =
          usd_text(table_.number("loss_usd", row), table_.number("se_usd", row));
    }
    return cells;
  }

  std::vector<std::size_t> shown_claims() const {
    std::vector<std::size_t> shown;
    for (const std::size_t row : claims_) {
      if (table_.number("probability", row) > 0) shown.push_back(row);
    }
    if (shown.size() > most_claims) {
      shown.erase(shown.begin(), shown.end() - static_cast<std::ptrdiff_t>(most_claims));
    }
    return shown;
  }

  TableView table_;
  std::vector<std::size_t> rows_, claims_;
  std::vector<std::string> metrics_;
  std::set<double> periods_;
};

std::string marginal_block(const ResultFile& results) {
  constexpr Shown columns[] = {{"", "group_id", Form::plain},
                               {"level", "level", Form::plain},
                               {"premium", "premium_usd", Form::usd},
                               {"mean", "mean_usd", Form::usd, "mean_se_usd"},
                               {"TVaR", "tvar_usd", Form::usd, "tvar_se_usd"},
                               {"capital", "capital_usd", Form::usd},
                               {"cost", "cost_usd", Form::usd}};
  const TableView table(results.find("marginal"));
  return block("What groups add to the book", table, columns, all_rows(table));
}

std::string treaties_block(const ResultFile& results) {
  constexpr Shown columns[] = {{"", "treaty", Form::plain},
                               {"kind", "kind", Form::name},
                               {"ceded", "ceded_mean_usd", Form::usd, "ceded_se_usd"},
                               {"chance", "ceded_probability", Form::fraction},
                               {"premium", "premium_usd", Form::usd},
                               {"commission", "commission_usd", Form::usd},
                               {"rate on line", "rate_on_line", Form::fraction}};
  const TableView table(results.find("treaties"));
  return block("Treaties", table, columns, all_rows(table));
}

std::string captives_block(const ResultFile& results) {
  constexpr Shown columns[] = {{"", "treaty", Form::plain},
                               {"funds", "funds_usd", Form::usd},
                               {"losses", "losses_mean_usd", Form::usd, "losses_se_usd"},
                               {"dividend", "dividend_mean_usd", Form::usd},
                               {"call", "call_mean_usd", Form::usd},
                               {"chance of a call", "call_probability", Form::fraction}};
  const TableView table(results.find("captives"));
  return block("Captives", table, columns, all_rows(table));
}

/// Rows of the largest parts of the tail, largest first, of the first metric and level alone.
std::vector<std::size_t> largest_contributions(const TableView& table, const std::string& by) {
  std::vector<std::size_t> rows;
  for (const std::size_t row : all_rows(table)) {
    const bool same = table.text("metric", row) == table.text("metric", 0) &&
                      table.text("level", row) == table.text("level", 0);
    if (same && table.text("by", row) == by) rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    return table.number("tvar_usd", a) > table.number("tvar_usd", b);
  });
  if (rows.size() > most_contributions) rows.resize(most_contributions);
  return rows;
}

/// Groups where there are any, else what stands first.
std::string contributors(const TableView& table) {
  for (const std::size_t row : all_rows(table)) {
    if (table.text("by", row) == "group") return "group";
  }
  return table.text("by", 0);
}

std::string contributions_block(const ResultFile& results) {
  constexpr Shown columns[] = {{"", "key", Form::plain},
                               {"mean", "mean_usd", Form::usd},
                               {"of the TVaR", "tvar_usd", Form::usd, "tvar_se_usd"},
                               {"share", "share", Form::fraction}};
  const TableView table(results.find("contributions"));
  if (table.rows() == 0) return "";
  const std::string by = contributors(table);
  return block("The TVaR of " + spaced(table.text("metric", 0)) + " at " +
                   printable(table.text("level", 0)) + ", largest parts by " + spaced(by),
               table, columns, largest_contributions(table, by));
}

/// All groups together, and of the groups those with the largest expected losses.
std::vector<std::size_t> told_layers(const TableView& table) {
  std::vector<std::size_t> together, groups;
  for (const std::size_t row : all_rows(table)) {
    (table.text("group_id", row) == "all" ? together : groups).push_back(row);
  }
  std::stable_sort(groups.begin(), groups.end(), [&](std::size_t a, std::size_t b) {
    return table.number("exact_usd", a) > table.number("exact_usd", b);
  });
  if (groups.size() == together.size()) return groups;  // one group is all of them
  if (groups.size() > most_contributions) groups.resize(most_contributions);
  together.insert(together.end(), groups.begin(), groups.end());
  return together;
}

std::string layers_block(const ResultFile& results) {
  constexpr Shown columns[] = {{"", "group_id", Form::plain},
                               {"attachment", "attachment_usd", Form::usd},
                               {"limit", "limit_usd", Form::usd},
                               {"exact mean", "exact_usd", Form::usd},
                               {"mean", "mean_usd", Form::usd, "se_usd"},
                               {"z", "z", Form::decimal},
                               {"sd", "sd_usd", Form::usd},
                               {"chance", "probability", Form::fraction},
                               {"rate on line", "rate_on_line", Form::fraction},
                               {"effective years", "effective_sample_size", Form::usd},
                               {"variance ratio", "variance_ratio", Form::decimal}};
  const TableView table(results.find("layers"));
  return block("Layers of each person's claims, weighted years", table, columns,
               told_layers(table));
}

}  // namespace

std::string result_text(const ResultFile& results) {
  const Exceedance exceedance(results);
  return heading(results.run) + metrics_block(results) + risk_block(results) +
         loss_ratio_block(results) + exceedance.text() + exceedance.claims_text() +
         treaties_block(results) + captives_block(results) + contributions_block(results) +
         marginal_block(results) + layers_block(results) + "\n" + gate_line(results.gate);
}

}  // namespace corridor
