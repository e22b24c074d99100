// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/check_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>
#include <vector>

namespace corridor::cli {
namespace {

bool shown(const CheckReport& report, const RuleFinding& finding) {
  return report.all || finding.outcome >= RuleOutcome::stale;
}

std::string amount_text(double usd) {
  if (std::isinf(usd)) return "no specific";
  std::string text = fmt::format("{:.2f}", usd);
  if (text.ends_with(".00")) text.resize(text.size() - 3);
  for (std::size_t at = std::min(text.find('.'), text.size()); at > 3; at -= 3) {
    text.insert(at - 3, ",");
  }
  return text;
}

/// "50,000 x 1.25", "50,000, attachment 400,000", "50,000"
std::string option_text(const CheckedOption& option) {
  const std::string deductible = amount_text(option.specific_deductible_usd);
  if (std::isfinite(option.aggregate_corridor)) {
    return fmt::format("{} x {}", deductible, option.aggregate_corridor);
  }
  if (std::isnan(option.aggregate_attachment_usd)) return deductible;
  return fmt::format("{}, attachment {}", deductible, amount_text(option.aggregate_attachment_usd));
}

/// Control characters of a rule file or a book could move a terminal's cursor.
std::string printable(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
  }
  return text;
}

/// Findings of one group that say the same, with the options they are said of.
struct Said {
  RuleOutcome outcome;
  std::uint32_t rule;
  std::string sentence;
  std::vector<std::uint32_t> options;
};

void add(const CheckReport& report, const RuleFinding& finding, std::vector<Said>& said) {
  std::string text = sentence(finding, report.check.options[finding.quote], report.rules);
  const auto same = std::find_if(said.begin(), said.end(), [&](const Said& one) {
    return std::tie(one.outcome, one.rule, one.sentence) ==
           std::tie(finding.outcome, finding.rule, text);
  });
  if (same != said.end()) {
    same->options.push_back(finding.quote);
  } else {
    said.push_back({finding.outcome, finding.rule, std::move(text), {finding.quote}});
  }
}

std::string option_list(const CheckReport& report, const Said& said, std::size_t of_group) {
  if (said.options.size() == of_group) {
    return of_group == 1 ? option_text(report.check.options[said.options[0]])
                         : fmt::format("all {} options", of_group);
  }
  std::string text;
  for (const std::uint32_t option : said.options) {
    text += (text.empty() ? "" : "; ") + option_text(report.check.options[option]);
  }
  return text;
}

std::string group_block(const CheckReport& report, std::vector<Said>& said,
                        const CheckedOption& group, std::size_t options) {
  if (said.empty()) return "";
  std::stable_sort(said.begin(), said.end(),
                   [](const Said& a, const Said& b) { return a.outcome > b.outcome; });
  std::string text =
      fmt::format("{} ({})\n", group.group_id, group.state.empty() ? "no state" : group.state);
  for (const Said& one : said) {
    text += fmt::format("  {:<14} {}: {}", name_of(one.outcome), option_list(report, one, options),
                        one.sentence);
    if (one.rule != no_rule) {
      const Rule& rule = report.rules.rules[one.rule];
      text += fmt::format(" [{} line {}]", rule.state, rule.line);
    }
    text += '\n';
  }
  return text;
}

std::string rule_text(const Rule& rule) {
  std::string text = fmt::format("  [{} line {}] {}\n      {}; {}", rule.state, rule.line,
                                 rule.text, rule.citation, name_of(rule.status));
  if (rule.effect != RuleEffect::not_recorded) {
    text += fmt::format("; outside it: {}", name_of(rule.effect));
  }
  if (!rule.effective_from.empty()) text += ", from " + rule.effective_from;
  if (!rule.effective_to.empty()) text += ", to " + rule.effective_to;
  text += fmt::format("; recorded {}, {}\n", rule.recorded_on,
                      rule.verified_on.empty() ? "not verified" : "verified " + rule.verified_on);
  return rule.note.empty() ? text : text + "      " + rule.note + "\n";
}

std::set<std::uint32_t> rules_named(const CheckReport& report) {
  std::set<std::uint32_t> rules;
  for (const RuleFinding& finding : report.check.findings) {
    if (finding.rule != no_rule && shown(report, finding)) rules.insert(finding.rule);
  }
  return rules;
}

std::string summary_line(const CheckReport& report) {
  const OutcomeCounts counts = outcome_counts(report.check);
  return fmt::format(
      "{}: {} options by {}: {} violate, {} unknown, {} stale, {} ok, {} not applicable\n",
      report.book, counts.options, report.rules.name, counts[RuleOutcome::violates],
      counts[RuleOutcome::unknown], counts[RuleOutcome::stale], counts[RuleOutcome::ok],
      counts[RuleOutcome::not_applicable]);
}

nlohmann::json number_json(double value) {
  if (std::isnan(value)) return nullptr;
  if (std::isinf(value)) return "inf";
  return value;
}

nlohmann::json finding_json(const CheckReport& report, const RuleFinding& finding) {
  const CheckedOption& option = report.check.options[finding.quote];
  return {{"outcome", name_of(finding.outcome)},
          {"group_id", option.group_id},
          {"state", option.state},
          {"specific_deductible_usd", number_json(option.specific_deductible_usd)},
          {"aggregate_corridor", number_json(option.aggregate_corridor)},
          {"aggregate_attachment_usd", number_json(option.aggregate_attachment_usd)},
          {"part", name_of(finding.part)},
          {"reason", name_of(finding.reason)},
          {"required", number_json(finding.required)},
          {"found", number_json(finding.found)},
          {"message", sentence(finding, option, report.rules)},
          {"rule_line", finding.rule == no_rule
                            ? nlohmann::json()
                            : nlohmann::json(report.rules.rules[finding.rule].line)}};
}

nlohmann::json rule_json(const Rule& rule) {
  return {{"line", rule.line},
          {"state", rule.state},
          {"applies_to", name_of(rule.applies_to)},
          {"text", rule.text},
          {"effect", name_of(rule.effect)},
          {"status", name_of(rule.status)},
          {"effective_from", rule.effective_from},
          {"effective_to", rule.effective_to},
          {"citation", rule.citation},
          {"source", rule.source},
          {"recorded_on", rule.recorded_on},
          {"verified_on", rule.verified_on},
          {"note", rule.note}};
}

std::string csv_number(double value) {
  if (std::isnan(value)) return "";
  return std::isinf(value) ? "inf" : fmt::format("{}", value);
}

/// A spreadsheet takes a cell that begins with these for a formula and may run it.
std::string csv_cell(const std::string& text) {
  const bool formula =
      !text.empty() && std::string_view("=+-@\t\r\n").find(text[0]) != std::string_view::npos;
  if (!formula && text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = formula ? "\"'" : "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string csv_line(const CheckReport& report, const RuleFinding& finding) {
  const CheckedOption& option = report.check.options[finding.quote];
  std::vector<std::string> cells{std::string(name_of(finding.outcome)),
                                 option.group_id,
                                 option.state,
                                 csv_number(option.specific_deductible_usd),
                                 csv_number(option.aggregate_corridor),
                                 csv_number(option.aggregate_attachment_usd),
                                 std::string(name_of(finding.part)),
                                 std::string(name_of(finding.reason)),
                                 csv_number(finding.required),
                                 csv_number(finding.found),
                                 sentence(finding, option, report.rules)};
  if (finding.rule == no_rule) {
    cells.resize(cells.size() + 5);
  } else {
    const Rule& rule = report.rules.rules[finding.rule];
    cells.insert(cells.end(), {fmt::format("{}", rule.line), std::string(name_of(rule.status)),
                               std::string(name_of(rule.effect)), rule.citation, rule.text});
  }
  std::string line;
  for (const std::string& cell : cells) line += (line.empty() ? "" : ",") + csv_cell(cell);
  return line + "\r\n";
}

}  // namespace

OutcomeCounts outcome_counts(const RuleCheck& check) {
  std::vector<RuleOutcome> worst(check.options.size(), RuleOutcome::not_applicable);
  for (const RuleFinding& finding : check.findings) {
    worst[finding.quote] = std::max(worst[finding.quote], finding.outcome);
  }
  OutcomeCounts counts;
  counts.options = worst.size();
  for (const RuleOutcome outcome : worst) ++counts.of[static_cast<int>(outcome)];
  return counts;
}

std::string check_text(const CheckReport& report) {
  const auto& options = report.check.options;
  const auto& findings = report.check.findings;
  std::string text;
  std::vector<Said> said;
  std::size_t first_option = 0;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (shown(report, findings[i])) add(report, findings[i], said);
    const std::uint32_t group = options[findings[i].quote].group;
    if (i + 1 < findings.size() && options[findings[i + 1].quote].group == group) continue;
    const std::size_t end = findings[i].quote + 1;
    text += group_block(report, said, options[findings[i].quote], end - first_option);
    first_option = end;
    said.clear();
  }
  const std::set<std::uint32_t> named = rules_named(report);
  if (!named.empty()) text += "Rules\n";
  for (const std::uint32_t rule : named) text += rule_text(report.rules.rules[rule]);
  std::string safe;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    safe += printable(text.substr(at, end - at)) + '\n';
    at = end + 1;
  }
  return safe + summary_line(report);
}

