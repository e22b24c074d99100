// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/maturity.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "corridor/error.hpp"
#include "host/cli/command.hpp"
#include "host/cli/notes.hpp"
#include "host/cli/outputs.hpp"
#include "host/cli/run_watch.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/values.hpp"

namespace corridor::cli {
namespace {

struct MaturityFlags {
  std::string book, specific;
  bool csv = false;
  OutputFlags outputs;
};

std::string dollars(double usd) {
  if (std::isinf(usd)) return "none";
  return fmt::format(std::locale::classic(), "{:.0f}", usd);
}

std::string factor(double value) {
  return std::isnan(value) ? std::string("-") : fmt::format("{:.4f}", value);
}

std::string block(const MaturityTable& table, const char* title,
                  std::vector<double> MaturityRow::*values) {
  std::string text = fmt::format("{}\n{:<10}{:>10}", title, "basis", "ground-up");
  for (const double usd : table.specific_deductible_usd)
    text += fmt::format("{:>12}", dollars(usd));
  text += "\n";
  for (const MaturityRow& row : table.rows) {
    text += fmt::format("{:<10}{:>10}", row.basis, factor(row.ground_up));
    for (const double value : row.*values) text += fmt::format("{:>12}", factor(value));
    text += "\n";
  }
  return text;
}

std::string as_text(const MaturityTable& table) {
  return fmt::format(
             "Expected claims relative to a mature contract: incurred in the policy's months, paid "
             "whenever.\nClosed forms over {} group{}.\n\n",
             table.groups, table.groups == 1 ? "" : "s") +
         block(table, "Specific cover, by deductible", &MaturityRow::specific) + "\n" +
         block(table, "Claims below the deductible", &MaturityRow::retained);
}

nlohmann::json numbers(const std::vector<double>& values) {
  nlohmann::json list = nlohmann::json::array();
  for (const double value : values) {
    std::isfinite(value) ? list.push_back(value) : list.push_back(nullptr);
  }
  return list;
}

std::string as_json(const MaturityTable& table) {
  nlohmann::json rows = nlohmann::json::array();
  for (const MaturityRow& row : table.rows) {
    rows.push_back({{"basis", row.basis},
                    {"run_in_months", row.run_in_months},
                    {"run_out_months", row.run_out_months},
                    {"ground_up", row.ground_up},
                    {"specific", numbers(row.specific)},
                    {"retained", numbers(row.retained)}});
  }
  const nlohmann::json document{{"groups", table.groups},
                                {"specific_deductible_usd", numbers(table.specific_deductible_usd)},
                                {"rows", rows}};
  return document.dump(2) + "\n";
}

std::string as_csv(const MaturityTable& table) {
  std::string text =
      "basis,run_in_months,run_out_months,specific_deductible_usd,ground_up,specific,retained\n";
  const auto cell = [](double value) {
    return std::isfinite(value) ? fmt::format("{}", value) : std::string();
  };
  for (const MaturityRow& row : table.rows) {
    for (std::size_t d = 0; d < table.specific_deductible_usd.size(); ++d) {
      const double usd = table.specific_deductible_usd[d];
      text += fmt::format("{},{},{},{},{},{},{}\n", row.basis, row.run_in_months,
                          row.run_out_months, std::isinf(usd) ? "inf" : cell(usd),
                          cell(row.ground_up), cell(row.specific[d]), cell(row.retained[d]));
    }
  }
  return text;
}

Outputs outputs_of(const MaturityFlags& flags) {
  if (flags.outputs.json && flags.csv) {
    throw Error(ErrorKind::usage, "--json and --csv both write to stdout: give one of them");
  }
  OutputFlags outputs = flags.outputs;
  if (flags.csv) outputs.csv = "-";
  return checked_outputs(outputs, {".h5", ".json", ".csv"}, flags.book);
}

void write_file(const MaturityTable& table, const Outputs& outputs,
                const std::string& command_line) {
  if (outputs.output_path.empty()) return;
  ResultFile results = maturity_results(table);
  results.run.command_line = command_line;
  say_warnings(results.warnings, results.run.input_path);
  write_results(results, outputs.output_path, outputs.force, "maturity");
}

int maturity(const MaturityFlags& flags, const std::string& command_line) {
  const Outputs outputs = outputs_of(flags);
  RunOptions options;
  if (!flags.specific.empty()) {
    options.specific_usd = deductibles_usd("--specific", flags.specific);
  }
  RunWatch watch(outputs.quiet);
  const MaturityTable table = maturity_table(flags.book, watch.watched(options));
  write_file(table, outputs, command_line);
  if (outputs.json) print(as_json(table));
  if (outputs.csv_to_stdout) print(as_csv(table));
  if (outputs.prints_table()) print(as_text(table));
  return 0;
}

}  // namespace

Action declare_maturity(CLI::App& app) {
  const auto flags = std::make_shared<MaturityFlags>();
  app.add_option("BOOK", flags->book, "The book, HDF5")->required()->type_name("FILE");
  app.add_option("--specific", flags->specific, "Specific deductibles in dollars, comma between")
      ->type_name("USD,...");
  OutputFlags& outputs = flags->outputs;
  add_value(app, "-o,--output", outputs.output, "FILE",
            "Where the results go; the ending names the format: .h5, .json, .csv")
      ->group("Output");
  app.add_flag("--json", outputs.json, "The table as one JSON document")->group("Output");
  app.add_flag("--csv", flags->csv, "The table as CSV, a line a basis and deductible")
      ->group("Output");
  app.add_flag("--force", outputs.force, "Replace an output file that exists")->group("Output");
  app.add_flag("-q,--quiet", outputs.quiet, "No table or notes; errors still appear")
      ->group("Output");
  return [flags](const std::string& command_line) { return maturity(*flags, command_line); };
}

}  // namespace corridor::cli
