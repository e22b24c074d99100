// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/info.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "corridor/book_summary.hpp"
#include "corridor/error.hpp"
#include "corridor/portfolio.hpp"
#include "host/cli/child.hpp"
#include "host/cli/command.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/values.hpp"

namespace corridor::cli {
namespace {

struct InfoFlags {
  std::string file;
  bool json = false;
};

// One fact a key, in the order people read them.
using Facts = nlohmann::ordered_json;

/// What --device auto takes, and each back end with the reason why not.
Facts back_ends(const DeviceFacts& device) {
  Facts all = Facts::array();
  all.push_back({{"name", "cuda"},
                 {"usable", device.cuda_usable},
                 {"device", device.cuda_device},
                 {"reason", device.cuda_reason}});
  for (auto set = device.instruction_sets.rbegin(); set != device.instruction_sets.rend(); ++set) {
    all.push_back({{"name", "cpu " + *set},
                   {"usable", true},
                   {"device", device.cpu_model},
                   {"reason", ""}});
  }
  return all;
}

std::string chosen_back_end(const DeviceFacts& device) {
  return device.cuda_usable ? "cuda" : "cpu " + device.instruction_sets.back();
}

/// Bounds of what flags take.
Facts limits(const DeviceFacts& device) {
  return {{"years", most_years},
          {"threads", most_threads},
          {"deductible_usd", largest_deductible_usd},
          {"least_memory_limit_bytes", least_memory_bytes},
          {"kept_years_memory_bytes", device.memory_bytes / 2}};
}

Facts build_and_devices() {
  const BuildFacts& build = build_facts();
  const DeviceFacts device = device_facts();
  return {{"version", build.version},
          {"git_revision", build.git_revision},
          {"compiler", build.compiler},
          {"build_type", build.build_type},
          {"hdf5_version", build.hdf5_version},
          {"built_with_cuda", build.cuda},
          {"chosen", chosen_back_end(device)},
          {"back_ends", back_ends(device)},
          {"cpu_model", device.cpu_model},
          {"instruction_sets", device.instruction_sets},
          {"threads", device.threads},
          {"memory_bytes", device.memory_bytes},
          {"cuda_usable", device.cuda_usable},
          {"cuda_device", device.cuda_device},
          {"cuda_reason", device.cuda_reason},
          {"limits", limits(device)}};
}

Facts stated_facts(const std::string& path) {
  const std::string text = in_a_child(path, [&path] {
    Facts facts = Facts::object();
    for (const FileFact& fact : file_facts(path)) {
      std::visit([&](const auto& value) { facts[fact.name] = value; }, fact.value);
    }
    return facts.dump(-1, ' ', false, Facts::error_handler_t::replace);
  });
  return Facts::parse(text);
}

Facts laws_of(const BookSummary& book) {
  Facts laws = Facts::object();
  for (const BookSummary::Law& law : book.laws) {
    laws[law.name] = {{"kind", law.kind}, {"members", law.members}};
  }
  return laws;
}

Facts book_facts(const std::string& path) {
  const Portfolio portfolio = load_portfolio(path);
  const BookSummary book = summarize(portfolio);
  return {{"file", path},
          {"schema", "corridor.book"},
          {"groups", book.groups},
          {"members", book.members},
          {"smallest_group", book.smallest_group},
          {"largest_group", book.largest_group},
          {"employees", book.employees},
          {"lasers", book.lasers},
          {"specific_covers", book.specific_covers},
          {"aggregate_covers", book.aggregate_covers},
          {"least_deductible_usd", book.least_deductible_usd},
          {"most_deductible_usd", book.most_deductible_usd},
          {"quote_specific_usd", portfolio.quote_specific_usd},
          {"quote_corridor", portfolio.quote_corridor},
          {"distributions", laws_of(book)},
          {"states", book.states},
          {"policy_year", book.policy_year},
          {"currency", book.currency},
          {"generator", book.generator},
          {"digest", book.digest},
          {"sealed", book.sealed},
          {"warnings", portfolio.warnings.size()}};
}

// A book is read whole and checked; of any other file of ours only what it says of itself.
Facts facts_of(const std::string& path) {
  const Facts stated = stated_facts(path);
  const std::string schema = stated.value("schema", "");
  if (schema == "corridor.book") return book_facts(path);
  if (!schema.starts_with("corridor.")) {
    throw Error(
        ErrorKind::bad_data,
        path + ": this is neither a book nor a results file: attribute schema is '" + schema + "'");
  }
  Facts facts{{"file", path}};
  facts.update(stated);
  return facts;
}

std::string shown(const Facts& value) {
  if (value.is_null()) return "none";
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_structured()) return value.dump();
  std::string text;
  for (const auto& [key, part] : value.items()) {
    text += text.empty() ? "" : ", ";
    const std::string name = key.empty() ? "none" : key;
    if (part.is_object()) {
      text += value.is_object() ? fmt::format("{} ({})", name, shown(part))
                                : part.value("name", "") +
                                      (part.value("usable", true) ? "" : " (not usable)");
    } else {
      text += value.is_object() ? fmt::format("{} {}", name, shown(part)) : shown(part);
    }
  }
  return text;
}

std::string as_text(const Facts& facts) {
  std::string text;
  for (const auto& [key, value] : facts.items()) {
    const std::string line = shown(value);
    if (!line.empty()) text += fmt::format("{:<21} {}\n", key, line);
  }
  return text;
}

int info(const InfoFlags& flags) {
  const Facts facts = flags.file.empty() ? build_and_devices() : facts_of(flags.file);
  const auto replace = Facts::error_handler_t::replace;
  print(flags.json ? facts.dump(2, ' ', false, replace) + "\n" : as_text(facts));
  return 0;
}

}  // namespace

Action declare_info(CLI::App& app) {
  const auto flags = std::make_shared<InfoFlags>();
  app.add_option("FILE", flags->file, "A book or a results file")->type_name("FILE");
  app.add_flag("--json", flags->json, "As one JSON document")->group("Output");
  return [flags](const std::string&) { return info(*flags); };
}

}  // namespace corridor::cli
