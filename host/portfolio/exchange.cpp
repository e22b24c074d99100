// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/exchange.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <limits>
#include <string>

#include "corridor/error.hpp"

namespace corridor {
namespace {

constexpr std::uint64_t file_piece_bytes = 1u << 20;

[[noreturn]] void fail(const std::string& doing) {
  throw Error(ErrorKind::internal, "cannot " + doing + ": " + std::strerror(errno));
}

/// Of errno. Memory handed over counts as a file where a limit of file size (ulimit -f) is set.
void check_full() {
  for (const int full : {ENOSPC, EDQUOT, EFBIG, EIO}) {
    if (errno == full) throw ExchangeIsFull{full};
  }
}

}  // namespace

Descriptor::~Descriptor() {
  if (value_ >= 0) close(value_);
}

Mapping::Mapping(int descriptor, std::size_t bytes, bool writable) : bytes_(bytes) {
  if (bytes == 0) return;
  const int access = writable ? PROT_READ | PROT_WRITE : PROT_READ;
  void* start = mmap(nullptr, bytes, access, MAP_SHARED, descriptor, 0);
  if (start == MAP_FAILED) fail("map memory for the book");
  start_ = static_cast<std::byte*>(start);
}

Mapping::~Mapping() {
  if (start_ != nullptr) munmap(start_, bytes_);
}

Exchange::Exchange(ExchangeKind kind) {
  if (kind == ExchangeKind::file) {
    file_ = std::make_unique<ScratchFile>("members of a book");
    return;
  }
  descriptor_ = Descriptor(memfd_create("corridor-book", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (descriptor_.value() < 0) fail("create memory for the book");
}

int Exchange::descriptor() const { return file_ ? file_->descriptor() : descriptor_.value(); }

void Exchange::freeze() {
  if (file_) return file_->freeze();
  const int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
  if (fcntl(descriptor_.value(), F_ADD_SEALS, seals) != 0) fail("freeze what was read");
  struct stat status {};
  if (fstat(descriptor_.value(), &status) != 0) fail("look at what was read");
  memory_ = Mapping(descriptor_.value(), static_cast<std::size_t>(status.st_size), false);
}

std::uint64_t Exchange::size() const { return file_ ? file_->size() : memory_.bytes().size(); }

std::span<const std::byte> Exchange::bytes(std::uint64_t from, std::uint64_t count,
                                           std::vector<std::byte>& buffer) const {
  if (!file_) return memory_.bytes().subspan(from, count);
  if (buffer.size() < count) buffer.resize(count);
  const std::span<std::byte> bytes(buffer.data(), count);
  file_->read(from, bytes);
  return bytes;
}

std::uint64_t Exchange::piece_bytes() const {
  return file_ ? file_piece_bytes : std::numeric_limits<std::uint64_t>::max();
}

void Exchange::refuse_full(const std::string& path, int error) const {
  if (file_) file_->refuse("fill", error);
  throw Error(ErrorKind::io, path +
                                 ": what it holds is larger than a file of this process may be, "
                                 "which binds the memory it is read into too. Raise the limit "
                                 "(ulimit -f)");
}

void write_exchange(int descriptor, std::span<const std::byte> bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t done = pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) {
      check_full();
      fail("hand over what was read");
    }
    bytes = bytes.subspan(static_cast<std::size_t>(done));
    offset += static_cast<std::uint64_t>(done);
  }
}

void resize_exchange(int descriptor, std::uint64_t bytes) {
  if (ftruncate(descriptor, static_cast<off_t>(bytes)) == 0) return;
  check_full();
  fail("make room for what was read");
}

void reserve_exchange(int descriptor, std::uint64_t bytes) {
  if (fallocate(descriptor, 0, 0, static_cast<off_t>(bytes)) != 0) check_full();
}

}  // namespace corridor
