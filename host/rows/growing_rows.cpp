// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/rows/growing_rows.hpp"

#include <iterator>
#include <type_traits>
#include <utility>

namespace corridor {
namespace {

/// The columns of the next rows behind those there are.
void append(std::vector<QuoteColumn> part, std::size_t rows_of_all, std::vector<QuoteColumn>& all) {
  const bool first = all.empty();
  for (std::size_t c = 0; c < part.size(); ++c) {
    if (first) all.push_back({part[c].name, part[c].units, part[c].description, {}});
    std::visit(
        [&](auto& values) {
          using List = std::decay_t<decltype(values)>;
          if (first) all[c].values.template emplace<List>().reserve(rows_of_all);
          List& to = std::get<List>(all[c].values);
          to.insert(to.end(), std::make_move_iterator(values.begin()),
                    std::make_move_iterator(values.end()));
        },
        part[c].values);
  }
}

std::size_t length_of(const std::vector<QuoteColumn>& columns) {
  if (columns.empty()) return 0;
  return std::visit([](const auto& values) { return values.size(); }, columns.front().values);
}

}  // namespace

void GrowingRows::add(std::vector<QuoteColumn> part, std::size_t rows_of_all) {
  const std::size_t count = length_of(part);
  const bool too_many = quotes_.rows > 0 && quotes_.rows + count > rows_in_memory;
  if (may_use_file_ && !stored_ && too_many) move_to_file();
  if (stored_) {
    stored_->add(part);
  } else if (may_use_file_ && quotes_.rows == 0) {
    quotes_.columns = std::move(part);  // perhaps for the file: nothing is reserved for all
  } else {
    append(std::move(part), rows_of_all, quotes_.columns);
  }
  quotes_.rows += count;
}

void GrowingRows::move_to_file() {
  stored_ = std::make_shared<QuoteRows>(quotes_.columns);
  stored_->add(quotes_.columns);
  quotes_.columns = stored_->columns();
  quotes_.stored = stored_;
}

std::string GrowingRows::text(std::string_view column, std::size_t row) const {
  if (!stored_) return quotes_.text(column, row);
  return std::get<std::vector<std::string>>(stored_->read_column(position(column), row, 1).values)
      .at(0);
}

double GrowingRows::number(std::string_view column, std::size_t row) const {
  if (!stored_) return quotes_.number(column, row);
  return std::get<std::vector<double>>(stored_->read_column(position(column), row, 1).values).at(0);
}

void GrowingRows::replace(std::string_view column, std::size_t row, std::string text) {
  const std::size_t at = position(column);
  if (stored_) return stored_->replace(at, row, std::move(text));
  std::get<std::vector<std::string>>(quotes_.columns[at].values).at(row) = std::move(text);
}

std::size_t GrowingRows::position(std::string_view column) const {
  return static_cast<std::size_t>(quotes_.find(column) - quotes_.columns.data());
}

}  // namespace corridor
