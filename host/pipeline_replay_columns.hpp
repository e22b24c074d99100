// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "corridor/result_file.hpp"
#include "host/plan/money.hpp"

namespace corridor::pipeline {

using Texts = std::vector<std::string>;
using Numbers = std::vector<double>;
using Counts = std::vector<std::uint64_t>;

/// A table of one row an item, made column by column.
template <class Item>
class Columns {
 public:
  Columns(std::string name, std::string description, std::span<const Item> items)
      : table_{std::move(name), std::move(description), items.size(), {}}, items_(items) {}

  template <class Value>
  void text(const char* name, const char* description, const Value& value) {
    add<Texts>(name, "text", description, value);
  }
  template <class Value>
  void number(const char* name, const char* description, const Value& value) {
    add<Numbers>(name, "1", description, value);
  }
  template <class Value>
  void count(const char* name, const char* description, const Value& value) {
    add<Counts>(name, "count", description, value);
  }
  /// `value` in cents.
  template <class Value>
  void usd(const char* name, const char* description, const Value& value) {
    add<Numbers>(name, "USD", description, [&](const Item& item) { return usd_of(value(item)); });
  }
  /// `value` in dollars.
  template <class Value>
  void dollars(const char* name, const char* description, const Value& value) {
    add<Numbers>(name, "USD", description, value);
  }
  /// For amounts that are never below 0.
  template <class Value>
  void cents(const char* name, const char* description, const Value& value) {
    add<Counts>(name, "cents", description,
                [&](const Item& item) { return static_cast<std::uint64_t>(value(item)); });
  }

  ResultTable take() { return std::move(table_); }

 private:
  template <class Values, class Value>
  void add(const char* name, const char* units, const char* description, const Value& value) {
    Values values;
    for (const Item& item : items_) values.push_back(value(item));
    table_.columns.push_back({name, units, description, std::move(values)});
  }

  ResultTable table_;
  std::span<const Item> items_;
};

}  // namespace corridor::pipeline
