// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/python/native/run_results.hpp"

#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "corridor/replay.hpp"
#include "host/python/native/columns.hpp"
#include "host/python/native/errors.hpp"
#include "host/python/native/parts.hpp"

namespace nb = nanobind;

namespace corridor::python {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

nb::dict as_dict(const CredibilityGate& gate) {
  nb::dict facts;
  facts["passed"] = gate.passed();
  facts["checked"] = gate.checked;
  facts["false_alarm_rate"] = gate.false_alarm_rate;
  facts["z_limit"] = gate.z_limit;
  facts["largest_z"] = gate.largest_z;
  facts["failures"] = gate.failures;
  return facts;
}

void add_texts(nb::dict& facts, const RunFacts& run) {
  const std::pair<const char*, const std::string&> texts[] = {
      {"version", run.version},           {"git_revision", run.git_revision},
      {"command_line", run.command_line}, {"started_at", run.started_at},
      {"input_path", run.input_path},     {"input_digest", run.input_digest},
      {"table_digest", run.table_digest}, {"device", run.device},
      {"driver", run.driver},             {"compiler", run.compiler},
      {"host", run.host}};
  for (const auto& [name, text] : texts) facts[name] = text;
}

nb::dict as_dict(const RunFacts& run) {
  nb::dict facts, timings, settings;
  add_texts(facts, run);
  facts["seed"] = run.seed;
  facts["years"] = run.years;
  facts["member_years"] = run.member_years;
  for (const PhaseTime& time : run.timings) timings[time.phase.c_str()] = time.seconds;
  for (const NamedValue& setting : run.settings) settings[setting.name.c_str()] = setting.value;
  facts["timings"] = timings;
  facts["settings"] = settings;
  return facts;
}

std::string rendered(const ResultFile& results, const std::string& format,
                     const std::string& table) {
  if (format == "text" && results.schema == "corridor.replay") return replay_text(results);
  return render_results(results, format, table);
}

ReportOptions replacing(bool replace) {
  ReportOptions options;
  options.replace = replace;
  return options;
}

nb::bytes as_bytes(const std::string& text) { return nb::bytes(text.data(), text.size()); }

}  // namespace

std::string RunResults::schema() const {
  return std::visit(
      Overloaded{[](const Quotes&) { return std::string("corridor.quotes"); },
                 [](const EmployerStudy&) { return std::string("corridor.employer"); },
                 [](const ResultFile& results) { return results.schema; }},
      results_);
}

const RunFacts& RunResults::facts() const {
  return std::visit([](const auto& results) -> const RunFacts& { return results.run; }, results_);
}

void RunResults::set_origin(const std::string& command_line, const std::string& input) {
  std::visit(
      [&](auto& results) {
        results.run.command_line = command_line;
        if (input.empty()) return;
        for (Problem& warning : results.warnings) {
          if (warning.file == results.run.input_path) warning.file = input;
        }
        results.run.input_path = input;
      },
      results_);
}

FactsList RunResults::tables() const {
  nb::list tables;
  if (const auto* quotes = std::get_if<Quotes>(&results_)) {
    tables.append(as_table("summary", "a row per group, deductible and corridor", quotes->columns));
  } else if (const auto* results = std::get_if<ResultFile>(&results_)) {
    for (const ResultTable& table : results->tables) {
      tables.append(as_table(table.name, table.description, table.columns));
    }
  }
  return tables;
}

Facts RunResults::losses() const {
  const auto* results = std::get_if<ResultFile>(&results_);
  return as_table(results ? results->losses : std::vector<YearSeries>{});
}

Facts RunResults::gate() const {
  return std::visit([](const auto& results) { return as_dict(results.gate); }, results_);
}

FactsList RunResults::warnings() const {
  return std::visit([](const auto& results) { return as_list(results.warnings); }, results_);
}

Facts RunResults::run() const { return as_dict(facts()); }

std::string RunResults::explanation() const {
  const auto* quotes = std::get_if<Quotes>(&results_);
  return quotes && quotes->explanation ? render_explanation(*quotes->explanation, "json") : "";
}

std::string RunResults::render(const std::string& format, const std::string& table) const {
  const nb::gil_scoped_release released;
  return std::visit(
      Overloaded{[&](const Quotes& quotes) { return render_report(quotes, format); },
                 [&](const EmployerStudy& study) { return render_employer(study, format); },
                 [&](const ResultFile& results) { return rendered(results, format, table); }},
      results_);
}

void RunResults::write(const std::string& path, const std::string& table, bool replace) const {
  const nb::gil_scoped_release released;
  std::visit(
      Overloaded{
          [&](const Quotes& quotes) { write_report(quotes, path, replacing(replace)); },
          [&](const EmployerStudy& study) { write_employer(study, path, replacing(replace)); },
          [&](const ResultFile& results) { write_results(results, path, replace, table); }},
      results_);
}

void declare_results(nb::module_& module) {
  nb::class_<RunResults>(module, "RunResults")
      .def_prop_ro("schema", &RunResults::schema)
      .def("set_origin", &RunResults::set_origin, nb::arg("command_line"), nb::arg("input"))
      .def("tables", &RunResults::tables)
      .def("losses", &RunResults::losses)
      .def("gate", &RunResults::gate)
      .def("warnings", &RunResults::warnings)
      .def("run", &RunResults::run)
      .def("explanation", &RunResults::explanation)
      .def(
          "render",
          [](const RunResults& results, const std::string& format, const std::string& table) {
            return results.render(format, table);
          },
          nb::arg("format"), nb::arg("table") = "")
      .def("hdf5", [](const RunResults& results) { return as_bytes(results.render("hdf5", "")); })
      .def("write", &RunResults::write, nb::arg("path"), nb::arg("table") = "",
           nb::arg("replace") = false);
}

}  // namespace corridor::python
