// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/scratch_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <utility>
#include <vector>

#include "corridor/error.hpp"

namespace corridor {
namespace {

std::vector<std::string> folders() {
  std::vector<std::string> folders;
  const char* wanted = std::getenv("TMPDIR");
  if (wanted != nullptr && *wanted != '\0') folders.emplace_back(wanted);
  folders.insert(folders.end(), {"/var/tmp", "/tmp"});
  return folders;
}

/// A descriptor of a new file that no name leads to; below 0 with errno where there can be none.
int open_nameless(const std::string& folder) {
  const int file = open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0) return file;
  std::string name = folder + "/corridor-scratch-XXXXXX";  // file systems that know no such files
  const int named = mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) unlink(name.c_str());
  return named;
}

[[noreturn]] void refuse_in(const std::string& folder, ErrorKind kind, const char* code,
                            const std::string& message, const char* fix) {
  Problem problem;
  problem.code = code;
  problem.file = folder;
  problem.message = message;
  problem.fix = fix;
  throw Error(kind, std::vector<Problem>{problem});
}

constexpr const char* find_room = "Free some space, or set TMPDIR to a folder with room";

/// Another thread of this process may be about to start a program, which holds what it will close.
constexpr int lease_tries = 100;
constexpr auto between_tries = std::chrono::milliseconds(10);

/// Whether `file` is now leased: nobody has it open for writing, and who tries has to wait for us.
/// Else errno.
bool lease(int file) {
  for (int left = lease_tries; fcntl(file, F_SETLEASE, F_RDLCK) != 0; --left) {
    if (errno != EAGAIN || left == 0) return false;
    std::this_thread::sleep_for(between_tries);
  }
  fcntl(file, F_SETOWN, 0);  // who breaks the lease is found on reading; no signal is to end us
  return true;
}

}  // namespace

ScratchFile::ScratchFile(std::string holds) : holds_(std::move(holds)) {
  int error = 0;
  for (const std::string& folder : folders()) {
    file_ = open_nameless(folder);
    if (folder_.empty() || file_ >= 0) folder_ = folder;
    if (file_ >= 0) return;
    if (error == 0) error = errno;
  }
  refuse_in(folder_, ErrorKind::cannot_create, "E_CANNOT_CREATE", cannot("create", error),
            find_room);
}

ScratchFile::~ScratchFile() {
  if (file_ >= 0) close(file_);
}

void ScratchFile::append(std::span<const std::byte> bytes) {
  std::uint64_t at = size_;
  while (!bytes.empty()) {
    const ssize_t done = pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) refuse("write", done < 0 ? errno : ENOSPC);
    bytes = bytes.subspan(static_cast<std::size_t>(done));
    at += static_cast<std::uint64_t>(done);
  }
  size_ = at;
}

void ScratchFile::freeze() {
  const std::string self = "/proc/self/fd/" + std::to_string(file_);
  const int readable = open(self.c_str(), O_RDONLY | O_CLOEXEC);
  if (readable < 0) refuse("open again", errno);
  close(std::exchange(file_, readable));
  if (!lease(file_)) {
    if (errno == EAGAIN) refuse_writer();
    refuse_in(folder_, ErrorKind::cannot_create, "E_CANNOT_CREATE", cannot("guard", errno),
              "Set TMPDIR to a folder of a local disk, whose file system knows leases");
  }
  frozen_ = true;
  struct stat status {};
  if (fstat(file_, &status) != 0) refuse("look at", errno);
  size_ = static_cast<std::uint64_t>(status.st_size);
}

void ScratchFile::read(std::uint64_t at, std::span<std::byte> to) const {
  while (!to.empty()) {
    const ssize_t got = pread(file_, to.data(), to.size(), static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) refuse("read", got < 0 ? errno : EIO);
    to = to.subspan(static_cast<std::size_t>(got));
    at += static_cast<std::uint64_t>(got);
  }
  if (frozen_ && fcntl(file_, F_GETLEASE) != F_RDLCK) refuse_writer();
}

std::string ScratchFile::cannot(const std::string& doing, int error) const {
  return "cannot " + doing + " a scratch file for " + holds_ + " here: " + std::strerror(error);
}

void ScratchFile::refuse_writer() const {
  throw Error(ErrorKind::internal, "another process has the scratch file for " + holds_ + " in " +
                                       folder_ + " open for writing");
}

void ScratchFile::refuse(const std::string& doing, int error) const {
  refuse_in(folder_, ErrorKind::io, "E_WRITE", cannot(doing, error), find_room);
}

}  // namespace corridor
