// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "corridor/error.hpp"

/// Values as plain little-endian bytes and back. A class takes part by a function found beside it,
/// fields(archive, value), that hands its members to archive(...); the same function writes and
/// reads.
namespace corridor::shards {

static_assert(std::endian::native == std::endian::little, "values are copied as they lie in memory");

using Bytes = std::vector<std::byte>;

template <class Value>
concept Plain = std::is_arithmetic_v<Value> || std::is_enum_v<Value>;

/// Appends values to bytes.
class Writer {
 public:
  static constexpr bool reads = false;

  template <class... Values>
  void operator()(const Values&... values) {
    (write(values), ...);
  }
  Bytes take() { return std::move(bytes_); }
  const Bytes& bytes() const { return bytes_; }

 private:
  template <Plain Value>
  void write(const Value& value) {
    append(&value, sizeof value);
  }
  void write(const std::string& text) {
    write(std::uint64_t{text.size()});
    append(text.data(), text.size());
  }
  template <class Value>
  void write(const std::vector<Value>& values) {
    write(std::uint64_t{values.size()});
    if constexpr (Plain<Value> || std::same_as<Value, std::byte>) {
      append(values.data(), values.size() * sizeof(Value));
    } else {
      for (const Value& value : values) write(value);
    }
  }
  template <class Value>
    requires std::is_class_v<Value>
  void write(const Value& value) {
    fields(*this, value);
  }
  void append(const void* data, std::size_t size) {
    const auto* first = static_cast<const std::byte*>(data);
    bytes_.insert(bytes_.end(), first, first + size);
  }

  Bytes bytes_;
};

/// Takes values from bytes, which it borrows.
class Reader {
 public:
  static constexpr bool reads = true;

  explicit Reader(std::span<const std::byte> bytes) : left_(bytes) {}

  /// throws  Error{bad_data} where the bytes end before the values; nothing is allocated for
  ///         lengths that the bytes do not hold
  template <class... Values>
  void operator()(Values&... values) {
    (read(values), ...);
  }
  std::size_t left() const { return left_.size(); }
  /// throws  Error{bad_data} where bytes are left
  void require_end() const {
    if (!left_.empty()) throw Error(ErrorKind::bad_data, "holds more bytes than its values");
  }

 private:
  template <Plain Value>
  void read(Value& value) {
    if constexpr (std::same_as<Value, bool>) {
      std::uint8_t byte = 0;
      take(&byte, sizeof byte);
      if (byte > 1) throw Error(ErrorKind::bad_data, "holds a byte that is neither true nor false");
      value = byte == 1;
    } else {
      take(&value, sizeof value);
    }
  }
  void read(std::string& text) {
    text.resize(length(1));
    take(text.data(), text.size());
  }
  template <class Value>
  void read(std::vector<Value>& values) {
    if constexpr (Plain<Value> || std::same_as<Value, std::byte>) {
      values.resize(length(sizeof(Value)));
      take(values.data(), values.size() * sizeof(Value));
    } else {
      const std::size_t count = length(1);
      values.clear();
      for (std::size_t i = 0; i < count; ++i) read(values.emplace_back());
    }
  }
  template <class Value>
    requires std::is_class_v<Value>
  void read(Value& value) {
    fields(*this, value);
  }
  /// Elements that follow, each of so many bytes at least.
  std::size_t length(std::size_t least_bytes) {
    std::uint64_t count = 0;
    read(count);
    if (count > left_.size() / least_bytes) refuse();
    return static_cast<std::size_t>(count);
  }
  void take(void* to, std::size_t size) {
    if (size > left_.size()) refuse();
    if (size > 0) std::memcpy(to, left_.data(), size);
    left_ = left_.subspan(size);
  }
  [[noreturn]] static void refuse() {
    throw Error(ErrorKind::bad_data, "ends before its values do");
  }

  std::span<const std::byte> left_;
};

}  // namespace corridor::shards
