// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace corridor {

/// A file without a name for what need not stay in memory: gone with its owner, however that ends.
/// It lies in $TMPDIR, else /var/tmp, else /tmp (which may be memory): the first that takes a file.
class ScratchFile {
 public:
  /// `holds`  what lies in it, for messages: "rows of results"
  ///
  /// throws  Error{cannot_create} where no folder takes a file
  explicit ScratchFile(std::string holds);
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  ~ScratchFile();

  std::uint64_t size() const { return size_; }

  /// throws  Error{io} naming the folder when its disk is full or fails; what was there stays
  void append(std::span<const std::byte> bytes);

  /// Fills `to` from byte `at` on. Expects those bytes to have been appended.
  ///
  /// throws  Error{io} when the disk fails
  void read(std::uint64_t at, std::span<std::byte> to) const;

 private:
  [[noreturn]] void refuse(const std::string& doing, int error) const;

  std::string holds_, folder_;
  int file_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace corridor
