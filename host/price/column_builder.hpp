// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "corridor/quotes.hpp"
#include "host/price/quote_row.hpp"

namespace corridor {

/// What a cell without a meaning holds.
inline constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// Appends columns, each a function of a row.
class ColumnBuilder {
 public:
  explicit ColumnBuilder(std::span<const QuoteRow> rows) : rows_(rows) {}

  template <class Value>
  void text(const std::string& name, const std::string& description, const Value& value) {
    add<std::string>(name, "text", description, value);
  }
  template <class Value>
  void count(const std::string& name, const std::string& description, const Value& value) {
    add<std::uint64_t>(name, "count", description, value);
  }
  template <class Value>
  void usd(const std::string& name, const std::string& description, const Value& value) {
    add<double>(name, "USD", description, value);
  }
  template <class Value>
  void ratio(const std::string& name, const std::string& description, const Value& value) {
    add<double>(name, "1", description, value);
  }
  std::vector<QuoteColumn> take() { return std::move(columns_); }

 private:
  template <class Type, class Value>
  void add(const std::string& name, const char* units, const std::string& description,
           const Value& value) {
    std::vector<Type> values;
    values.reserve(rows_.size());
    for (const QuoteRow& row : rows_) values.push_back(value(row));
    columns_.push_back({name, units, description, std::move(values)});
  }

  std::span<const QuoteRow> rows_;
  std::vector<QuoteColumn> columns_;
};

/// From manual to quoted premium, loss ratios, rates, factors, expectations, the employer's
/// maximum.
void add_quote_columns(ColumnBuilder& add);

}  // namespace corridor
