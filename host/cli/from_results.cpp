// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/from_results.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "corridor/error.hpp"
#include "corridor/info.hpp"
#include "corridor/portfolio.hpp"
#include "host/cli/child.hpp"

namespace corridor::cli {
namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw Error(ErrorKind::bad_data, fmt::format("--from {}: {}", path, why));
}

/// The texts among a file's facts, as JSON that a child process can hand over.
std::string text_facts(const std::string& path) {
  nlohmann::json facts = nlohmann::json::object();
  for (const FileFact& fact : file_facts(path)) {
    if (const auto* text = std::get_if<std::string>(&fact.value)) facts[fact.name] = *text;
  }
  return facts.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

Provenance provenance_of(const std::string& path, const std::string& schema) {
  const nlohmann::json facts =
      nlohmann::json::parse(in_a_child(path, [&] { return text_facts(path); }));
  const std::string found = facts.value("schema", "");
  if (found != schema) {
    refuse(path, fmt::format("it is no file of {}, its schema is '{}'", schema, found));
  }
  try {
    Provenance from;
    nlohmann::json::parse(facts.value("run.arguments", "")).get_to(from.arguments);
    from.book_digest = facts.value("run.input_digest", "");
    return from;
  } catch (const nlohmann::json::exception&) {
    refuse(path, "it does not say what it was made from. Give the book and the flags themselves");
  }
}

void require_nothing_else(const CLI::App& app) {
  for (const std::string& argument : recorded_arguments(app)) {
    const std::string name = argument.substr(0, argument.find('='));
    if (name == "--device" || name == "--threads" || name == "--instruction-set" ||
        name == "--memory-limit") {
      continue;
    }
    throw Error(ErrorKind::usage,
                fmt::format("'{}' beside --from: the results say what is studied. Leave one out",
                            argument));
  }
}

void require_same_book(const std::string& book, const Provenance& from) {
  const std::string digest = load_portfolio(book).digest;
  if (digest == from.book_digest) return;
  throw Error(ErrorKind::bad_data,
              fmt::format("{} has the digest {}, and the results were made from {}. Bring that "
                          "book back, or leave --from out",
                          book, digest, from.book_digest));
}

}  // namespace corridor::cli
