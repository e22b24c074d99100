// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>

#include "corridor/error.hpp"
#include "corridor/rules.hpp"
#include "host/nearest.hpp"
#include "host/rules/csv_lines.hpp"
#include "host/rules/months.hpp"
#include "host/rules/rule_columns.hpp"

namespace corridor {
namespace {

bool asked(double amount) { return !std::isnan(amount); }

bool is_state(const std::string& name) {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return name.size() == 2 && capital(name[0]) && capital(name[1]);
}

bool asks_for_nothing(const Rule& rule) {
  return !rule.prohibited && !asked(rule.specific_usd) && !asked(rule.specific_of_expected) &&
         !asked(rule.aggregate_of_expected) && !asked(rule.aggregate_per_person_usd) &&
         !asked(rule.aggregate_floor_usd) && rule.laser_rule == LaserRule::ok &&
         rule.required_covers == CoversRequired::any && !asked(rule.aggregate_share_min) &&
         !asked(rule.run_out_min_months);
}

/// What a file says as a message may repeat it: without control characters, and short.
std::string printable(std::string text) {
  constexpr std::size_t most = 200;
  if (text.size() > most) {
    text.resize(most);
    text += " ...";
  }
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }, '?');
  return text;
}

/// Columns of a row that contradict one another.
struct Contradiction {
  const char* column;
  std::string message, fix;
};

std::string in_quotes(const std::string& cell) { return "'" + cell + "'"; }

Contradiction not_a_state(const std::string& name) {
  std::string capitals = name;
  for (char& c : capitals) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return {"state", in_quotes(name) + " is not a state's two capital letters",
          is_state(capitals) ? "Write " + capitals
                             : "Write it as in TX, or give the row the status reference"};
}

std::optional<Contradiction> contradiction(const Rule& rule) {
  if (rule.status != RuleStatus::reference && !is_state(rule.state)) {
    return not_a_state(rule.state);
  }
  if (rule.size_lo && rule.size_hi && *rule.size_lo > *rule.size_hi) {
    return Contradiction{"size_hi", "is below size_lo", "Give size_lo or more, or leave it empty"};
  }
  if (!rule.effective_from.empty() && !rule.effective_to.empty() &&
      rule.effective_from > rule.effective_to) {
    return Contradiction{
        "effective_to",
        in_quotes(rule.effective_to) + " is before effective_from, " + in_quotes(rule.effective_from),
        "Give the last month of the rule, or leave it empty"};
  }
  if ((rule.laser_rule == LaserRule::max_multiple) != asked(rule.laser_multiple)) {
    return Contradiction{"laser_multiple", "belongs to laser_rule max_multiple, and to it alone",
                         "Give both or neither"};
  }
  if (asked(rule.specific_cap_usd) && !asked(rule.specific_of_expected)) {
    return Contradiction{"specific_cap_usd", "caps specific_of_expected, which is empty",
                         "Fill in specific_of_expected, or give the amount as specific_usd"};
  }
  if (asked(rule.specific_usd) && asked(rule.specific_of_expected)) {
    return Contradiction{"specific_usd", "is given beside specific_of_expected",
                         "Keep one; specific_cap_usd caps a multiple"};
  }
  if (rule.is_maximum &&
      (asked(rule.aggregate_per_person_usd) || asked(rule.aggregate_floor_usd))) {
    return Contradiction{"direction", "max goes with aggregate_of_expected alone",
                         "Write min, or leave the other aggregate amounts empty"};
  }
  if (asks_for_nothing(rule)) {
    return Contradiction{"text", "stands in a row that asks for nothing that could be checked",
                         "Fill in an amount, a laser rule, covers or prohibited, or leave it out"};
  }
  return std::nullopt;
}

/// What a row asks, of whom and when: two rows with the same would say everything twice.
std::string key_of(const Rule& rule) {
  std::ostringstream key;
  key.precision(17);
  key << rule.state << '|' << static_cast<int>(rule.applies_to) << '|' << rule.size_lo.value_or(-1)
      << '|' << rule.size_hi.value_or(-1) << '|' << static_cast<int>(rule.size_basis);
  for (const double amount :
       {rule.specific_usd, rule.specific_of_expected, rule.specific_cap_usd,
        rule.aggregate_of_expected, rule.aggregate_per_person_usd, rule.aggregate_floor_usd,
        rule.laser_multiple, rule.aggregate_share_min, rule.run_out_min_months}) {
    key << '|' << amount;
  }
  for (const int word :
       {static_cast<int>(rule.per), static_cast<int>(rule.is_maximum),
        static_cast<int>(rule.expected_basis), static_cast<int>(rule.laser_rule),
        static_cast<int>(rule.required_covers), static_cast<int>(rule.prohibited),
        static_cast<int>(rule.effect), static_cast<int>(rule.status == RuleStatus::reference)}) {
    key << '|' << word;
  }
  key << '|' << rule.effective_from << '|' << rule.effective_to;
  return key.str();
}

/// Reads the records of one file and gathers what is wrong with them.
class RuleReader {
 public:
  explicit RuleReader(std::string name) { book_.name = std::move(name); }

