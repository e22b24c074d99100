// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace corridor::cli {

/// An option as declared: what completions and the manual are made from.
struct OptionFacts {
  std::vector<std::string> names;  ///< "-o", "--output"; of a positional "BOOK" alone
  std::string type;                ///< "FILE", "NAME,..."; "" for a flag
  std::string help, group;
  std::vector<std::string> choices;  ///< names that it knows; none where it takes anything
  bool positional = false, required = false;

  bool takes_value() const { return !positional && !type.empty(); }
  bool takes_list() const { return type.ends_with(",..."); }
  bool takes_file() const { return type == "FILE" || type == "FOLDER" || type == "NAME|FILE"; }
  /// The help's first sentence, for menus.
  std::string summary() const;
};

/// Options of a command in the order of its help, positionals first.
std::vector<OptionFacts> options_of(const CLI::App& app);

}  // namespace corridor::cli
