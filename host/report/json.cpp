// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <nlohmann/json.hpp>

#include "host/report/number_text.hpp"
#include "host/report/writers.hpp"

namespace corridor {
namespace {

using Json = nlohmann::ordered_json;

std::string json_string(const std::string& text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string json_number(double value) {
  if (std::isnan(value)) return "null";
  if (std::isinf(value)) return value > 0 ? "\"inf\"" : "\"-inf\"";
  return shortest_text(value);
}

struct CellJson {
  std::size_t row;

  std::string operator()(const std::vector<std::string>& values) const {
    return json_string(values[row]);
  }
  std::string operator()(const std::vector<double>& values) const {
    return json_number(values[row]);
  }
  std::string operator()(const std::vector<std::uint64_t>& values) const {
    return std::to_string(values[row]);
  }
};

/// Rows are written as they come: a document of them all would take many times the memory.
void append_rows(std::string& text, const Quotes& quotes) {
  std::vector<std::string> keys;
  for (const QuoteColumn& column : quotes.columns) keys.push_back(json_string(column.name) + ":");
  for (std::size_t row = 0; row < quotes.rows; ++row) {
    text += row == 0 ? "\n" : ",\n";
    for (std::size_t i = 0; i < keys.size(); ++i) {
      text += (i == 0 ? "{" : ",") + keys[i];
      text += std::visit(CellJson{row}, quotes.columns[i].values);
    }
    text += '}';
  }
}

Json gate_json(const CredibilityGate& gate) {
  return {{"passed", gate.passed()},   {"checked", gate.checked},
          {"z_limit", gate.z_limit},   {"largest_z", gate.largest_z},
          {"failures", gate.failures}, {"false_alarm_rate", gate.false_alarm_rate}};
}

Json warnings_json(const std::vector<Problem>& warnings) {
  Json list = Json::array();
  for (const Problem& warning : warnings) {
    list.push_back({{"code", warning.code},
                    {"dataset", warning.dataset},
                    {"row", warning.row ? Json(*warning.row) : Json()},
                    {"group_id", warning.group},
                    {"value", warning.value},
                    {"message", warning.message},
                    {"fix", warning.fix}});
  }
  return list;
}

Json run_json(const RunFacts& run) {
  Json timings = Json::object(), settings = Json::object();
  for (const PhaseTime& time : run.timings) timings[time.phase] = time.seconds;
  for (const NamedValue& setting : run.settings) settings[setting.name] = setting.value;
  return {{"version", run.version},
          {"git_revision", run.git_revision},
          {"command_line", run.command_line},
          {"started_at", run.started_at},
          {"seed", run.seed},
          {"years", run.years},
          {"member_years", run.member_years},
          {"input_path", run.input_path},
          {"input_digest", run.input_digest},
          {"table_digest", run.table_digest},
          {"device", run.device},
          {"driver", run.driver},
          {"compiler", run.compiler},
          {"host", run.host},
          {"timings_s", timings},
          {"settings", settings}};
}

void append_member(std::string& text, const char* key, const Json& value) {
  text += std::string(",\n\"") + key +
          "\":" + value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string json_text(const Quotes& quotes, const ReportOptions&) {
  std::string text = std::string("{\"schema\":\"") + quotes_schema + "\"";
  append_member(text, "schema_version", {quotes_schema_major, quotes_schema_minor});
  text += ",\n\"rows\":[";
  append_rows(text, quotes);
  text += "]";
  append_member(text, "gate", gate_json(quotes.gate));
  append_member(text, "warnings", warnings_json(quotes.warnings));
  append_member(text, "run", run_json(quotes.run));
  return text + "}\n";
}

}  // namespace corridor
