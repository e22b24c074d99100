// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "host/cli/outputs.hpp"
#include "host/cli/recorded.hpp"

namespace corridor::cli {

/// What a file of results says that it was made from.
struct Provenance {
  std::vector<std::string> arguments;
  std::string book_digest;
};

/// `schema`  that the file must have: "corridor.quotes"
/// throws    Error{missing_input}, Error{bad_data} where the file does not say or is of another kind
Provenance provenance_of(const std::string& path, const std::string& schema);

/// Beside --from nothing may be given that the file says.
///
/// throws  Error{usage} naming the argument
void require_nothing_else(const CLI::App& app);

/// throws  Error{bad_data} where the book's content is no longer what the results were made from
void require_same_book(const std::string& book, const Provenance& from);

/// The flags of results with the typed outputs and machine.
template <class Flags>
Flags again(const std::string& command, const Flags& typed, const Provenance& from) {
  Flags flags = flags_from<Flags>(command, from.arguments);
  static_cast<OutputFlags&>(flags) = typed;
  take_machine(typed, flags);
  return flags;
}

}  // namespace corridor::cli
