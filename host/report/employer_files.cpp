// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <span>

#include "host/h5/atomic_write.hpp"
#include "host/h5/apart.hpp"
#include "host/h5/image_file.hpp"
#include "host/report/employer_tables.hpp"
#include "host/report/hdf5_parts.hpp"
#include "host/report/json_parts.hpp"
#include "host/report/writers.hpp"

namespace corridor {
namespace {

using Json = nlohmann::ordered_json;

Json json_number(double value) {
  if (std::isnan(value)) return nullptr;
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

struct CellJson {
  std::size_t row;

  Json operator()(const std::vector<std::string>& values) const { return values[row]; }
  Json operator()(const std::vector<double>& values) const { return json_number(values[row]); }
  Json operator()(const std::vector<std::uint64_t>& values) const { return values[row]; }
};

Json rows_json(const EmployerTable& table) {
  Json rows = Json::array();
  for (std::size_t row = 0; row < table.rows; ++row) {
    Json object = Json::object();
    for (const QuoteColumn& column : table.columns) {
      object[column.name] = std::visit(CellJson{row}, column.values);
    }
    rows.push_back(std::move(object));
  }
  return rows;
}

Json gate_json(const CredibilityGate& gate) {
  return {{"passed", gate.passed()},
          {"checked", gate.checked},
          {"z_limit", gate.z_limit},
          {"largest_z", gate.largest_z},
          {"failures", gate.failures}};
}

Json warnings_json(const std::vector<Problem>& warnings) {
  Json list = Json::array();
  for (const Problem& warning : warnings) {
    list.push_back({{"code", warning.code},
                    {"dataset", warning.dataset},
                    {"group_id", warning.group},
                    {"message", warning.message},
                    {"fix", warning.fix}});
  }
  return list;
}

Json run_of(const EmployerStudy& study) {
  Json run = run_json(study.run);
  run["arrangement"] = study.arrangement.source;
  return run;
}

std::string json_bytes(const EmployerStudy& study, const ReportOptions&) {
  Json document{{"schema", employer_schema},
                {"schema_version", {employer_schema_major, employer_schema_minor}},
                {"group_id", study.group_id},
                {"state", study.state},
                {"members", study.members},
                {"employee_months", study.employee_months},
                {"policy_months", study.months},
                {"confidence", study.confidence}};
  for (const EmployerTable& table : employer_tables(study)) {
    document[table.name] = rows_json(table);
  }
  document["gate"] = gate_json(study.gate);
  document["warnings"] = warnings_json(study.warnings);
  document["run"] = run_of(study);
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// The options alone: a file of comma-separated values is one table.
std::string csv_bytes(const EmployerStudy& study, const ReportOptions& options) {
  const EmployerTable table = std::move(employer_tables(study).front());
  return csv_lines(table.columns, table.rows, options.csv_bom);
}

void write_facts(h5::ImageFile& file, const EmployerStudy& study) {
  file.attribute("/", "group_id", std::string_view(study.group_id));
  file.attribute("/", "members", study.members);
  file.attribute("/", "employee_months", study.employee_months);
  file.attribute("/", "policy_months", study.months);
  file.attribute("/", "confidence", study.confidence);
  write_run(file, study.run);
  file.attribute("/run", "arrangement",
                 std::string_view(study.arrangement.source).substr(0, 32'000));
  write_gate(file, study.gate);
  write_warnings(file, study.warnings);
}

std::string image_of(const EmployerStudy& study) {
  h5::ImageFile file;
  const std::int32_t version[] = {employer_schema_major, employer_schema_minor};
  file.attribute("/", "schema", std::string_view(employer_schema));
  file.attribute("/", "schema_version", std::span<const std::int32_t>(version));
  file.attribute("/", "currency", std::string_view("USD"));
  for (const EmployerTable& table : employer_tables(study)) {
    write_columns(file, "/" + table.name, table.columns);
  }
  write_facts(file, study);
  return file.image();
}

std::string hdf5_study(const EmployerStudy& study, const ReportOptions&) {
  return h5::built([&] { return image_of(study); });
}

struct StudyWriter {
  const char* name;
  const char* extension;
  std::string (*render)(const EmployerStudy& study, const ReportOptions& options);
};

constexpr std::array study_writers{
    StudyWriter{"hdf5", ".h5", hdf5_study}, StudyWriter{"csv", ".csv", csv_bytes},
    StudyWriter{"json", ".json", json_bytes}, StudyWriter{"text", ".txt", employer_text}};

[[noreturn]] void refuse(const std::string& what) {
  std::string known;
  for (const StudyWriter& writer : study_writers) {
    known += (known.empty() ? "" : ", ") + std::string(writer.name) + " (" + writer.extension + ")";
  }
  throw Error(ErrorKind::usage, what + ". Known are " + known);
}

}  // namespace

std::string render_employer(const EmployerStudy& study, std::string_view format,
                            const ReportOptions& options) {
  for (const StudyWriter& writer : study_writers) {
    if (format == writer.name) return writer.render(study, options);
  }
  refuse("there is no format '" + std::string(format) + "'");
}

void write_employer(const EmployerStudy& study, const std::string& path,
                    const ReportOptions& options) {
  const std::string extension = std::filesystem::path(path).extension().string();
  for (const StudyWriter& writer : study_writers) {
    if (extension != writer.extension) continue;
    const std::string bytes = writer.render(study, options);
    return h5::write_atomically(path, std::as_bytes(std::span(bytes)),
                                options.replace ? h5::Overwrite::replace : h5::Overwrite::refuse);
  }
  refuse("the name '" + path + "' names no known format");
}

}  // namespace corridor