  RuleBook read(std::string_view text) {
    const CsvText csv = csv_lines(text);
    if (csv.open_quote > 0) {
      add("E_QUOTE", {csv.open_quote, ""}, "a quote opens and never closes",
          "Close it, and write a quote inside a quoted cell twice");
    } else if (csv.lines.empty()) {
      add("E_MISSING", {1, ""}, "the file has no header", "Start from data/rules/state_rules.csv");
    } else if (!read_header(csv.lines.front())) {
      // What is wrong with the header is said; rows cannot be told apart without it.
    } else if (csv.lines.size() == 1) {
      add("E_MISSING", {csv.lines.front().number, ""},
          "the file has a header and no rules, so no option could pass",
          "Add a row for each rule, or leave --rules out to take the built-in ones");
    } else {
      std::for_each(csv.lines.begin() + 1, csv.lines.end(),
                    [this](const CsvLine& line) { read_row(line); });
    }
    if (!problems_.empty()) throw Error(ErrorKind::bad_data, std::move(problems_));
    return std::move(book_);
  }

 private:
  struct Place {
    std::uint32_t line;
    std::string column;
  };

  bool read_header(const CsvLine& header) {
    for (const std::string& name : header.cells) add_column(header, name);
    for (const RuleColumn& column : rule_columns()) {
      if (column.required && !has(column)) {
        add("E_MISSING", {header.number, column.name}, "the column is missing",
            "data/rules/README.md lists the columns");
      }
    }
    return problems_.empty();
  }

  void add_column(const CsvLine& header, const std::string& name) {
    const auto columns = rule_columns();
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const RuleColumn& column) { return column.name == name; });
    if (found == columns.end()) {
      std::vector<std::string> known;
      for (const RuleColumn& column : columns) known.emplace_back(column.name);
      const std::string near = nearest_name(name, known);
      return add("E_UNKNOWN", {header.number, name}, "there is no such column",
                 (near.empty() ? "" : "Did you mean " + near + "? ") +
                     "data/rules/README.md lists the columns");
    }
    if (has(*found)) {
      add("E_DUPLICATE", {header.number, name}, "the column is there twice", "Leave one out");
    }
    columns_.push_back(&*found);
  }

  bool has(const RuleColumn& column) const {
    return std::find(columns_.begin(), columns_.end(), &column) != columns_.end();
  }

  void read_row(const CsvLine& line) {
    if (line.cells.size() != columns_.size()) {
      return add("E_LENGTH", {line.number, ""},
                 "the row has " + std::to_string(line.cells.size()) +
                     " cells where the header has " + std::to_string(columns_.size()),
                 "Put a cell that holds a comma into quotes");
    }
    Rule rule = empty_rule();
    rule.line = line.number;
    const std::size_t before = problems_.size();
    for (std::size_t i = 0; i < columns_.size(); ++i) read_cell(line, i, rule);
    if (problems_.size() > before) return;
    if (const auto wrong = contradiction(rule)) {
      return add("E_RULE", {line.number, wrong->column}, wrong->message, wrong->fix);
    }
    const auto [first, is_new] = first_line_.emplace(key_of(rule), line.number);
    if (!is_new) {
      return add("E_DUPLICATE", {line.number, "state"},
                 in_quotes(rule.state) + ": line " + std::to_string(first->second) +
                     " has a rule for the same policies that asks the same",
                 "Leave one out, or give them months that differ");
    }
    book_.rules.push_back(std::move(rule));
  }

  void read_cell(const CsvLine& line, std::size_t column, Rule& rule) {
    const RuleColumn& reader = *columns_[column];
    const std::string& cell = line.cells[column];
    if (reader.required && cell.empty()) {
      return add("E_MISSING", {line.number, reader.name}, "the cell is empty",
                 "Fill it in: every row has one");
    }
    const std::string problem = reader.read(cell, rule);
    if (!problem.empty()) {
      add("E_VALUE", {line.number, reader.name}, problem,
          "data/rules/README.md lists what a cell may hold");
    }
  }

  void add(const std::string& code, const Place& place, const std::string& message,
           const std::string& fix) {
    Problem problem;
    problem.code = code;
    problem.file = book_.name;
    problem.dataset = printable(place.column);
    problem.message = "line " + std::to_string(place.line) + ": " + printable(message);
    problem.fix = fix;
    problems_.push_back(std::move(problem));
  }

  RuleBook book_;
  std::vector<const RuleColumn*> columns_;
  std::map<std::string, std::uint32_t> first_line_;  ///< by what a row asks
  std::vector<Problem> problems_;
};

}  // namespace

RuleBook parse_rules(std::string_view text, const std::string& name) {
  return RuleReader(name).read(text);
}

RuleBook load_rules(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  // An empty file would make << fail; it is no failure to read.
  if (file && file.peek() != std::ifstream::traits_type::eof()) text << file.rdbuf();
  if (!file.is_open() || file.bad() || text.fail()) {
    throw Error(ErrorKind::missing_input,
                "cannot read rule file '" + path + "'. Check the path and the permissions");
  }
  return parse_rules(text.str(), path);
}

}  // namespace corridor
