// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/toml/section.hpp"

#include <charconv>
#include <fstream>
#include <sstream>

#include "host/nearest.hpp"

namespace corridor {
namespace {

std::string outside_text(double value, NumberRange range) {
  if (std::isnan(value)) return "nan is no value";
  if (value < range.least) return toml_number(value) + " is below " + toml_number(range.least);
  return toml_number(value) + " is above " + toml_number(range.most);
}

std::string_view without_byte_order_mark(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  return text;
}

}  // namespace

toml::table toml_root(std::string_view text, const std::string& name) {
  try {
    return toml::parse(without_byte_order_mark(text), name);
  } catch (const toml::parse_error& error) {
    TomlProblems problems(name);
    problems.add("", "E_TOML", error.source(), std::string(error.description()),
                 "Write lines as key = 1500 or key = \"a text\", each key once, below its [table]");
    problems.raise();
    throw;
  }
}

std::string toml_text(const std::string& path, const std::string& kind) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  if (!file || file.bad()) {
    throw Error(ErrorKind::missing_input,
                "cannot open " + kind + " '" + path + "'. Check the path and the permissions");
  }
  return text.str();
}

std::string toml_number(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  const bool plain = value == 0 || (std::abs(value) >= 1e-6 && std::abs(value) < 1e15);
  char text[64];
  const auto end = std::to_chars(text, text + sizeof text, value,
                                 plain ? std::chars_format::fixed : std::chars_format::scientific);
  return {text, end.ptr};
}

std::string toml_place(const toml::source_region& source) {
  return "line " + std::to_string(source.begin.line) + ", column " +
         std::to_string(source.begin.column) + ": ";
}

void TomlProblems::add(const std::string& key, const std::string& code,
                       const toml::source_region& source, const std::string& message,
                       const std::string& fix, const std::string& value) {
  const bool warns = code.front() == 'W';
  Problem problem;
  problem.severity = warns ? Problem::Severity::warning : Problem::Severity::error;
  problem.code = code;
  problem.file = file_;
  problem.dataset = key;
  problem.value = value;
  problem.message = toml_place(source) + message;
  problem.fix = fix;
  (warns ? warnings_ : problems_).push_back(std::move(problem));
}

void TomlProblems::raise() const {
  if (!problems_.empty()) throw Error(ErrorKind::bad_data, problems_);
}

const toml::node* TomlSection::node(const std::string& key) {
  known_.insert(key);
  return table_.get(key);
}

std::optional<double> TomlSection::number(const std::string& key, NumberRange range) {
  const toml::node* found = node(key);
  if (found == nullptr) return std::nullopt;
  if (!found->is_number()) {
    problems_.add(path_ + key, "E_TYPE", found->source(), "is not a number",
                  "Write it without quotes and thousands separators, as in " + key + " = 1500");
    return std::nullopt;
  }
  const double value = found->value<double>().value_or(NAN);
  if (!(value >= range.least && value <= range.most)) {
    problems_.add(
        path_ + key, "E_RANGE", found->source(), outside_text(value, range),
        "Give a number from " + toml_number(range.least) + " to " + toml_number(range.most),
        toml_number(value));
    return std::nullopt;
  }
  return value;
}

std::optional<double> TomlSection::whole_number(const std::string& key, NumberRange range) {
  const std::optional<double> value = number(key, range);
  if (!value || *value == std::floor(*value)) return value;
  problems_.add(
      path_ + key, "E_RANGE", node(key)->source(), "is not a whole number",
      "Give a whole number from " + toml_number(range.least) + " to " + toml_number(range.most),
      toml_number(*value));
  return std::nullopt;
}

double TomlSection::required(const std::string& key, NumberRange range) {
  if (!has(key)) {
    known_.insert(key);
    problems_.add(path_ + key, "E_MISSING", source(), "is missing",
                  "Add it to the table, a number from " + toml_number(range.least) + " to " +
                      toml_number(range.most));
    return 0;
  }
  return number_or(key, 0, range);
}

bool TomlSection::flag(const std::string& key) {
  const toml::node* found = node(key);
  if (found == nullptr) return false;
  if (!found->is_boolean()) {
    problems_.add(path_ + key, "E_TYPE", found->source(), "is neither true nor false",
                  "Write it without quotes, as in " + key + " = true");
  }
  return found->value<bool>().value_or(false);
}

std::string TomlSection::text(const std::string& key) {
  const toml::node* found = node(key);
  if (found == nullptr) return {};
  if (!found->is_string()) {
    problems_.add(path_ + key, "E_TYPE", found->source(), "is not a text",
                  "Write it in quotes, as in " + key + " = \"Client A\"");
    return {};
  }
  return found->value<std::string>().value_or("");
}

const toml::table* TomlSection::table(const std::string& key) {
  const toml::node* found = node(key);
  if (found != nullptr && !found->is_table()) {
    problems_.add(path_ + key, "E_TYPE", found->source(), "is not a table",
                  "Write [" + path_ + key + "] on a line of its own and its keys below");
    return nullptr;
  }
  return found == nullptr ? nullptr : found->as_table();
}

std::vector<const toml::table*> TomlSection::tables(const std::string& key) {
  const toml::node* found = node(key);
  std::vector<const toml::table*> result;
  if (found == nullptr) return result;
  const toml::array* array = found->as_array();
  for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
    if (array->get(i)->is_table()) result.push_back(array->get(i)->as_table());
  }
  if (array == nullptr || result.size() != array->size()) {
    problems_.add(path_ + key, "E_TYPE", found->source(), "is not a list of tables",
                  "Write [[" + path_ + key + "]] before the keys of each");
  }
  return result;
}

void TomlSection::finish() {
  for (const auto& [key, value] : table_) {
    const std::string name(key.str());
    if (known_.contains(name)) continue;
    const std::vector<std::string> known(known_.begin(), known_.end());
    std::string list;
    for (const std::string& each : known) list += (list.empty() ? "" : ", ") + each;
    const std::string close = nearest_name(name, known);
    problems_.add(
        path_ + name, "E_UNKNOWN_KEY", key.source(), "there is no such key",
        (close.empty() ? "" : "Did you mean '" + close + "'? ") + "Known here are " + list);
  }
}

}  // namespace corridor
