// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/python/native/columns.hpp"

#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>

#include <cstdint>
#include <memory>
#include <unordered_map>

namespace nb = nanobind;

namespace corridor::python {
namespace {

template <class Number>
nb::object as_array(const std::vector<Number>& values) {
  auto copy = std::make_unique<std::vector<Number>>(values);
  Number* const data = copy->data();
  const std::size_t length = copy->size();
  const nb::capsule owner(copy.release(), [](void* memory) noexcept {
    delete static_cast<std::vector<Number>*>(memory);
  });
  return nb::cast(nb::ndarray<nb::numpy, Number, nb::ndim<1>>(data, {length}, owner));
}

/// Equal texts are one str: a group's id stands in as many rows as it has options.
nb::object as_array(const std::vector<std::string>& values) {
  std::unordered_map<std::string, nb::object> known;
  nb::list words;
  for (const std::string& value : values) {
    auto [at, is_new] = known.try_emplace(value);
    if (is_new) at->second = nb::str(value.c_str(), value.size());
    words.append(at->second);
  }
  return words;
}

nb::dict as_column(const std::string& name, const std::string& units,
                   const std::string& description, nb::object values) {
  nb::dict column;
  column["name"] = name;
  column["units"] = units;
  column["description"] = description;
  column["values"] = std::move(values);
  return column;
}

nb::dict as_table(const std::string& name, const std::string& description, nb::list columns) {
  nb::dict table;
  table["name"] = name;
  table["description"] = description;
  table["columns"] = std::move(columns);
  return table;
}

}  // namespace

nb::dict as_table(const std::string& name, const std::string& description,
                  const std::vector<QuoteColumn>& columns) {
  nb::list list;
  for (const QuoteColumn& column : columns) {
    list.append(as_column(
        column.name, column.units, column.description,
        std::visit([](const auto& values) { return as_array(values); }, column.values)));
  }
  return as_table(name, description, list);
}

nb::dict as_table(const std::vector<YearSeries>& losses) {
  nb::list list;
  for (const YearSeries& series : losses) {
    list.append(as_column(series.name, "cents", series.description, as_array(series.cents)));
  }
  return as_table("losses", "amounts of every simulated year", list);
}

}  // namespace corridor::python