std::string check_json(const CheckReport& report) {
  const OutcomeCounts counts = outcome_counts(report.check);
  nlohmann::json findings = nlohmann::json::array(), rules = nlohmann::json::array();
  for (const RuleFinding& finding : report.check.findings) {
    if (shown(report, finding)) findings.push_back(finding_json(report, finding));
  }
  for (const std::uint32_t rule : rules_named(report)) {
    rules.push_back(rule_json(report.rules.rules[rule]));
  }
  const nlohmann::json document{{"book", report.book},
                                {"rules_from", report.rules.name},
                                {"options", counts.options},
                                {"summary",
                                 {{"violates", counts[RuleOutcome::violates]},
                                  {"unknown", counts[RuleOutcome::unknown]},
                                  {"stale", counts[RuleOutcome::stale]},
                                  {"ok", counts[RuleOutcome::ok]},
                                  {"not_applicable", counts[RuleOutcome::not_applicable]}}},
                                {"findings", std::move(findings)},
                                {"rules", std::move(rules)}};
  return document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string check_csv(const CheckReport& report) {
  std::string text =
      "outcome,group_id,state,specific_deductible_usd,aggregate_corridor,aggregate_attachment_usd,"
      "part,reason,required,found,message,rule_line,status,effect,citation,text\r\n";
  for (const RuleFinding& finding : report.check.findings) {
    if (shown(report, finding)) text += csv_line(report, finding);
  }
  return text;
}

}  // namespace corridor::cli
