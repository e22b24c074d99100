// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/info.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "corridor/portfolio.hpp"
#include "host/cli/command.hpp"
#include "host/cli/terminal.hpp"

namespace corridor::cli {
namespace {

struct InfoFlags {
  std::string file;
  bool json = false;
};

// One fact a key, in the order people read them.
using Facts = nlohmann::ordered_json;

Facts build_and_devices() {
  const BuildFacts& build = build_facts();
  const DeviceFacts device = device_facts();
  return {{"version", build.version},          {"git_revision", build.git_revision},
          {"compiler", build.compiler},        {"build_type", build.build_type},
          {"built_with_cuda", build.cuda},     {"instruction_sets", device.instruction_sets},
          {"threads", device.threads},         {"memory_bytes", device.memory_bytes},
          {"cuda_usable", device.cuda_usable}, {"cuda_device", device.cuda_device},
          {"cuda_reason", device.cuda_reason}};
}

Facts file_facts(const std::string& path) {
  const Portfolio book = load_portfolio(path);
  Facts laws = Facts::object();
  for (const DistributionSpec& law : book.distributions) laws[law.name] = law.kind;
  return {{"file", path},
          {"schema", "corridor.book"},
          {"groups", book.group_count()},
          {"members", book.member_count()},
          {"policy_year", book.policy_year},
          {"currency", book.currency},
          {"generator", book.generator},
          {"distributions", laws},
          {"quote_specific_usd", book.quote_specific_usd},
          {"quote_corridor", book.quote_corridor},
          {"digest", book.digest},
          {"sealed", book.sealed},
          {"warnings", book.warnings.size()}};
}

std::string shown(const Facts& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_structured()) return value.dump();
  std::string text;
  for (const auto& [key, part] : value.items()) {
    text += text.empty() ? "" : ", ";
    text += value.is_object() ? key + " (" + shown(part) + ")" : shown(part);
  }
  return text;
}

std::string as_text(const Facts& facts) {
  std::string text;
  for (const auto& [key, value] : facts.items()) {
    const std::string line = shown(value);
    if (!line.empty()) text += fmt::format("{:<20}{}\n", key, line);
  }
  return text;
}

int info(const InfoFlags& flags) {
  const Facts facts = flags.file.empty() ? build_and_devices() : file_facts(flags.file);
  const auto replace = Facts::error_handler_t::replace;
  print(flags.json ? facts.dump(2, ' ', false, replace) + "\n" : as_text(facts));
  return 0;
}

}  // namespace

Action declare_info(CLI::App& app) {
  const auto flags = std::make_shared<InfoFlags>();
  app.add_option("FILE", flags->file, "A book or a results file")->type_name("FILE");
  app.add_flag("--json", flags->json, "As one JSON document");
  return [flags](const std::string&) { return info(*flags); };
}

}  // namespace corridor::cli
