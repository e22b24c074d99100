// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/report/table_view.hpp"

#include <cmath>
#include <limits>

#include "host/report/number_text.hpp"

namespace corridor {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

struct CellNumber {
  std::size_t row;

  double operator()(const std::vector<std::string>&) const { return nothing; }
  double operator()(const std::vector<double>& values) const { return values[row]; }
  double operator()(const std::vector<std::uint64_t>& values) const {
    return static_cast<double>(values[row]);
  }
};

struct CellText {
  std::size_t row;

  std::string operator()(const std::vector<std::string>& values) const { return values[row]; }
  std::string operator()(const std::vector<double>& values) const {
    return std::isnan(values[row]) ? "" : shortest_text(values[row]);
  }
  std::string operator()(const std::vector<std::uint64_t>& values) const {
    return std::to_string(values[row]);
  }
};

}  // namespace

double TableView::number(std::string_view column, std::size_t row) const {
  const QuoteColumn* found = find(column);
  return found == nullptr ? nothing : std::visit(CellNumber{row}, found->values);
}

std::string TableView::text(std::string_view column, std::size_t row) const {
  const QuoteColumn* found = find(column);
  return found == nullptr ? "" : std::visit(CellText{row}, found->values);
}

const QuoteColumn* TableView::find(std::string_view column) const {
  if (table_ == nullptr) return nullptr;
  for (const QuoteColumn& candidate : table_->columns) {
    if (candidate.name == column) return &candidate;
  }
  return nullptr;
}

}  // namespace corridor
