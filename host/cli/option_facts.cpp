// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/option_facts.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "host/cli/choices.hpp"

namespace corridor::cli {
namespace {

OptionFacts facts_of(const CLI::Option& option) {
  OptionFacts facts;
  facts.positional = option.nonpositional() == false;
  for (const std::string& name : option.get_snames()) facts.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) facts.names.push_back("--" + name);
  if (facts.positional) facts.names = {option.get_name(true)};
  if (option.get_items_expected_max() > 0) facts.type = option.get_type_name();
  facts.help = option.get_description();
  facts.group = option.get_group();
  facts.choices = offered(option);
  facts.required = option.get_required();
  return facts;
}

}  // namespace

std::string OptionFacts::summary() const {
  std::string text = help.substr(0, help.find('\n'));
  for (const char* end : {". ", "; ", ": "}) text = text.substr(0, text.find(end));
  return text;
}

std::vector<OptionFacts> options_of(const CLI::App& app) {
  std::vector<OptionFacts> options;
  for (const CLI::Option* option : app.get_options()) options.push_back(facts_of(*option));
  for (const CLI::App* named : app.get_subcommands({})) {
    for (const CLI::Option* option : named->get_options()) {
      const OptionFacts facts = facts_of(*option);
      const auto same = [&](const OptionFacts& other) { return other.names == facts.names; };
      if (std::none_of(options.begin(), options.end(), same)) options.push_back(facts);
    }
  }
  std::stable_partition(options.begin(), options.end(),
                        [](const OptionFacts& facts) { return facts.positional; });
  return options;
}

}  // namespace corridor::cli
