// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>

#include "host/report/gate_line.hpp"
#include "host/report/number_text.hpp"
#include "host/report/printable.hpp"
#include "host/report/text_table.hpp"
#include "host/report/writers.hpp"

namespace corridor {
namespace {

/// What the flags mean, for the lines below the table.
constexpr std::pair<const char*, const char*> flag_meanings[] = {
    {"EXPERIENCE_LEFT_OUT", "a period of experience lacks enrolment or a policy year to trend to"},
    {"GATE_FAILED", "a simulated mean disagrees with its exact one"},
    {"FAMILY_BELOW_DEDUCTIBLE",
     "a family deductible below the quoted deductible counts as the deductible"},
    {"LASER_BELOW_DEDUCTIBLE", "a laser below the quoted deductible counts as the deductible"},
    {"NO_EXACT_LAW", "a cover has no exact law and nothing was simulated; --method both shows it"},
    {"LOW_HITS", "a cover paid in fewer than 400 simulated years; simulate more years"},
    {"MANUAL_FLOOR", "good experience counts no further than the floor of the manual premium"},
    {"NO_EMPLOYEES", "no enrolment, so no premium per employee"},
    {"RATE_CAPPED", "the specific costs no more than the renewal's rate cap allows"},
    {"RULE_STALE", "meets state rules whose amounts have changed since; see corridor check"},
    {"RULE_UNKNOWN", "whether the state allows it is not known; see corridor check"},
    {"RULE_VIOLATION", "a state rule is not met; see corridor check"},
    {"TARGET_SE_NOT_REACHED", "a mean is not as sure as --target-se asks; see years_for_target"},
    {"Z_NOT_CREDIBLE", "a z-score rests on fewer than 400 hits"}};

/// What a line shows of one row, or of the sum of many.
struct Line {
  double deductible_usd = 0, corridor = 0;
  double attachment_usd = 0, expected_usd = 0, specific_usd = 0, aggregate_usd = 0, premium_usd = 0;
  double specific_se_usd = 0, aggregate_se_usd = 0, premium_pepm_usd = 0;  ///< NaN in sums

  static constexpr double Line::*const amounts[] = {&Line::attachment_usd, &Line::expected_usd,
                                                    &Line::specific_usd, &Line::aggregate_usd,
                                                    &Line::premium_usd};
};

/// The columns that lines show, found once.
class ShownColumns {
 public:
  explicit ShownColumns(const Quotes& quotes)
      : specific_method_(texts(quotes, "specific_method")),
        aggregate_method_(texts(quotes, "aggregate_method")) {
    for (const std::string& name :
         {std::string("specific_deductible_usd"), std::string("aggregate_corridor"),
          std::string("aggregate_attachment_usd"), std::string("expected_claims_usd"),
          std::string("specific_mean_usd"), std::string("aggregate_mean_usd"),
          std::string("quoted_premium_usd"), std::string("specific_se_usd"),
          std::string("aggregate_se_usd"), std::string("quoted_pepm_usd")}) {
      columns_.push_back(&std::get<std::vector<double>>(quotes.find(name)->values));
    }
  }

  Line line(std::size_t row) const {
    const auto at = [&](std::size_t column) { return (*columns_[column])[row]; };
    Line line{at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7), at(8), at(9)};
    // An exact mean has no standard error; the one at hand is the simulation's beside it.
    if (specific_method_[row] != simulated) line.specific_se_usd = 0;
    if (aggregate_method_[row] != simulated) line.aggregate_se_usd = 0;
    return line;
  }

 private:
  static constexpr std::string_view simulated = "simulated";
  static const std::vector<std::string>& texts(const Quotes& quotes, const char* name) {
    return std::get<std::vector<std::string>>(quotes.find(name)->values);
  }

