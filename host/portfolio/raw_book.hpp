// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "corridor/error.hpp"
#include "host/h5/read_attribute.hpp"
#include "host/h5/read_dataset.hpp"
#include "host/portfolio/exchange.hpp"

namespace corridor {

/// Values of one dataset as they lie in memory, little-endian, row-major.
struct RawColumn {
  std::string path;
  h5::Expected expected;
  std::uint64_t rows = 0;
  std::uint64_t offset = 0;  ///< of the first byte in the exchange
  std::uint64_t bytes = 0;
};

/// "scale" of "/members/scale".
inline std::string name_in(const RawColumn& column) {
  return column.path.substr(column.path.rfind('/') + 1);
}

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

/// The exchange holds a header, the columns' bytes and, behind them, the list of what they are.
/// `write_content` appends that list and completes the header, so that an exchange whose writer died
/// is never taken for complete.
inline constexpr std::uint64_t exchange_header_bytes = 64;

/// `columns_end`  first byte behind the columns; anything from there on is cut off. Throws as
/// write_exchange.
void write_content(int descriptor, const RawContent& content, std::uint64_t columns_end);

/// A book as read: the list and the exchange that its columns lie in.
struct RawBook {
  RawContent content;
  Exchange exchange;

  /// Values of a whole column; `buffer` as Exchange::bytes takes it.
  std::span<const std::byte> bytes(const RawColumn& column, std::vector<std::byte>& buffer) const {
    return exchange.bytes(column.offset, column.bytes, buffer);
  }
};

/// Takes what a reader left in a frozen exchange and trusts none of it: every length, offset, type
/// and path is compared with the exchange's size and the book's schema.
///
/// throws  Error{internal} when it is incomplete or contradicts itself
RawBook take_content(Exchange exchange);

}  // namespace corridor
