// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <span>

#include "host/report/gate_line.hpp"
#include "host/report/number_text.hpp"
#include "host/report/printable.hpp"
#include "host/report/text_rows.hpp"
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

std::string corridor_text(double corridor) {
  return std::isnan(corridor) ? "-" : shortest_text(corridor);
}

std::string mean_text(double mean_usd, double se_usd) {
  return money_text(mean_usd) + (se_usd > 0 ? " (" + money_text(se_usd) + ")" : "");
}

std::vector<std::string> cells_of(const std::string& name, const TextLine& line,
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

/// "100,000", or "100,000 to 2,350,000" where some groups took more.
std::string years_text(const Quotes& quotes, const TextRows& rows) {
  if (quotes.rows == 0) return count_text(quotes.run.years);
  const std::uint64_t fewest = rows.fewest_years(), most = rows.most_years();
  if (most == 0) return "no";
  return count_text(fewest) + (fewest == most ? "" : " to " + count_text(most));
}

std::string heading(const Quotes& quotes, const TextRows& rows) {
  const std::size_t groups = rows.groups();
  return count_text(groups) + (groups == 1 ? " group, " : " groups, ") + count_text(quotes.rows) +
         (quotes.rows == 1 ? " quote, " : " quotes, ") + years_text(quotes, rows) +
         " years, seed " + std::to_string(quotes.run.seed) + "; USD a policy year, premium by " +
         quotes.principles.at(0) + "\n\n";
}

std::string more_line(std::size_t more, const ReportOptions& options) {
  return "... and " + count_text(more) + (more == 1 ? " more group" : " more groups") +
         (options.results_path.empty() ? "" : " in " + options.results_path);
}

std::string flag_lines(const Quotes& quotes, const TextRows& rows) {
  std::string text;
  for (const auto& [flag, count] : rows.flag_counts()) {
    text += flag + " on " + count_text(count) + " of " + count_text(quotes.rows) + " quotes";
    for (const auto& [known, meaning] : flag_meanings) {
      if (flag == known) text += std::string(": ") + meaning;
    }
    text += '\n';
  }
  return text;
}

/// Where the covers' means come from.
std::string method_line(const TextRows::Means& means) {
  const std::string exact = count_text(means.exact);
  if (means.unknown > 0) {
    return "Means of both covers: " + exact + " exact, " + count_text(means.unknown) +
           " without an exact law, nothing simulated.\n";
  }
  if (means.exact == 0) {
    return "Means of both covers are simulated; standard errors in parentheses.\n";
  }
  if (means.simulated == 0) return "Means of both covers are exact.\n";
  return "Means of both covers: " + exact + " exact, " + count_text(means.simulated) +
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

void stream_table(const Quotes& quotes, const ReportOptions& options, const ReportSink& sink) {
  TextRows rows(options);
  each_part(quotes, [&](std::size_t, std::span<const QuoteColumn> part) { rows.add(part); });
  rows.finish();
  TextTable table;
  table.add({"group", "deductible", "corridor", "attachment", "expected claims", "specific",
             "aggregate", "premium", "PEPM", "flags"});
  for (const ShownRow& row : rows.shown()) {
    table.add(cells_of(printable(row.group_id), row.line, row.flags));
  }
  const std::size_t more = rows.groups() - rows.shown_groups();
  if (more > 0) table.note(more_line(more, options));
  if (rows.groups() > 1) {
    for (const TextLine& sum : rows.totals()) table.add(cells_of("all groups", sum, ""));
  }
  sink(heading(quotes, rows) + table.text() + "\n" + flag_lines(quotes, rows) +
       method_line(rows.means()) + target_line(quotes) + gate_line(quotes.gate));
}

}  // namespace corridor
