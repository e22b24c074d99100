// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/load_columns.hpp"

#include <algorithm>
#include <functional>
#include <span>
#include <variant>
#include <vector>

namespace corridor {
namespace {

constexpr std::uint64_t block_bytes = 1u << 20;

class Loader {
 public:
  Loader(const h5::File& file, const h5::ReadLimits& limits, const Target& target,
         RawContent& content, RawNotes& notes)
      : file_(file), limits_(limits), target_(target), content_(content), notes_(notes) {}

  void into_memory();
  void into_file();

 private:
  using Read = std::function<void(const h5::Dataset&, const RawColumn&)>;

  /// Lets `read` take the values of each dataset that is still what was listed and has rows.
  void each_column(const Read& read);
  void check_unchanged(const h5::Dataset& dataset, const RawColumn& column) const;
  void copy_blocks(const h5::Dataset& dataset, const RawColumn& column);

  const h5::File& file_;
  const h5::ReadLimits& limits_;
  const Target& target_;
  RawContent& content_;
  RawNotes& notes_;
  std::vector<std::byte> block_;
};

void Loader::each_column(const Read& read) {
  std::erase_if(content_.columns, [&](const RawColumn& column) {
    return !notes_.guarded(column.path, [&] {
      const h5::Dataset dataset = h5::open_dataset(file_, column.path);
      check_unchanged(dataset, column);
      if (column.rows > 0) read(dataset, column);
    });
  });
}

void Loader::check_unchanged(const h5::Dataset& dataset, const RawColumn& column) const {
  const auto now = h5::inspect(dataset.id(), column.expected, limits_);
  const auto* shape = std::get_if<h5::Shape>(&now);
  if (shape == nullptr || shape->bytes != column.bytes) {
    throw Error(ErrorKind::bad_data, "it changed while it was read");
  }
}

void Loader::into_memory() {
  resize_exchange(target_.descriptor, target_.end);
  const Mapping memory(target_.descriptor, target_.end, true);
  each_column([&](const h5::Dataset& dataset, const RawColumn& column) {
    h5::read(dataset.id(), column.expected, memory.bytes().subspan(column.offset).data());
  });
}

void Loader::into_file() {
  reserve_exchange(target_.descriptor, target_.end);
  each_column([&](const h5::Dataset& dataset, const RawColumn& column) {
    copy_blocks(dataset, column);
  });
}

void Loader::copy_blocks(const h5::Dataset& dataset, const RawColumn& column) {
  const std::uint64_t row_bytes = h5::row_bytes(column.expected);
  const std::uint64_t most = h5::rows_at_once(dataset.id(), column.expected, block_bytes);
  for (std::uint64_t first = 0; first < column.rows; first += most) {
    const std::uint64_t rows = std::min(most, column.rows - first);
    if (block_.size() < rows * row_bytes) block_.resize(rows * row_bytes);
    h5::read_rows(dataset.id(), column.expected, first, rows, block_.data());
    write_exchange(target_.descriptor, std::span(block_).first(rows * row_bytes),
                   column.offset + first * row_bytes);
  }
}

}  // namespace

void load_columns(const h5::File& file, const h5::ReadLimits& limits, const Target& target,
                  RawContent& content, RawNotes& notes) {
  Loader loader(file, limits, target, content, notes);
  target.kind == ExchangeKind::file ? loader.into_file() : loader.into_memory();
}

}  // namespace corridor
