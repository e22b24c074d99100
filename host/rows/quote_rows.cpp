// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/rows/quote_rows.hpp"

#include <algorithm>
#include <type_traits>

#include "corridor/error.hpp"

namespace corridor {
namespace {

std::size_t length_of(const QuoteColumn& column) {
  return std::visit([](const auto& values) { return values.size(); }, column.values);
}

/// The column with no values, of the same type.
QuoteColumn head_of(const QuoteColumn& column) {
  QuoteColumn head{column.name, column.units, column.description, {}};
  std::visit([&](const auto& values) { head.values.emplace<std::decay_t<decltype(values)>>(); },
             column.values);
  return head;
}

void require_like(std::span<const QuoteColumn> columns, std::span<const QuoteColumn> part) {
  const auto fits = [&](const QuoteColumn& column, const QuoteColumn& other) {
    return column.name == other.name && column.values.index() == other.values.index() &&
           length_of(other) == length_of(part.front());
  };
  const bool like =
      !part.empty() && std::equal(columns.begin(), columns.end(), part.begin(), part.end(), fits);
  if (!like) throw Error(ErrorKind::internal, "a part of the results has other columns");
}

}  // namespace

QuoteRows::QuoteRows(std::span<const QuoteColumn> columns) : longest_(columns.size(), 0) {
  for (const QuoteColumn& column : columns) columns_.push_back(head_of(column));
}

void QuoteRows::add(std::span<const QuoteColumn> part) {
  require_like(columns_, part);
  const std::size_t count = length_of(part.front());
  if (count == 0) return;
  std::vector<std::uint64_t> starts;
  for (std::size_t c = 0; c < part.size(); ++c) {
    starts.push_back(file_.size());
    write(c, part[c]);
  }
  parts_.push_back({rows_, file_.size()});
  file_.append(std::as_bytes(std::span(starts)));
  rows_ += count;
}

void QuoteRows::write(std::size_t column, const QuoteColumn& values) {
  const auto* texts = std::get_if<std::vector<std::string>>(&values.values);
  if (texts == nullptr) {
    std::visit(
        [&](const auto& list) {
          if constexpr (!std::is_same_v<std::decay_t<decltype(list)>, std::vector<std::string>>) {
            file_.append(std::as_bytes(std::span(list)));
          }
        },
        values.values);
    return;
  }
  std::vector<std::uint64_t> ends;
  std::string all;
  for (const std::string& text : *texts) {
    all += text;
    ends.push_back(all.size());
    longest_[column] = std::max(longest_[column], text.size());
  }
  file_.append(std::as_bytes(std::span(ends)));
  file_.append(std::as_bytes(std::span(all)));
}

std::vector<QuoteColumn> QuoteRows::read(std::size_t first, std::size_t count) const {
  std::vector<QuoteColumn> columns;
  columns.reserve(columns_.size());
  for (std::size_t c = 0; c < columns_.size(); ++c) columns.push_back(read_column(c, first, count));
  return columns;
}

QuoteColumn QuoteRows::read_column(std::size_t column, std::size_t first, std::size_t count) const {
  QuoteColumn result = columns_.at(column);
  const std::size_t last = first + count;
  if (last > rows_) throw Error(ErrorKind::internal, "rows beyond the last are asked for");
  std::visit(
      [&](auto& values) {
        values.reserve(count);
        for (std::size_t row = first; row < last;) {
          const Piece next = piece(part_of(row), column, row, last);
          read_piece(next, values);
          row += next.count;
        }
      },
      result.values);
  const auto end = replaced_.lower_bound({column, last});
  for (auto it = replaced_.lower_bound({column, first}); it != end; ++it) {
    std::get<std::vector<std::string>>(result.values)[it->first.second - first] = it->second;
  }
  return result;
}

void QuoteRows::replace(std::size_t column, std::size_t row, std::string text) {
  longest_.at(column) = std::max(longest_.at(column), text.size());
  replaced_[{column, row}] = std::move(text);
}

std::size_t QuoteRows::part_of(std::size_t row) const {
  const auto after =
      std::upper_bound(parts_.begin(), parts_.end(), row,
                       [](std::size_t at, const Part& p) { return at < p.first_row; });
  return static_cast<std::size_t>(after - parts_.begin()) - 1;
}

std::size_t QuoteRows::last_row_of(std::size_t part) const {
  return part + 1 < parts_.size() ? parts_[part + 1].first_row : rows_;
}

QuoteRows::Piece QuoteRows::piece(std::size_t part, std::size_t column, std::size_t first,
                                  std::size_t last) const {
  const std::size_t begin = parts_[part].first_row, end = last_row_of(part);
  Piece piece{0, end - begin, first - begin, std::min(last, end) - first};
  file_.read(parts_[part].starts_at + column * sizeof piece.column_at,
             std::as_writable_bytes(std::span(&piece.column_at, 1)));
  return piece;
}

template <class Number>
void QuoteRows::read_piece(const Piece& piece, std::vector<Number>& values) const {
  const std::size_t before = values.size();
  values.resize(before + piece.count);
  file_.read(piece.column_at + piece.skipped * sizeof(Number),
             std::as_writable_bytes(std::span(values).subspan(before)));
}

void QuoteRows::read_piece(const Piece& piece, std::vector<std::string>& values) const {
  // The end before the first of them too, where there is one.
  const std::size_t lead = piece.skipped > 0 ? 1 : 0;
  std::vector<std::uint64_t> ends(piece.count + 1, 0);
  file_.read(piece.column_at + (piece.skipped - lead) * sizeof ends[0],
             std::as_writable_bytes(std::span(ends).subspan(1 - lead)));
  std::string all(ends.back() - ends.front(), '\0');
  file_.read(piece.column_at + piece.part_rows * sizeof ends[0] + ends.front(),
             std::as_writable_bytes(std::span(all)));
  for (std::size_t i = 0; i < piece.count; ++i) {
    values.push_back(all.substr(ends[i] - ends[0], ends[i + 1] - ends[i]));
  }
}

}  // namespace corridor
