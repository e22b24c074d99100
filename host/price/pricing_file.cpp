// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <optional>
#include <sstream>

#include "corridor/error.hpp"
#include "host/price/decimal_text.hpp"
#include "host/price/loads.hpp"
#include "host/nearest.hpp"
#include "host/toml/parser.hpp"

namespace corridor {
namespace {

std::string place(const toml::source_region& source) {
  return "line " + std::to_string(source.begin.line) + ", column " +
         std::to_string(source.begin.column) + ": ";
}

std::string range_fix(double least, double most) {
  return "Give a number from " + shortest(least) + " to " + shortest(most);
}

/// Reads one file's keys into a basis and gathers what is wrong with them.
class Reader {
 public:
  Reader(std::string name, PricingBasis basis) : name_(std::move(name)), basis_(basis) {}

  void read(const toml::table& root) {
    for (const auto& [key, node] : root) {
      const std::string name(key.str());
      if (const toml::table* table = node.as_table(); table && is_cover(name)) continue;
      if (name == state_table) continue;
      if (name == "capital_level") {
        read_level(key, node);
      } else if (name == "credibility_life_years") {
        read_life_years(key, node);
      } else {
        read_load(key, node, name, {&basis_.specific, &basis_.aggregate});
      }
    }
    read_states(root);
    read_cover(root, "specific", basis_.specific);
    read_cover(root, "aggregate", basis_.aggregate);
  }

  PricingBasis result() {
    if (const std::string problem = basis_problem(basis_); problems_.empty() && !problem.empty()) {
      add("", "E_LOADS", "", problem, "They are shares of the premium: 0.08 for 8%");
    }
    if (!problems_.empty()) throw Error(ErrorKind::bad_data, problems_);
    return basis_;
  }

 private:
  static constexpr const char* state_table = "premium_tax_state";

  static bool is_cover(const std::string& name) {
    return name == "specific" || name == "aggregate";
  }

  /// Keys of a cover's own table, after those at the top: the narrower statement wins.
  void read_cover(const toml::table& root, const std::string& cover, CoverLoads& loads) {
    const toml::table* table = root[cover].as_table();
    if (table == nullptr) return;
    for (const auto& [key, node] : *table) {
      read_load(key, node, cover + "." + std::string(key.str()), {&loads});
    }
  }

  /// [premium_tax_state]: a rate for each state that has its own.
  void read_states(const toml::table& root) {
    const toml::node* node = root.get(state_table);
    if (node == nullptr) return;
    const toml::table* table = node->as_table();
    if (table == nullptr) {
      return add(state_table, "E_TYPE", "", place(node->source()) + "is not a table",
                 "Write [premium_tax_state], then lines as TX = 0.0175");
    }
    for (const auto& [key, rate] : *table) read_state(key, rate);
  }

  void read_state(const toml::key& key, const toml::node& node) {
    const std::string state(key.str()), name = std::string(state_table) + "." + state;
    if (const std::string problem = state_problem(state); !problem.empty()) {
      return add(name, "E_UNKNOWN_KEY", state, place(key.source()) + problem,
                 "Write lines as TX = 0.0175");
    }
    if (const auto value = number(node, name)) {
      const LoadField& tax = *find_load("premium_tax");
      if (const std::string problem = range_problem(tax, *value); !problem.empty()) {
        return add(name, "E_RANGE", shortest(*value), place(node.source()) + problem,
                   range_fix(tax.least, tax.most));
      }
      basis_.premium_tax_by_state[state] = *value;
    }
  }

  void read_life_years(const toml::key& key, const toml::node& node) {
    const std::string name(key.str());
    const auto value = number(node, name);
    if (!value) return;
    if (const std::string problem = life_years_problem(*value); !problem.empty()) {
      return add(name, "E_RANGE", shortest(*value), place(node.source()) + problem,
                 "Give the life-years at which experience counts by half, 274 say");
    }
    basis_.credibility_life_years = *value;
  }

  /// A number, or nothing with the problem noted.
  std::optional<double> number(const toml::node& node, const std::string& full_name) {
    if (node.is_number()) return node.value<double>();
    add(full_name, "E_TYPE", "", place(node.source()) + "is not a number",
        "Write it as in expense = 0.08");
    return {};
  }

  void read_load(const toml::key& key, const toml::node& node, const std::string& full_name,
                 std::initializer_list<CoverLoads*> targets) {
    const LoadField* field = find_load(std::string(key.str()));
    if (field == nullptr) return add_unknown(key, full_name);
    const auto value = number(node, full_name);
    if (!value) return;
    if (const std::string problem = range_problem(*field, *value); !problem.empty()) {
      return add(full_name, "E_RANGE", shortest(*value), place(node.source()) + problem,
                 range_fix(field->least, field->most));
    }
    for (CoverLoads* loads : targets) loads->*(field->value) = *value;
  }

  void read_level(const toml::key& key, const toml::node& node) {
    // A TOML number has lost its text: its shortest decimal is taken for what was meant.
    const auto number = node.value<double>();
    const std::string text = node.is_string() ? node.value<std::string>().value_or("")
                             : number         ? plain(*number)
                                              : "";
    try {
      basis_.capital_level = parse_level(text);
    } catch (const Error& error) {
      add(std::string(key.str()), "E_RANGE", text, place(node.source()) + error.what(),
          "Write it as in capital_level = 0.99");
    }
  }

  void add_unknown(const toml::key& key, const std::string& full_name) {
    const std::string close = nearest_name(full_name, assignable_names());
    add(full_name, "E_UNKNOWN_KEY", "", place(key.source()) + "there is no such load",
        close.empty() ? "Loads are listed by 'corridor price --help'"
                      : "Did you mean '" + close + "'?");
  }

  void add(const std::string& key, const std::string& code, const std::string& value,
           const std::string& message, const std::string& fix) {
    Problem problem;
    problem.code = code;
    problem.file = name_;
    problem.dataset = key;
    problem.value = value;
    problem.message = message;
    problem.fix = fix;
    problems_.push_back(problem);
  }

  std::string name_;
  PricingBasis basis_;
  std::vector<Problem> problems_;
};

[[noreturn]] void throw_syntax(const std::string& name, const std::string& message) {
  Problem problem;
  problem.code = "E_TOML";
  problem.file = name;
  problem.message = message;
  problem.fix = "Write lines as expense = 0.08, each name once, below its [table]";
  throw Error(ErrorKind::bad_data, std::vector{problem});
}

std::string_view without_byte_order_mark(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  while (text.starts_with(mark)) text.remove_prefix(mark.size());
  return text;
}

}  // namespace

PricingBasis parse_pricing(const std::string& text, const std::string& name) {
  toml::table root;
  try {
    root = toml::parse(without_byte_order_mark(text), name);
  } catch (const toml::parse_error& error) {
    throw_syntax(name, place(error.source()) + std::string(error.description()));
  }
  Reader reader(name, {});
  reader.read(root);
  return reader.result();
}

PricingBasis load_pricing(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  if (!file || file.bad()) {
    throw Error(ErrorKind::missing_input,
                "cannot open pricing file '" + path + "'. Check the path and the permissions");
  }
  return parse_pricing(text.str(), path);
}

}  // namespace corridor
