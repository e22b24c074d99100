// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "corridor/error.hpp"
#include "host/h5/read_attribute.hpp"
#include "host/h5/read_dataset.hpp"

namespace corridor {

/// Values of one dataset as they lie in memory, little-endian, row-major.
struct RawColumn {
  std::string path;
  h5::Expected expected;
  std::uint64_t rows = 0;
  std::uint64_t offset = 0;  ///< of the first byte in the exchange memory
  std::uint64_t bytes = 0;
};

struct RawAttribute {
  std::string owner;  ///< "/" or "/distributions/silver"
  h5::AttributeValue value;
};

/// What a file holds and what was wrong with reading it; nothing is checked against anything yet.
struct RawContent {
  std::vector<RawColumn> columns;
  std::vector<RawAttribute> attributes;
  std::vector<std::string> laws;     ///< names of the groups below /distributions
  std::vector<std::string> unknown;  ///< paths that the format does not have
  std::vector<Problem> problems;     ///< without a file name
};

/// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int value = -1) : value_(value) {}
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~Descriptor();
  int value() const { return value_; }

 private:
  int value_;
};

/// Memory shared through a descriptor.
class Mapping {
 public:
  Mapping() = default;
  /// Throws Error{internal} when the system refuses.
  Mapping(int descriptor, std::size_t bytes, bool writable);
  Mapping(Mapping&& other) noexcept
      : start_(std::exchange(other.start_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
  Mapping& operator=(Mapping&& other) noexcept {
    std::swap(start_, other.start_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~Mapping();

  std::span<std::byte> bytes() const { return {start_, bytes_}; }

 private:
  std::byte* start_ = nullptr;
  std::size_t bytes_ = 0;
};

/// The exchange memory holds a header, the columns' bytes and, behind them, the list of what they
/// are. `write_content` appends that list and completes the header, so that memory whose writer
/// died is never taken for complete.
inline constexpr std::uint64_t exchange_header_bytes = 64;

/// `columns_end`  first byte behind the columns; anything from there on is cut off. Throws
/// Error{internal} when memory is short.
void write_content(int descriptor, const RawContent& content, std::uint64_t columns_end);

/// A book as read: the list and the memory that its columns lie in.
struct RawBook {
  RawContent content;
  Mapping memory;

  std::span<const std::byte> bytes(const RawColumn& column) const {
    return memory.bytes().subspan(column.offset, column.bytes);
  }
};

/// Takes what a reader left in the exchange memory and trusts none of it: every length, offset,
/// type and path is compared with the memory's size and the book's schema.
///
/// throws  Error{internal} when it is incomplete or contradicts itself
RawBook take_content(int descriptor);

}  // namespace corridor
