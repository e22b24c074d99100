// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "corridor/error.hpp"
#include "corridor/explain.hpp"
#include "host/report/number_text.hpp"
#include "host/report/printable.hpp"

namespace corridor {
namespace {

using Json = nlohmann::ordered_json;
using Kind = ExplainLine::Kind;

constexpr std::size_t label_width = 30, amount_width = 16;

std::string amount_text(const ExplainLine& line) {
  if (std::isinf(line.amount)) return "unlimited";
  if (std::isnan(line.amount)) return line.unit.empty() ? "" : "-";
  if (line.unit == "USD") return money_text(line.amount, 2);
  const double rounded = std::round(line.amount * 1e4) / 1e4;
  return money_text(line.amount, rounded == std::round(rounded) ? 0 : 4);
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, text.size()), ' ');
}

char marker(const ExplainLine& line) {
  if (line.kind == Kind::total) return '=';
  if (line.kind == Kind::fact) return ' ';
  return std::signbit(line.amount) ? '-' : '+';
}

/// Shows a term as what it adds to the sum in whole cents, so that the cents shown add up too; it
/// may be a cent apart from the same figure elsewhere.
class Cents {
 public:
  double shown(double usd) {
    const double before = rounded();
    sum_ += usd;
    return rounded() - before;
  }
  double rounded() const { return std::round(sum_ * 100) / 100; }

 private:
  double sum_ = 0;
};

/// "  + label            1,234.50 USD  formula": the amount of a term stands without its sign.
std::string line_text(const ExplainLine& line, Cents& cents) {
  ExplainLine shown = line;
  if (line.kind == Kind::term) shown.amount = std::abs(cents.shown(line.amount));
  if (line.kind == Kind::total) shown.amount = cents.rounded();
  const std::string amount = amount_text(shown);
  std::string text = std::string("  ") + marker(line) + ' ' + padded(line.label, label_width) +
                     std::string(amount_width - std::min(amount_width, amount.size()), ' ') +
                     amount + ' ' + padded(line.unit == "1" ? "" : line.unit, 8) + line.formula;
  return text.substr(0, text.find_last_not_of(' ') + 1) + '\n';
}

std::string option_title(const ExplainedOption& option) {
  std::string text = "Specific deductible " + money_text(option.specific_deductible_usd);
  if (!std::isnan(option.aggregate_corridor)) {
    text += ", corridor " + shortest_text(option.aggregate_corridor);
  } else if (!std::isnan(option.aggregate_attachment_usd)) {
    text += ", attachment " + money_text(option.aggregate_attachment_usd);
  } else {
    text += ", no aggregate";
  }
  return text + '\n';
}

std::string option_text(const ExplainedOption& option) {
  const std::string title = option_title(option);
  std::string text = title + std::string(title.size() - 1, '-') + '\n';
  for (const ExplainSection& section : option.sections) {
    text += section.title + '\n';
    Cents cents;
    for (const ExplainLine& line : section.lines) text += line_text(line, cents);
  }
  for (const std::string& flag : option.flags) text += "Flag " + flag + '\n';
  return text;
}

std::string text_of(const Explanation& explanation) {
  std::string text =
      "Group " + printable(explanation.group_id) +
      (explanation.state.empty() ? "" : ", " + printable(explanation.state)) + ": " +
      count_text(explanation.years) + " years, seed " + std::to_string(explanation.seed) +
      ", premium by " + explanation.principle +
      "\nUSD for the policy's months. Terms (+ and -) above a total (=) add up to it.\n";
  if (explanation.options.size() > 1) {
    text += count_text(explanation.options.size()) +
            " options; choose with --specific and --corridor.\n";
  }
  for (const ExplainedOption& option : explanation.options) text += '\n' + option_text(option);
  return text;
}

Json number_json(double value) {
  if (std::isnan(value)) return {};
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

const char* kind_name(Kind kind) {
  return kind == Kind::total ? "total" : kind == Kind::term ? "term" : "fact";
}

Json option_json(const ExplainedOption& option) {
  Json sections = Json::array();
  for (const ExplainSection& section : option.sections) {
    Json lines = Json::array();
    for (const ExplainLine& line : section.lines) {
      lines.push_back({{"kind", kind_name(line.kind)},
                       {"label", line.label},
                       {"amount", number_json(line.amount)},
                       {"unit", line.unit},
                       {"formula", line.formula}});
    }
    sections.push_back({{"title", section.title}, {"lines", lines}});
  }
  return {{"specific_deductible_usd", number_json(option.specific_deductible_usd)},
          {"aggregate_corridor", number_json(option.aggregate_corridor)},
          {"aggregate_attachment_usd", number_json(option.aggregate_attachment_usd)},
          {"flags", option.flags},
          {"sections", sections}};
}

std::string json_of(const Explanation& explanation) {
  Json options = Json::array();
  for (const ExplainedOption& option : explanation.options) options.push_back(option_json(option));
  const Json document = {{"schema", "corridor.explanation"},   {"schema_version", {1, 0}},
                         {"group_id", explanation.group_id},   {"state", explanation.state},
                         {"principle", explanation.principle}, {"years", explanation.years},
                         {"seed", explanation.seed},           {"options", options}};
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace

std::string render_explanation(const Explanation& explanation, std::string_view format) {
  if (format == "text") return text_of(explanation);
  if (format == "json") return json_of(explanation);
  throw Error(ErrorKind::usage, "there is no format '" + std::string(format) +
                                    "' of an explanation. Known are text, json");
}

}  // namespace corridor
