// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/h5/atomic_write.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "corridor/error.hpp"

namespace corridor::h5 {
namespace {

[[noreturn]] void refuse(ErrorKind kind, const std::string& code, const std::string& path,
                         const std::string& message, const std::string& fix) {
  Problem problem;
  problem.code = code;
  problem.file = path;
  problem.message = message;
  problem.fix = fix;
  throw Error(kind, std::vector<Problem>{problem});
}

[[noreturn]] void refuse_existing(const std::string& path) {
  refuse(ErrorKind::cannot_create, "E_EXISTS", path, "is there already",
         "Choose another name or ask to replace it");
}

/// A full or failing disk is the machine's trouble; anything else is about the place asked for.
[[noreturn]] void refuse_errno(const std::string& path, const std::string& doing, int error) {
  const bool disk = error == ENOSPC || error == EIO || error == EDQUOT || error == EFBIG;
  refuse(disk ? ErrorKind::io : ErrorKind::cannot_create, disk ? "E_WRITE" : "E_CANNOT_CREATE",
         path, "cannot " + doing + ": " + std::strerror(error),
         disk ? "Free some space, or write elsewhere" : "Choose a folder that takes new files");
}

/// Failures after the file has a descriptor: the place was good, so the disk is to blame.
[[noreturn]] void refuse_write(const std::string& path, const std::string& doing, int error) {
  refuse(ErrorKind::io, "E_WRITE", path, "cannot " + doing + ": " + std::strerror(error),
         "Free some space, or write elsewhere");
}

/// Replacing a device or a folder by a file is never meant.
void refuse_irregular(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode)) return;
  refuse(ErrorKind::cannot_create, "E_CANNOT_CREATE", path, "is not a regular file",
         "Give the name of a file to write");
}

std::string folder_of(const std::string& path) {
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  return parent.empty() ? "." : parent.string();
}

std::string temporary_name(const std::string& path) {
  static std::atomic<unsigned> counter{0};
  const std::filesystem::path whole(path);
  const std::string name = "." + whole.filename().string().substr(0, 200) + "." +
                           std::to_string(getpid()) + "." + std::to_string(counter++) + ".tmp";
  return (std::filesystem::path(folder_of(path)) / name).string();
}

/// A new file that disappears again unless it is given its final name.
class Temporary {
 public:
  explicit Temporary(const std::string& path)
      : final_(path),
        name_(temporary_name(path)),
        file_(open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) {
    if (file_ < 0) refuse_errno(final_, "create a file here", errno);
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (file_ >= 0) close(file_);
    if (!renamed_) unlink(name_.c_str());
  }

  void write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const ssize_t done = ::write(file_, bytes.data(), bytes.size());
      if (done < 0 && errno == EINTR) continue;
      if (done <= 0) refuse_write(final_, "write", done < 0 ? errno : ENOSPC);
      bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
  }

  bool build(const std::function<std::optional<int>(const std::string&)>& build) {
    const std::optional<int> error = build(name_);
    if (error.value_or(0) != 0) refuse_write(final_, "write", *error);
    return error.has_value();
  }

  /// Brings to the disk what this process or another has written, and gives it its name.
  void publish(Overwrite overwrite) {
    finish();
    name(overwrite);
  }

 private:
  void finish() {
    if (fsync(file_) != 0) refuse_write(final_, "bring to the disk", errno);
    const int file = std::exchange(file_, -1);
    if (close(file) != 0) refuse_write(final_, "close", errno);
  }

  void name(Overwrite overwrite) {
    if (overwrite == Overwrite::replace) {
      refuse_irregular(final_);
      keep_permissions();
      if (rename(name_.c_str(), final_.c_str()) != 0) refuse_errno(final_, "rename", errno);
      renamed_ = true;
      return;
    }
    // link, unlike rename, never replaces: the first of two writers wins.
    if (link(name_.c_str(), final_.c_str()) == 0) return;
    if (errno == EEXIST) refuse_existing(final_);
    publish_without_link();
  }

  /// A file that only its owner may read stays so when it is replaced.
  void keep_permissions() {
    struct stat status {};
    if (stat(final_.c_str(), &status) == 0) chmod(name_.c_str(), status.st_mode & 07777);
  }

  /// File systems without hard links: rename that refuses to replace, where the kernel has it.
  void publish_without_link() {
    if (renameat2(AT_FDCWD, name_.c_str(), AT_FDCWD, final_.c_str(), RENAME_NOREPLACE) != 0) {
      if (errno == EEXIST) refuse_existing(final_);
      refuse_errno(final_, "give the file its name", errno);
    }
    renamed_ = true;
  }

  std::string final_, name_;
  int file_;
  bool renamed_ = false;
};

void sync_folder(const std::string& folder) {
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;  // a folder that may be written but not read: nothing to sync through
  fsync(file);
  close(file);
}

}  // namespace

void check_output(const std::string& path, Overwrite overwrite) {
  if (path.empty() || path.back() == '/') {
    refuse(ErrorKind::cannot_create, "E_CANNOT_CREATE", path, "is not the name of a file",
           "Give the name of a file to write");
  }
  refuse_irregular(path);
  struct stat status {};
  if (overwrite == Overwrite::refuse && lstat(path.c_str(), &status) == 0) refuse_existing(path);
  const Temporary probe(path);
}

void write_atomically(const std::string& path, std::span<const std::byte> bytes,
                      Overwrite overwrite) {
  Temporary temporary(path);
  temporary.write(bytes);
  temporary.publish(overwrite);
  sync_folder(folder_of(path));
}

void write_pieces_atomically(const std::string& path, const std::function<void(const Sink&)>& make,
                             Overwrite overwrite) {
  std::optional<Temporary> temporary;
  make([&](std::string_view piece) {
    if (!temporary) temporary.emplace(path);
    temporary->write(std::as_bytes(std::span(piece)));
  });
  if (!temporary) temporary.emplace(path);
  temporary->publish(overwrite);
  sync_folder(folder_of(path));
}

bool build_atomically(const std::string& path,
                      const std::function<std::optional<int>(const std::string&)>& build,
                      Overwrite overwrite) {
  Temporary temporary(path);
  if (!temporary.build(build)) return false;
  temporary.publish(overwrite);
  sync_folder(folder_of(path));
  return true;
}

}  // namespace corridor::h5
