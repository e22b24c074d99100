// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/report/json_parts.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "host/report/number_text.hpp"
#include "host/report/run_share.hpp"

namespace corridor {
namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string json_string(const std::string& text) { return dumped(Json(text)); }

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

Json phases_json(const RunFacts& run) {
  Json phases = Json::array();
  for (const PhaseTime& time : run.timings) {
    phases.push_back({{"phase", time.phase},
                      {"seconds", time.seconds},
                      {"percent", percent_of_run(time, run)},
                      {"member_years", time.member_years},
                      {"member_years_per_s", member_years_per_s(time)},
                      {"read_bytes", time.read_bytes},
                      {"written_bytes", time.written_bytes}});
  }
  return phases;
}

Json cost_json(const RunFacts& run) {
  const RunCost& cost = run.cost;
  return {{"ended_at", cost.ended_at},
          {"elapsed_s", cost.elapsed_s},
          {"clock_step_s", cost.clock_step_s},
          {"peak_memory_bytes", cost.peak_memory_bytes},
          {"reader_peak_memory_bytes", cost.reader_peak_memory_bytes},
          {"cpu_model", cost.cpu_model},
          {"instruction_set", cost.instruction_set},
          {"threads", cost.threads},
          {"gpu", cost.gpu},
          {"phases", phases_json(run)}};
}

}  // namespace

Json run_json(const RunFacts& run) {
  Json timings = Json::object(), settings = Json::object();
  for (const PhaseTime& time : run.timings) timings[time.phase] = time.seconds;
  for (const NamedValue& setting : run.settings) settings[setting.name] = setting.value;
  return {{"version", run.version},
          {"git_revision", run.git_revision},
          {"command_line", run.command_line},
          {"started_at", run.started_at},
          {"arguments", run.arguments},
          {"units", run.units},
          {"bad_units", run.bad_units},
          {"self_checked_units", run.self_checked_units},
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
          {"cost", cost_json(run)},
          {"settings", settings}};
}

namespace {

void append_member(std::string& text, const char* key, const Json& value) {
  text += std::string(",\n\"") + key + "\":" + dumped(value);
}

}  // namespace

std::string json_head(std::string_view schema, int major, int minor) {
  std::string text = "{\"schema\":" + json_string(std::string(schema));
  append_member(text, "schema_version", {major, minor});
  return text;
}

JsonRows::JsonRows(std::span<const QuoteColumn> columns) {
  for (const QuoteColumn& column : columns) keys_.push_back(json_string(column.name) + ":");
}

void JsonRows::append(std::string& text, std::span<const QuoteColumn> columns, std::size_t row) {
  text += is_first_ ? "\n" : ",\n";
  is_first_ = false;
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    text += (i == 0 ? "{" : ",") + keys_[i];
    text += std::visit(CellJson{row}, columns[i].values);
  }
  text += '}';
}

void append_rows(std::string& text, const std::vector<QuoteColumn>& columns, std::size_t rows) {
  JsonRows lines(columns);
  for (std::size_t row = 0; row < rows; ++row) lines.append(text, columns, row);
}

void append_facts(std::string& text, const CredibilityGate& gate,
                  const std::vector<Problem>& warnings, const RunFacts& run) {
  append_member(text, "gate", gate_json(gate));
  append_member(text, "warnings", warnings_json(warnings));
  append_member(text, "run", run_json(run));
}

}  // namespace corridor
