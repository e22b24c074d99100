// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/common_flags.hpp"

#include <CLI/CLI.hpp>
#include <optional>

#include "corridor/error.hpp"
#include "host/cli/choices.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/values.hpp"

namespace corridor::cli {
namespace {

const std::vector<std::string> log_formats{"text", "json"};
const std::vector<std::string> colours{"auto", "always", "never"};

/// The last value of `flag`, written with a blank or an equals sign before it.
std::optional<std::string> value_of(const std::string& flag,
                                    const std::vector<std::string>& arguments) {
  std::optional<std::string> value;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--") break;
    if (arguments[i].starts_with(flag + "=")) value = arguments[i].substr(flag.size() + 1);
    if (arguments[i] == flag && i + 1 < arguments.size()) value = arguments[i + 1];
  }
  return value;
}

bool has(const std::string& flag, const std::vector<std::string>& arguments) {
  return std::find(arguments.begin(), arguments.end(), flag) != arguments.end();
}

void add_flag(CLI::App& app, const std::string& names, const std::string& help) {
  if (app.get_option_no_throw(names.substr(0, names.find(','))) != nullptr) return;
  app.add_flag(names, help)->group("Messages");
}

}  // namespace

void declare_common_flags(CLI::App& app) {
  offer(app.add_option("--log-format", "Messages on standard error: text for people, or json, an event a "
                                 "line (data/logs.md)")
      ->type_name("NAME")
      ->group("Messages"), log_formats);
  app.add_option("--log-file", "Append every event to this file too, as JSON lines")
      ->type_name("FILE")
      ->group("Messages");
  add_flag(app, "-v,--verbose", "Say at the end what the run took: phases, memory, device");
  add_flag(app, "-q,--quiet", "No notes or warnings; errors still appear");
  offer(app.add_option("--color", "auto: on a terminal unless NO_COLOR is set; always; never")
      ->type_name("WHEN")
      ->group("Messages"), colours);
  add_flag(app, "--no-color", "The same as --color never");
}

void apply_common_flags(const std::vector<std::string>& arguments) {
  if (const auto when = value_of("--color", arguments)) {
    const std::string name = one_name("--color", *when, colours);
    use_colour(name == "auto"     ? Colour::automatic
               : name == "always" ? Colour::always
                                  : Colour::never);
  }
  if (has("--no-color", arguments)) use_colour(Colour::never);
  LogSettings settings;
  if (const auto format = value_of("--log-format", arguments)) {
    settings.json = one_name("--log-format", *format, log_formats) == "json";
  }
  settings.file = value_of("--log-file", arguments).value_or("");
  run_log().open(settings);
}

void apply_loudness(const CLI::App& app) {
  run_log().set_loudness(app.count("--quiet") > 0, app.count("--verbose") > 0);
}

}  // namespace corridor::cli
