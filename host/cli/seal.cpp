// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "corridor/portfolio.hpp"
#include "host/cli/command.hpp"
#include "host/cli/terminal.hpp"

namespace corridor::cli {

Action declare_seal(CLI::App& app) {
  const auto book = std::make_shared<std::string>();
  app.add_option("BOOK", *book, "The book to seal, HDF5; it is replaced in one step")
      ->required()
      ->type_name("FILE");
  return [book](const std::string&) {
    print(seal_portfolio(*book) + "  " + *book + "\n");
    return 0;
  };
}

}  // namespace corridor::cli
