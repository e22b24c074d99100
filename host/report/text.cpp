// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>

#include "host/report/number_text.hpp"
#include "host/report/writers.hpp"

namespace corridor {
namespace {

/// Lines of cells; the first `left` columns and the last lean left, numbers lean right.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> header) { add(std::move(header)); }

  void add(std::vector<std::string> cells) {
    widths_.resize(std::max(widths_.size(), cells.size()));
    for (std::size_t i = 0; i < cells.size(); ++i) {
      widths_[i] = std::max(widths_[i], cells[i].size());
    }
    lines_.push_back(std::move(cells));
  }

  std::string text() const {
    std::string result;
    for (const auto& cells : lines_) {
      std::string line;
      for (std::size_t i = 0; i < cells.size(); ++i) line += padded(cells[i], i);
      result += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    }
    return result;
  }

 private:
  std::string padded(const std::string& cell, std::size_t column) const {
    const std::string space(widths_[column] - cell.size(), ' ');
    if (column == 0) return cell + space;
    return "  " + (column + 1 == widths_.size() ? cell + space : space + cell);
  }

  std::vector<std::vector<std::string>> lines_;
  std::vector<std::size_t> widths_;
};

/// What a line shows of one row, or of the sum of many.
struct Line {
  double deductible_usd = 0, corridor = 0;
  double attachment_usd = 0, expected_usd = 0, specific_usd = 0, aggregate_usd = 0, premium_usd = 0;

  static constexpr double Line::*const amounts[] = {&Line::attachment_usd, &Line::expected_usd,
                                                    &Line::specific_usd, &Line::aggregate_usd,
                                                    &Line::premium_usd};
};

/// The columns that lines show, found once.
class ShownColumns {
 public:
  explicit ShownColumns(const Quotes& quotes) {
    const std::string premium =
        "premium_" + (quotes.principles.empty() ? "none" : quotes.principles.front());
    const std::string names[] = {"specific_deductible_usd",  "aggregate_corridor",
                                 "aggregate_attachment_usd", "expected_claims_usd",
                                 "specific_mean_usd",        "aggregate_mean_usd",
                                 premium + "_usd",           premium + "_pepm_usd"};
    for (const std::string& name : names) {
      columns_.push_back(&std::get<std::vector<double>>(quotes.find(name)->values));
    }
  }

  Line line(std::size_t row) const {
    return {at(0, row), at(1, row), at(2, row), at(3, row), at(4, row), at(5, row), at(6, row)};
  }
  double premium_pepm_usd(std::size_t row) const { return at(7, row); }

 private:
  double at(std::size_t column, std::size_t row) const { return (*columns_[column])[row]; }

  std::vector<const std::vector<double>*> columns_;
};

std::string corridor_text(double corridor) {
  return std::isnan(corridor) ? "-" : shortest_text(corridor);
}

std::vector<std::string> cells_of(const std::string& name, const Line& line,
                                  const std::string& pepm, const std::string& flags) {
  return {name,
          money_text(line.deductible_usd),
          corridor_text(line.corridor),
          money_text(line.attachment_usd),
          money_text(line.expected_usd),
          money_text(line.specific_usd),
          money_text(line.aggregate_usd),
          money_text(line.premium_usd),
          pepm,
          flags};
}

/// First row of every group, and one past the last row.
std::vector<std::size_t> group_starts(const Quotes& quotes) {
  std::vector<std::size_t> starts;
  for (std::size_t row = 0; row < quotes.rows; ++row) {
    const bool first = row == 0 || quotes.text("group_id", row) != quotes.text("group_id", row - 1);
    if (first) starts.push_back(row);
  }
  starts.push_back(quotes.rows);
  return starts;
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

void add_to(Line& sum, const Line& line) {
  for (double Line::*amount : Line::amounts) {
    const double value = line.*amount;
    sum.*amount += std::isnan(value) ? 0 : value;
  }
  // Groups with different terms have no deductible or corridor in common.
  if (!same(sum.deductible_usd, line.deductible_usd)) sum.deductible_usd = std::nan("");
  if (!same(sum.corridor, line.corridor)) sum.corridor = std::nan("");
}

/// One total for every option of a grid that all groups share; none where groups differ in rows,
/// because adding different options of one group up would count it twice.
std::vector<Line> totals(const ShownColumns& columns, const std::vector<std::size_t>& starts) {
  if (starts.size() < 2) return {};
  const std::size_t options = starts[1] - starts[0];
  std::vector<Line> sums;
  for (std::size_t option = 0; option < options; ++option) sums.push_back(columns.line(option));
  for (std::size_t g = 1; g + 1 < starts.size(); ++g) {
    if (starts[g + 1] - starts[g] != options) return {};
    for (std::size_t i = 0; i < options; ++i) add_to(sums[i], columns.line(starts[g] + i));
  }
  return sums;
}

std::string heading(const Quotes& quotes, std::size_t groups) {
  return count_text(groups) + (groups == 1 ? " group, " : " groups, ") + count_text(quotes.rows) +
         (quotes.rows == 1 ? " quote, " : " quotes, ") + count_text(quotes.run.years) +
         " years, seed " + std::to_string(quotes.run.seed) + "; USD a policy year, premium by " +
         (quotes.principles.empty() ? "none" : quotes.principles.front()) + "\n\n";
}

std::string more_line(std::size_t more, const ReportOptions& options) {
  if (more == 0) return {};
  return "... and " + count_text(more) + (more == 1 ? " more group" : " more groups") +
         (options.results_path.empty() ? "" : " in " + options.results_path) + "\n";
}

std::string flag_lines(const Quotes& quotes) {
  std::map<std::string, std::size_t> rows_with;
  for (std::size_t row = 0; row < quotes.rows; ++row) {
    const std::string& flags = quotes.text("flags", row);
    for (std::size_t at = 0; at < flags.size();) {
      const std::size_t end = std::min(flags.find(';', at), flags.size());
      ++rows_with[flags.substr(at, end - at)];
      at = end + 1;
    }
  }
  std::string text;
  for (const auto& [flag, rows] : rows_with) {
    text += flag + " on " + count_text(rows) + " of " + count_text(quotes.rows) + " quotes\n";
  }
  return text;
}

std::string gate_line(const CredibilityGate& gate) {
  const auto two_places = [](double z) { return money_text(z, 2); };
  return "Closed forms: " + count_text(gate.checked) + " means compared, largest |z| " +
         two_places(gate.largest_z) + ", limit " + two_places(gate.z_limit) + ": " +
         (gate.passed() ? "agreed" : count_text(gate.failures.size()) + " DISAGREE") + "\n";
}

}  // namespace

std::string table_text(const Quotes& quotes, const ReportOptions& options) {
  const std::vector<std::size_t> starts = group_starts(quotes);
  const ShownColumns columns(quotes);
  const std::size_t groups = starts.size() - 1;
  const std::size_t shown = std::min(groups, options.text_groups);
  TextTable table({"group", "deductible", "corridor", "attachment", "expected claims", "specific",
                   "aggregate", "premium", "PEPM", "flags"});
  for (std::size_t row = 0; row < starts[shown]; ++row) {
    table.add(cells_of(quotes.text("group_id", row), columns.line(row),
                       money_text(columns.premium_pepm_usd(row), 2), quotes.text("flags", row)));
  }
  if (groups > 1) {
    for (const Line& sum : totals(columns, starts)) table.add(cells_of("all groups", sum, "", ""));
  }
  return heading(quotes, groups) + table.text() + more_line(groups - shown, options) + "\n" +
         flag_lines(quotes) + gate_line(quotes.gate);
}

}  // namespace corridor
