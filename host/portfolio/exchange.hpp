// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "host/scratch_file.hpp"

namespace corridor {

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

/// Memory, or a scratch file where books do not fit in it.
enum class ExchangeKind { memory, file };

/// Where a reader leaves what a file holds, for its caller to take once nobody can change it.
class Exchange {
 public:
  /// throws  Error{internal} without memory, Error{cannot_create} without a scratch file
  explicit Exchange(ExchangeKind kind);

  /// For the reader to write to.
  int descriptor() const;

  /// After this nobody, a stray descendant of the reader included, can change what was read.
  ///
  /// throws  Error{internal} where somebody still can; as ScratchFile::freeze
  void freeze();

  // What follows expects a frozen exchange.

  std::uint64_t size() const;

  /// `count` bytes from `from` on: where they lie, or read into `buffer`. They stand as long as
  /// both do. Expects them to be there.
  ///
  /// throws  as ScratchFile::read
  std::span<const std::byte> bytes(std::uint64_t from, std::uint64_t count,
                                   std::vector<std::byte>& buffer) const;

  /// Most bytes to take at once where there are many: all that are in memory, a buffer's of a file.
  std::uint64_t piece_bytes() const;

  /// Throws Error{io}: the reader of `path` could not write it all, for `error` of errno.
  [[noreturn]] void refuse_full(const std::string& path, int error) const;

 private:
  std::unique_ptr<ScratchFile> file_;
  Descriptor descriptor_;  ///< of the memory
  Mapping memory_;
};

/// The exchange takes no more bytes, for `error` of errno: a full or failing disk, a quota, a limit
/// of files' sizes. No Error: a reader takes those for problems of the file it reads.
struct ExchangeIsFull {
  int error;
};

/// Writes all of `bytes`.
///
/// throws  ExchangeIsFull, Error{internal}
void write_exchange(int descriptor, std::span<const std::byte> bytes, std::uint64_t offset);

/// Cuts it to `bytes`, or extends it by zeros. Throws as write_exchange.
void resize_exchange(int descriptor, std::uint64_t bytes);

/// Makes sure of room for `bytes` at once, where the file system can. Throws as write_exchange.
void reserve_exchange(int descriptor, std::uint64_t bytes);

}  // namespace corridor
