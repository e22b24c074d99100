// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/report/hdf5_parts.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>

#include "host/h5/apart.hpp"
#include "host/report/run_share.hpp"
#include "host/rows/quote_rows.hpp"

namespace corridor {
namespace {

h5::Field field_of(const QuoteColumn& column) {
  const auto view = [](const auto& values) -> h5::ValueView { return std::span(values); };
  return {column.name, {column.units, column.description}, std::visit(view, column.values), 0};
}

template <class Rows, class Text>
std::vector<std::string> texts(const Rows& rows, const Text& text) {
  std::vector<std::string> result;
  for (const auto& row : rows) result.push_back(text(row));
  return result;
}

/// An attribute holds 64 KiB; a command line may be longer.
std::string_view clipped(const std::string& text) {
  constexpr std::size_t bytes_max = 32'000;
  return std::string_view(text).substr(0, bytes_max);
}

/// A list as JSON; nothing where an attribute cannot hold it.
std::string arguments_text(const std::vector<std::string>& arguments) {
  constexpr std::size_t bytes_max = 32'000;
  std::string text =
      nlohmann::json(arguments).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return text.size() <= bytes_max ? text : std::string();
}

void write_facts(h5::ImageFile& file, const RunFacts& run) {
  const std::pair<const char*, const std::string*> facts[] = {
      {"version", &run.version},
      {"git_revision", &run.git_revision},
      {"command_line", &run.command_line},
      {"started_at", &run.started_at},
      {"input_path", &run.input_path},
      {"input_digest", &run.input_digest},
      {"table_digest", &run.table_digest},
      {"device", &run.device},
      {"driver", &run.driver},
      {"compiler", &run.compiler},
      {"host", &run.host},
      {"ended_at", &run.cost.ended_at},
      {"cpu_model", &run.cost.cpu_model},
      {"instruction_set", &run.cost.instruction_set},
      {"gpu", &run.cost.gpu}};
  for (const auto& [name, text] : facts) file.attribute("/run", name, clipped(*text));
  file.attribute("/run", "arguments", std::string_view(arguments_text(run.arguments)));
  file.attribute("/run", "units", run.units);
  file.attribute("/run", "bad_units", run.bad_units);
  file.attribute("/run", "self_checked_units", run.self_checked_units);
  file.attribute("/run", "seed", run.seed);
  file.attribute("/run", "years", std::uint64_t{run.years});
  file.attribute("/run", "member_years", run.member_years);
  file.attribute("/run", "elapsed_s", run.cost.elapsed_s);
  file.attribute("/run", "clock_step_s", run.cost.clock_step_s);
  file.attribute("/run", "peak_memory_bytes", run.cost.peak_memory_bytes);
  file.attribute("/run", "reader_peak_memory_bytes", run.cost.reader_peak_memory_bytes);
  file.attribute("/run", "threads", std::uint64_t{run.cost.threads});
}

void write_timings(h5::ImageFile& file, const RunFacts& run) {
  std::vector<std::string> phase;
  std::vector<double> seconds, percent, speed;
  std::vector<std::uint64_t> member_years, read, written;
  for (const PhaseTime& time : run.timings) {
    phase.push_back(time.phase);
    seconds.push_back(time.seconds);
    percent.push_back(percent_of_run(time, run));
    member_years.push_back(time.member_years);
    speed.push_back(member_years_per_s(time));
    read.push_back(time.read_bytes);
    written.push_back(time.written_bytes);
  }
  file.table("/run/timings", {{"phase", {"text", "stage of the run"}, phase},
                              {"seconds", {"s", "by the monotonic clock"}, seconds},
                              {"percent", {"%", "of the whole run up to its results"}, percent},
                              {"member_years", {"count", "drawn in it"}, member_years},
                              {"member_years_per_s", {"1/s", "drawn a second"}, speed},
                              {"read_bytes", {"B", "that read calls moved"}, read},
                              {"written_bytes", {"B", "that write calls moved"}, written}});
}

}  // namespace

void write_head(h5::ImageFile& file, std::string_view schema, std::int32_t major,
                std::int32_t minor) {
  const std::int32_t version[] = {major, minor};
  file.attribute("/", "schema", schema);
  file.attribute("/", "schema_version", std::span<const std::int32_t>(version));
  file.attribute("/", "currency", std::string_view("USD"));
}

void write_columns(h5::ImageFile& file, const std::string& path,
                   const std::vector<QuoteColumn>& columns) {
  std::vector<h5::Field> fields;
  for (const QuoteColumn& column : columns) fields.push_back(field_of(column));
  file.table(path, fields);
}

void write_rows(h5::ImageFile& file, const std::string& path, const Quotes& quotes) {
  if (!quotes.stored) return write_columns(file, path, quotes.columns);
  const QuoteRows& rows = *quotes.stored;
  std::vector<h5::Field> fields;
  for (std::size_t c = 0; c < quotes.columns.size(); ++c) {
    fields.push_back(field_of(quotes.columns[c]));
    fields.back().text_length = std::max<std::size_t>(rows.longest_text(c), 1);
  }
  std::vector<QuoteColumn> piece;
  file.table(path, fields, rows.rows(), [&](std::size_t first, std::size_t count) {
    h5::require_parent();
    piece = rows.read(first, count);
    std::vector<h5::ValueView> views;
    for (const QuoteColumn& column : piece) views.push_back(field_of(column).values);
    return views;
  });
}

void write_gate(h5::ImageFile& file, const CredibilityGate& gate) {
  file.group("/gate");
  file.attribute("/gate", "passed", std::int32_t{gate.passed()});
  file.attribute("/gate", "checked", gate.checked);
  file.attribute("/gate", "false_alarm_rate", gate.false_alarm_rate);
  file.attribute("/gate", "z_limit", gate.z_limit);
  file.attribute("/gate", "largest_z", gate.largest_z);
  file.dataset("/gate/failures", gate.failures,
               {"text", "means that disagree with their closed form, one a row"});
}

void write_warnings(h5::ImageFile& file, const std::vector<Problem>& warnings) {
  const auto column = [&](std::string Problem::*member) {
    return texts(warnings, [member](const Problem& warning) { return warning.*member; });
  };
  const auto row_text = [](const Problem& warning) {
    return warning.row ? std::to_string(*warning.row) : std::string();
  };
  file.table("/warnings",
             {{"code", {"text", "stable name of the warning"}, column(&Problem::code)},
              {"dataset", {"text", "where in the book"}, column(&Problem::dataset)},
              {"row", {"text", "row of the dataset, from 0"}, texts(warnings, row_text)},
              {"group_id", {"text", "group of the row"}, column(&Problem::group)},
              {"value", {"text", "as found"}, column(&Problem::value)},
              {"message", {"text", "what is odd"}, column(&Problem::message)},
              {"fix", {"text", "what to do"}, column(&Problem::fix)}});
}

void write_run(h5::ImageFile& file, const RunFacts& run) {
  file.group("/run");
  write_facts(file, run);
  write_timings(file, run);
  const auto name = [](const NamedValue& setting) { return setting.name; };
  const auto value = [](const NamedValue& setting) { return setting.value; };
  file.table("/run/settings", {{"name", {"text", "setting"}, texts(run.settings, name)},
                               {"value", {"text", "its value"}, texts(run.settings, value)}});
}

}  // namespace corridor
