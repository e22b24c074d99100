// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/result_file.hpp"

#include <algorithm>
#include <filesystem>
#include <span>

#include "host/h5/apart.hpp"
#include "host/h5/atomic_write.hpp"
#include "host/report/hdf5_parts.hpp"
#include "host/report/json_parts.hpp"
#include "host/report/result_text.hpp"
#include "host/report/scenario_text.hpp"
#include "host/report/writers.hpp"

namespace corridor {
namespace {

constexpr int schema_major = 1, schema_minor = 0;

std::string image_of(const ResultFile& results) {
  h5::ImageFile file;
  write_head(file, results.schema, schema_major, schema_minor);
  for (const ResultTable& table : results.tables) {
    write_columns(file, "/" + table.name, table.columns);
    file.attribute("/" + table.name, "title", std::string_view(table.description));
  }
  for (const YearSeries& series : results.losses) {
    file.dataset("/losses/" + series.name, series.cents, {"cents", series.description});
  }
  write_gate(file, results.gate);
  write_warnings(file, results.warnings);
  write_run(file, results.run);
  return file.image();
}

std::string hdf5_text(const ResultFile& results) {
  return h5::built([&] { return image_of(results); });
}

std::string json_text(const ResultFile& results) {
  std::string text = json_head(results.schema, schema_major, schema_minor);
  text += ",\n\"tables\":{";
  for (const ResultTable& table : results.tables) {
    text += (&table == results.tables.data() ? "\n\"" : ",\n\"") + table.name + "\":[";
    append_rows(text, table.columns, table.rows);
    text += "]";
  }
  text += "}";
  append_facts(text, results.gate, results.warnings, results.run);
  return text + "}\n";
}

std::string csv_of(const ResultFile& results, std::string_view name) {
  if (const ResultTable* table = results.find(name)) {
    return csv_lines(table->columns, table->rows, false);
  }
  std::string known;
  for (const ResultTable& table : results.tables) known += (known.empty() ? "" : ", ") + table.name;
  throw Error(ErrorKind::usage, "there is no table '" + std::string(name) +
                                    "' in these results. There are " + known);
}

void write_bytes(const std::string& path, std::span<const std::byte> bytes, bool replace) {
  h5::write_atomically(path, bytes,
                       replace ? h5::Overwrite::replace : h5::Overwrite::refuse);
}

/// Format of a path's ending, "" for an unknown one.
std::string_view format_of(const std::string& path) {
  const std::string extension = std::filesystem::path(path).extension().string();
  if (extension == ".h5") return "hdf5";
  if (extension == ".json") return "json";
  if (extension == ".csv") return "csv";
  return {};
}

}  // namespace

const ResultTable* ResultFile::find(std::string_view name) const {
  const auto same = [name](const ResultTable& table) { return table.name == name; };
  const auto found = std::find_if(tables.begin(), tables.end(), same);
  return found == tables.end() ? nullptr : &*found;
}

const ResultTable& ResultFile::table(std::string_view name) const { return *find(name); }

std::string render_results(const ResultFile& results, std::string_view format,
                           std::string_view table) {
  if (format == "hdf5") return hdf5_text(results);
  if (format == "json") return json_text(results);
  if (format == "csv") return csv_of(results, table);
  if (format == "text") {
    return results.schema == "corridor.scenario" ? scenario_text(results) : result_text(results);
  }
  throw Error(ErrorKind::usage, "there is no format '" + std::string(format) +
                                    "'. Known are hdf5, json, csv, text");
}

void write_results(const ResultFile& results, const std::string& path, bool replace,
                   std::string_view table) {
  const std::string_view format = format_of(path);
  if (format.empty()) {
    throw Error(ErrorKind::usage, "the name '" + path +
                                      "' names no known format. Give it one of the endings .h5, "
                                      ".json, .csv");
  }
  // The yearly amounts may be most of a machine's memory: no copy of the bytes for them.
  if (format == "hdf5") {
    const std::string bytes = hdf5_text(results);
    return write_bytes(path, std::as_bytes(std::span(bytes)), replace);
  }
  const std::string bytes = render_results(results, format, table);
  write_bytes(path, std::as_bytes(std::span(bytes)), replace);
}

}  // namespace corridor