  const std::vector<std::string>&specific_method_, &aggregate_method_;
  std::vector<const std::vector<double>*> columns_;
};

std::string corridor_text(double corridor) {
  return std::isnan(corridor) ? "-" : shortest_text(corridor);
}

std::string mean_text(double mean_usd, double se_usd) {
  return money_text(mean_usd) + (se_usd > 0 ? " (" + money_text(se_usd) + ")" : "");
}

std::vector<std::string> cells_of(const std::string& name, const Line& line,
                                  const std::string& flags) {
  return {name,
          money_text(line.deductible_usd),
          corridor_text(line.corridor),
          money_text(line.attachment_usd),
          money_text(line.expected_usd),
          mean_text(line.specific_usd, line.specific_se_usd),
          mean_text(line.aggregate_usd, line.aggregate_se_usd),
          money_text(line.premium_usd),
          money_text(line.premium_pepm_usd, 2),
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
  // Groups share effects, so errors do not add as if they were independent.
  sum.specific_se_usd = sum.aggregate_se_usd = sum.premium_pepm_usd = std::nan("");
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

/// "100,000", or "100,000 to 2,350,000" where some groups took more.
std::string years_text(const Quotes& quotes) {
  const auto& years = std::get<std::vector<std::uint64_t>>(quotes.find("years")->values);
  if (years.empty()) return count_text(quotes.run.years);
  const auto [fewest, most] = std::minmax_element(years.begin(), years.end());
  if (*most == 0) return "no";
  return count_text(*fewest) + (*fewest == *most ? "" : " to " + count_text(*most));
}

std::string heading(const Quotes& quotes, std::size_t groups) {
  return count_text(groups) + (groups == 1 ? " group, " : " groups, ") + count_text(quotes.rows) +
         (quotes.rows == 1 ? " quote, " : " quotes, ") + years_text(quotes) + " years, seed " +
         std::to_string(quotes.run.seed) + "; USD a policy year, premium by " +
         quotes.principles.at(0) + "\n\n";
}

std::string more_line(std::size_t more, const ReportOptions& options) {
  return "... and " + count_text(more) + (more == 1 ? " more group" : " more groups") +
         (options.results_path.empty() ? "" : " in " + options.results_path);
}

/// How many rows carry each flag.
std::map<std::string, std::size_t> flag_counts(const Quotes& quotes) {
  std::map<std::string, std::size_t> counts;
  for (const std::string& flags :
       std::get<std::vector<std::string>>(quotes.find("flags")->values)) {
    for (std::size_t at = 0; at < flags.size();) {
      const std::size_t end = std::min(flags.find(';', at), flags.size());
      ++counts[flags.substr(at, end - at)];
      at = end + 1;
    }
  }
  return counts;
}

std::string flag_lines(const Quotes& quotes) {
  std::string text;
  for (const auto& [flag, count] : flag_counts(quotes)) {
    text += flag + " on " + count_text(count) + " of " + count_text(quotes.rows) + " quotes";
    for (const auto& [known, meaning] : flag_meanings) {
      if (flag == known) text += std::string(": ") + meaning;
    }
    text += '\n';
  }
  return text;
}

/// Groups that are shown: whole ones, at least one, as many as the rows allow.
std::size_t shown_groups(const std::vector<std::size_t>& starts, const ReportOptions& options) {
  const std::size_t most = std::min(starts.size() - 1, options.text_groups);
  std::size_t shown = std::min<std::size_t>(most, 1);
  while (shown < most && starts[shown + 1] <= options.text_rows) ++shown;
  return shown;
}

/// Where the covers' means come from.
std::string method_line(const Quotes& quotes) {
  std::size_t exact = 0, simulated = 0, unknown = 0;
  for (const char* name : {"specific_method", "aggregate_method"}) {
    for (std::size_t row = 0; row < quotes.rows; ++row) {
      const bool runs = quotes.text(name, row) == "simulated";
      if (quotes.text("flags", row).find("NO_EXACT_LAW") != std::string::npos && runs) {
        ++unknown;
      } else {
        ++(runs ? simulated : exact);
      }
    }
  }
  if (unknown > 0) {
    return "Means of both covers: " + count_text(exact) + " exact, " + count_text(unknown) +
           " without an exact law, nothing simulated.\n";
  }
  if (exact == 0) return "Means of both covers are simulated; standard errors in parentheses.\n";
  if (simulated == 0) return "Means of both covers are exact.\n";
  return "Means of both covers: " + count_text(exact) + " exact, " + count_text(simulated) +
         " simulated, those with standard errors in parentheses.\n";
}

std::string target_line(const Quotes& quotes) {
  if (!quotes.target) return {};
  const TargetReport& target = *quotes.target;
  std::string text = "Standard errors at most " + shortest_text(target.target_se) +
                     " of the mean: " + count_text(target.reached) + " of " +
                     count_text(quotes.rows) + " quotes";
  if (target.reached == quotes.rows) return text + "\n";
  return text + "; the others would take " +
         (std::isinf(target.years_most) ? "more years than can be told yet"
                                        : "up to " + money_text(target.years_most) + " years") +
         " (--max-years " + count_text(target.max_years) + ")\n";
}

}  // namespace

std::string table_text(const Quotes& quotes, const ReportOptions& options) {
  const std::vector<std::size_t> starts = group_starts(quotes);
  const ShownColumns columns(quotes);
  const std::size_t groups = starts.size() - 1;
  const std::size_t shown = shown_groups(starts, options);
  TextTable table;
  table.add({"group", "deductible", "corridor", "attachment", "expected claims", "specific",
             "aggregate", "premium", "PEPM", "flags"});
  for (std::size_t row = 0; row < starts[shown]; ++row) {
    table.add(cells_of(printable(quotes.text("group_id", row)), columns.line(row),
                       quotes.text("flags", row)));
  }
  if (shown < groups) table.note(more_line(groups - shown, options));
  if (groups > 1) {
    for (const Line& sum : totals(columns, starts)) table.add(cells_of("all groups", sum, ""));
  }
  return heading(quotes, groups) + table.text() + "\n" + flag_lines(quotes) + method_line(quotes) +
         target_line(quotes) + gate_line(quotes.gate);
}

}  // namespace corridor
