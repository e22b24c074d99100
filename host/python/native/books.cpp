// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>

#include <algorithm>
#include <iterator>

#include "corridor/book_summary.hpp"
#include "corridor/corridor.hpp"
#include "host/portfolio/schema.hpp"
#include "host/python/native/errors.hpp"
#include "host/python/native/parts.hpp"

namespace nb = nanobind;

namespace corridor::python {
namespace {

nb::dict column_facts(const ColumnRule& rule) {
  const bool is_text = rule.expected.type == h5::ValueType::text;
  nb::list row_shape;
  for (const std::uint64_t length : rule.expected.row_shape) row_shape.append(length);
  nb::dict facts;
  facts["name"] = rule.name;
  facts["dtype"] = is_text ? "S" + std::to_string(rule.expected.text_length)
                           : std::string(h5::numpy_name(rule.expected.type));
  facts["row_shape"] = row_shape;
  facts["required"] = rule.required;
  facts["description"] = rule.description;
  return facts;
}

/// Every table of a book but its laws: {"groups": {"columns": [...], "attributes": [...]}}.
Facts schema_of_books() {
  nb::dict tables;
  for (const TableRule& table : book_schema()) {
    nb::list columns, attributes;
    for (const ColumnRule& rule : table.columns) columns.append(column_facts(rule));
    for (const AttributeRule& rule : table.attributes) attributes.append(rule.name);
    nb::dict facts;
    facts["columns"] = columns;
    facts["attributes"] = attributes;
    tables[table.path.substr(1).c_str()] = facts;
  }
  return tables;
}

FactsList problems_of(const std::string& path, std::size_t memory_limit_bytes) {
  const std::vector<Problem> problems = [&] {
    const nb::gil_scoped_release released;
    return validate_book(path, {memory_limit_bytes});
  }();
  return as_list(problems);
}

nb::dict summary_facts(const BookSummary& summary) {
  nb::dict facts;
  facts["groups"] = summary.groups;
  facts["members"] = summary.members;
  facts["policy_year"] = summary.policy_year;
  facts["currency"] = summary.currency;
  facts["generator"] = summary.generator;
  facts["digest"] = summary.digest;
  facts["sealed"] = summary.sealed;
  return facts;
}

/// Throws what is wrong, claim laws included, all of it at once.
BookSummary summary_of_good(const std::string& path, std::size_t memory_limit_bytes,
                            const std::vector<Problem>& problems) {
  const auto stops = [](const Problem& problem) {
    return problem.severity == Problem::Severity::error;
  };
  std::vector<Problem> errors;
  std::copy_if(problems.begin(), problems.end(), std::back_inserter(errors), stops);
  if (!errors.empty()) throw Error(ErrorKind::bad_data, errors);
  return summarize(load_portfolio(path, {memory_limit_bytes}));
}

Facts checked_book(const std::string& path, std::size_t memory_limit_bytes) {
  BookSummary summary;
  std::vector<Problem> problems;
  {
    const nb::gil_scoped_release released;
    problems = validate_book(path, {memory_limit_bytes});
    summary = summary_of_good(path, memory_limit_bytes, problems);
  }
  nb::dict facts = summary_facts(summary);
  facts["problems"] = as_list(problems);
  return facts;
}

std::string sealed(const std::string& path) {
  const nb::gil_scoped_release released;
  return seal_portfolio(path);
}

}  // namespace

void declare_books(nb::module_& module) {
  module.def("book_schema", schema_of_books,
             "Every table of a book but its laws: names, types and meaning of its columns.");
  module.def("validate", problems_of, nb::arg("path"), nb::arg("memory_limit_bytes") = 0,
             "Every problem of a book, errors and warnings.");
  module.def("load", checked_book, nb::arg("path"), nb::arg("memory_limit_bytes") = 0,
             "Reads and checks a book; a few facts of it and every problem.");
  module.def("seal", sealed, nb::arg("path"),
             "Writes the digest of the content into the book; returns it.");
}

}  // namespace corridor::python
