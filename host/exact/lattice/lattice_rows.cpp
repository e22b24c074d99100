// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/lattice_rows.hpp"

#include <bit>

namespace corridor {
namespace {

void mix(std::size_t& hash, std::uint64_t bits) {
  hash = (hash ^ bits) * 0x9E3779B97F4A7C15u;
  hash ^= hash >> 29;
}

std::size_t hash_of(const RowKind& kind) {
  std::size_t hash = kind.points + static_cast<std::size_t>(kind.form);
  mix(hash, static_cast<std::uint64_t>(kind.power));
  mix(hash, std::bit_cast<std::uint64_t>(kind.grid.step));
  mix(hash, std::bit_cast<std::uint64_t>(kind.grid.shift));
  for (const LawPart& part : kind.mixture) {
    mix(hash, reinterpret_cast<std::uintptr_t>(part.law));
    mix(hash, std::bit_cast<std::uint64_t>(part.weight));
  }
  for (const PersonFunction::Line& line : kind.paid.lines) {
    mix(hash, std::bit_cast<std::uint64_t>(line.from_usd));
    mix(hash, std::bit_cast<std::uint64_t>(line.slope));
  }
  return hash;
}

bool same_lines(const PaidFunction& a, const PaidFunction& b) {
  if (a.lines.size() != b.lines.size()) return false;
  for (std::size_t i = 0; i < a.lines.size(); ++i) {
    if (a.lines[i].from_usd != b.lines[i].from_usd || a.lines[i].slope != b.lines[i].slope) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool RowKind::operator==(const RowKind& other) const {
  return points == other.points && form == other.form && power == other.power &&
         grid == other.grid && mixture == other.mixture && same_lines(paid, other.paid);
}

LatticeRow row_of(const RowKind& kind, double scale, RealTransform& transform) {
  const LatticeRow row =
      lattice_row(kind.mixture, kind.paid, scale, kind.form, tilted(kind.points), transform);
  return kind.power == 1 ? row : power_of(row, kind.power);
}

std::vector<const LatticeRow*> RowTable::rows(int first, int last) {
  const std::scoped_lock lock(mutex_);
  std::vector<const LatticeRow*> found;
  std::unique_ptr<RealTransform> transform;
  for (int i = first; i <= last; ++i) {
    auto at = rows_.find(i);
    if (at == rows_.end()) {
      if (!transform) transform = std::make_unique<RealTransform>(kind_.points);
      at = rows_.emplace(i, make_(kind_, kind_.grid.scale(i), *transform)).first;
      const std::size_t of_row = (kind_.points + 16) * sizeof(double);
      bytes_ += of_row;
      *of_all_ += of_row;
    }
    found.push_back(&at->second);
  }
  return found;
}

LatticeRows::LatticeRows(std::size_t memory_bytes, RowMaker make)
    : memory_bytes_(memory_bytes), make_(std::move(make)) {}

std::shared_ptr<RowTable> LatticeRows::table(const RowKind& kind) {
  const std::size_t hash = hash_of(kind);
  const std::scoped_lock lock(mutex_);
  const auto [begin, end] = tables_.equal_range(hash);
  for (auto at = begin; at != end; ++at) {
    if (at->second.table->kind() == kind) {
      at->second.last_used = ++uses_;
      return at->second.table;
    }
  }
  forget_oldest();
  const auto made = std::make_shared<RowTable>(kind, make_, bytes_);
  tables_.emplace(hash, Kept{made, ++uses_});
  return made;
}

void LatticeRows::forget_oldest() {
  while (*bytes_ > memory_bytes_) {
    auto oldest = tables_.end();
    for (auto at = tables_.begin(); at != tables_.end(); ++at) {
      const bool free = at->second.table.use_count() == 1;
      if (free && (oldest == tables_.end() || at->second.last_used < oldest->second.last_used)) {
        oldest = at;
      }
    }
    if (oldest == tables_.end()) return;
    tables_.erase(oldest);
  }
}

}  // namespace corridor
