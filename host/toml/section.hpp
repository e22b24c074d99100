// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "corridor/error.hpp"
#include "host/toml/parser.hpp"

namespace corridor {

/// Largest amount that a year's cents hold with room.
inline constexpr double usd_most = 1e12;

/// Inclusive.
struct NumberRange {
  double least = 0, most = usd_most;
};

/// A file's text.
///
/// `kind`  what the message calls it: "arrangement"
/// throws  Error{missing_input}
std::string toml_text(const std::string& path, const std::string& kind);

/// The root of a file's text; `name` stands for the file in messages.
///
/// throws  Error{bad_data} where it is no TOML
toml::table toml_root(std::string_view text, const std::string& name);

/// Shortest text of a number: plain from 1e-6 to 1e15; "inf", "nan" as TOML writes them.
std::string toml_number(double value);

/// What is wrong with one TOML file, gathered as it is read.
class TomlProblems {
 public:
  explicit TomlProblems(std::string file) : file_(std::move(file)) {}

  /// `code` is an error that raise() throws, or a warning "W_...".
  void add(const std::string& key, const std::string& code, const toml::source_region& source,
           const std::string& message, const std::string& fix, const std::string& value = "");
  /// Throws Error{bad_data} with every problem, if there is one.
  void raise() const;
  std::size_t count() const { return problems_.size(); }
  const std::vector<Problem>& warnings() const { return warnings_; }

 private:
  std::string file_;
  std::vector<Problem> problems_, warnings_;
};

/// "line 3, column 7: "
std::string toml_place(const toml::source_region& source);

/// One table of the file. Reading a key marks it as known; finish() reports the others.
class TomlSection {
 public:
  /// `path` is what stands before a key in messages: "" or "fees."
  TomlSection(const toml::table& table, std::string path, TomlProblems& problems)
      : table_(table), path_(std::move(path)), problems_(problems) {}

  bool has(const std::string& key) const { return table_.contains(key); }
  toml::source_region source() const { return table_.source(); }
  std::optional<double> number(const std::string& key, NumberRange range);
  double number_or(const std::string& key, double neutral, NumberRange range) {
    return number(key, range).value_or(neutral);
  }
  std::optional<double> whole_number(const std::string& key, NumberRange range);
  double required(const std::string& key, NumberRange range);
  bool flag(const std::string& key);
  std::string text(const std::string& key);

  /// The table under a key, or nullptr; a problem where it is something else.
  const toml::table* table(const std::string& key);
  /// The tables of [[key]]; empty where there are none.
  std::vector<const toml::table*> tables(const std::string& key);
  const toml::node* node(const std::string& key);

  void wrong(const std::string& key, const toml::source_region& source, const std::string& message,
             const std::string& fix, const std::string& code = "E_RANGE",
             const std::string& value = "") {
    problems_.add(path_ + key, code, source, message, fix, value);
  }
  /// Where a key stands, or its table where it does not.
  toml::source_region source(const std::string& key) const {
    const toml::node* found = table_.get(key);
    return found == nullptr ? source() : found->source();
  }
  void finish();

 private:
  const toml::table& table_;
  std::string path_;
  TomlProblems& problems_;
  std::set<std::string> known_;
};

}  // namespace corridor
