// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "host/exact/lattice/lattice_row.hpp"
#include "host/exact/lattice/row_grid.hpp"

namespace corridor {

/// What a table of rows is of.
struct RowKind {
  std::vector<LawPart> mixture;
  PaidFunction paid;  ///< in steps
  RowForm form = RowForm::plain;
  std::size_t points = 0;
  RowGrid grid;
  int power = 1;  ///< of U, of plain rows

  bool operator==(const RowKind& other) const;
};

/// Makes a row of a kind at a scale.
using RowMaker = std::function<LatticeRow(const RowKind&, double scale, RealTransform&)>;
LatticeRow row_of(const RowKind& kind, double scale, RealTransform& transform);

/// Bytes of rows that tables hold together.
using RowBytes = std::atomic<std::size_t>;

/// Rows at equally spaced logarithms of the scale.
class RowTable {
 public:
  /// `of_all`  where this table's bytes are counted too, as long as it lives
  explicit RowTable(RowKind kind, RowMaker make = row_of,
                    std::shared_ptr<RowBytes> of_all = std::make_shared<RowBytes>(0))
      : kind_(std::move(kind)), make_(std::move(make)), of_all_(std::move(of_all)) {}
  ~RowTable() { *of_all_ -= bytes_; }
  RowTable(const RowTable&) = delete;
  RowTable& operator=(const RowTable&) = delete;

  /// Rows first to last, made where missing. They stay where they are.
  std::vector<const LatticeRow*> rows(int first, int last);
  const RowKind& kind() const { return kind_; }

 private:
  RowKind kind_;
  RowMaker make_;
  std::shared_ptr<RowBytes> of_all_;
  std::size_t bytes_ = 0;
  std::mutex mutex_;
  std::map<int, LatticeRow> rows_;
};

/// Rows that groups share: a table for each mixture of laws, function and lattice. Deductibles
/// share theirs where the function is the same in steps. Any thread may ask; borrows the laws,
/// which stay until it goes.
class LatticeRows {
 public:
  /// Keeps tables in use, and others up to so much memory, the latest used first.
  explicit LatticeRows(std::size_t memory_bytes = std::size_t{768} << 20, RowMaker make = row_of);

  std::shared_ptr<RowTable> table(const RowKind& kind);
  /// Of all tables, in use or not, as far as they have come.
  std::size_t bytes() const { return *bytes_; }

 private:
  struct Kept {
    std::shared_ptr<RowTable> table;
    std::uint64_t last_used = 0;
  };
  void forget_oldest();

  std::size_t memory_bytes_;
  RowMaker make_;
  std::shared_ptr<RowBytes> bytes_ = std::make_shared<RowBytes>(0);
  std::mutex mutex_;
  std::uint64_t uses_ = 0;
  std::multimap<std::size_t, Kept> tables_;  ///< by hash
};

}  // namespace corridor
