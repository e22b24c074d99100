// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>

#include <algorithm>
#include <set>
#include <vector>

#include "corridor/corridor.hpp"
#include "host/python/native/columns.hpp"
#include "host/python/native/errors.hpp"
#include "host/python/native/parts.hpp"
#include "host/python/native/watch.hpp"

namespace nb = nanobind;

namespace corridor::python {
namespace {

/// The column of what `of` says of each row.
template <class Row, class Of>
QuoteColumn column(const char* name, const char* units, const char* description,
                   const std::vector<Row>& rows, Of of) {
  using Value = std::decay_t<decltype(of(rows[0]))>;
  std::vector<Value> values;
  values.reserve(rows.size());
  for (const Row& row : rows) values.push_back(of(row));
  return {name, units, description, std::move(values)};
}

std::string text(std::string_view value) { return std::string(value); }

std::vector<QuoteColumn> columns_of(const RuleCheck& check, const RuleBook& book) {
  using Found = const RuleFinding&;
  const auto& rows = check.findings;
  const auto option = [&](Found row) -> const CheckedOption& { return check.options[row.quote]; };
  return {
      column("outcome", "text", "ok, not_applicable, stale, unknown or violates", rows,
             [](Found row) { return text(name_of(row.outcome)); }),
      column("group_id", "text", "the group's key", rows,
             [&](Found row) { return option(row).group_id; }),
      column("state", "text", "the group's state", rows, [&](Found row) { return option(row).state; }),
      column("specific_deductible_usd", "USD", "of the option; infinite: no specific", rows,
             [&](Found row) { return option(row).specific_deductible_usd; }),
      column("aggregate_corridor", "1", "of the option; NaN: given otherwise, or none", rows,
             [&](Found row) { return option(row).aggregate_corridor; }),
      column("aggregate_attachment_usd", "USD", "of the option; NaN: no aggregate", rows,
             [&](Found row) { return option(row).aggregate_attachment_usd; }),
      column("part", "text", "what was compared", rows,
             [](Found row) { return text(name_of(row.part)); }),
      column("reason", "text", "why the outcome is what it is", rows,
             [](Found row) { return text(name_of(row.reason)); }),
      column("required", "1", "dollars, a share or months as the part has it", rows,
             [](Found row) { return row.required; }),
      column("found", "1", "the same of the option", rows, [](Found row) { return row.found; }),
      column("message", "text", "the finding in words", rows,
             [&](Found row) { return sentence(row, option(row), book); }),
      column("rule_line", "1", "line of the rule file; 0: no rule", rows, [&](Found row) {
        return std::uint64_t{row.rule == no_rule ? 0 : book.rules[row.rule].line};
      })};
}

/// The rules that findings name, in the file's order.
std::vector<Rule> named_rules(const RuleCheck& check, const RuleBook& book) {
  std::set<std::uint32_t> named;
  for (const RuleFinding& finding : check.findings) {
    if (finding.rule != no_rule) named.insert(finding.rule);
  }
  std::vector<Rule> rules;
  for (const std::uint32_t rule : named) rules.push_back(book.rules[rule]);
  return rules;
}

std::vector<QuoteColumn> columns_of(const std::vector<Rule>& rules) {
  using Row = const Rule&;
  return {
      column("line", "1", "line of the rule file", rules,
             [](Row row) { return std::uint64_t{row.line}; }),
      column("state", "text", "two capital letters", rules, [](Row row) { return row.state; }),
      column("applies_to", "text", "whom the rule addresses", rules,
             [](Row row) { return text(name_of(row.applies_to)); }),
      column("text", "text", "the rule in one sentence", rules, [](Row row) { return row.text; }),
      column("effect", "text", "what a policy outside it is", rules,
             [](Row row) { return text(name_of(row.effect)); }),
      column("status", "text", "how far the row can be relied on", rules,
             [](Row row) { return text(name_of(row.status)); }),
      column("effective_from", "text", "first policy month", rules,
             [](Row row) { return row.effective_from; }),
      column("effective_to", "text", "last policy month", rules,
             [](Row row) { return row.effective_to; }),
      column("citation", "text", "where the rule stands", rules, [](Row row) { return row.citation; }),
      column("source", "text", "where it was read", rules, [](Row row) { return row.source; }),
      column("recorded_on", "text", "when it was read", rules,
             [](Row row) { return row.recorded_on; }),
      column("verified_on", "text", "when it was compared with the state's; empty: never", rules,
             [](Row row) { return row.verified_on; }),
      column("note", "text", "what else it asks, and what is not certain", rules,
             [](Row row) { return row.note; })};
}

/// Options by their worst finding.
nb::dict outcomes(const RuleCheck& check) {
  std::vector<RuleOutcome> worst(check.options.size(), RuleOutcome::not_applicable);
  for (const RuleFinding& finding : check.findings) {
    worst[finding.quote] = std::max(worst[finding.quote], finding.outcome);
  }
  nb::dict counts;
  for (const RuleOutcome outcome : {RuleOutcome::violates, RuleOutcome::unknown, RuleOutcome::stale,
                                    RuleOutcome::ok, RuleOutcome::not_applicable}) {
    counts[text(name_of(outcome)).c_str()] = std::count(worst.begin(), worst.end(), outcome);
  }
  return counts;
}

Facts check(const std::string& path, RunOptions options) {
  if (!options.rules) options.rules = std::make_shared<const RuleBook>(built_in_rules());
  Watch watch{nb::none(), nb::none()};
  const RunOptions watched = watch.watched(options);
  const RuleCheck found = watch.run([&] { return check_book(path, watched); });
  const std::vector<Rule> rules = named_rules(found, *options.rules);
  nb::dict facts;
  facts["findings"] = as_table("findings", "a row per option and rule", columns_of(found, *options.rules));
  facts["rules"] = as_table("rules", "the rules that findings name", columns_of(rules));
  facts["outcomes"] = outcomes(found);
  facts["warnings"] = as_list(found.warnings);
  return facts;
}

}  // namespace

void declare_checks(nb::module_& module) {
  module.def("check", check, nb::arg("path"), nb::arg("options"),
             "What state rules say of every option: findings, rules, outcomes, warnings.");
}

}  // namespace corridor::python
