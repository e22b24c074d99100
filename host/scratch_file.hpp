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

  /// Bytes appended, or in the file once it is frozen.
  std::uint64_t size() const { return size_; }
  /// For another process to write to; what it writes counts once the file is frozen.
  int descriptor() const { return file_; }

  /// throws  Error{io} naming the folder when its disk is full or fails; what was there stays
  void append(std::span<const std::byte> bytes);

  /// From now on nobody, whatever descriptors they were given, can change the file unnoticed: who
  /// opens it to write waits for its lease, and read() refuses as soon as somebody does.
  ///
  /// throws  Error{internal} where another process can write to it, Error{cannot_create} where the
  ///         file system has no leases
  void freeze();

  /// Fills `to` from byte `at` on. Expects those bytes to be there.
  ///
  /// throws  Error{io} when the disk fails, Error{internal} when somebody opened a frozen file to
  ///         write to it
  void read(std::uint64_t at, std::span<std::byte> to) const;

  /// Throws Error{io} naming the folder, TMPDIR and what the system says.
  [[noreturn]] void refuse(const std::string& doing, int error) const;

 private:
  [[noreturn]] void refuse_writer() const;
  std::string cannot(const std::string& doing, int error) const;

  std::string holds_, folder_;
  int file_ = -1;
  std::uint64_t size_ = 0;
  bool frozen_ = false;
};

}  // namespace corridor
