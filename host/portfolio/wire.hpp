// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/error.hpp"

namespace corridor {

/// Numbers and texts one after the other, for the list behind the columns.
class WireWriter {
 public:
  void number(std::uint64_t value) { append(&value, sizeof value); }
  void text(std::string_view value) {
    number(value.size());
    append(value.data(), value.size());
  }
  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  void append(const void* start, std::size_t size) {
    const auto* from = static_cast<const std::byte*>(start);
    bytes_.insert(bytes_.end(), from, from + size);
  }

  std::vector<std::byte> bytes_;
};

/// Reads what WireWriter wrote; never beyond the end. Throws Error{internal} where it would.
class WireReader {
 public:
  explicit WireReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }
  /// Of things that follow; each takes eight bytes at least, so a wild count is refused here.
  std::uint64_t count() {
    const std::uint64_t value = number();
    if (value > bytes_.size() / 8) refuse();
    return value;
  }
  std::string text() {
    const std::uint64_t size = number();
    if (size > bytes_.size()) refuse();
    const std::span<const std::byte> part = take(size);
    return {reinterpret_cast<const char*>(part.data()), part.size()};
  }

 private:
  [[noreturn]] static void refuse() {
    throw Error(ErrorKind::internal, "the book's reader returned an incomplete list");
  }
  std::span<const std::byte> take(std::size_t size) {
    if (size > bytes_.size()) refuse();
    const std::span<const std::byte> part = bytes_.first(size);
    bytes_ = bytes_.subspan(size);
    return part;
  }

  std::span<const std::byte> bytes_;
};

}  // namespace corridor
