// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/shards/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "corridor/error.hpp"
#include "host/shards/process_name.hpp"

namespace corridor::shards {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& doing, int error) {
  const bool disk = error == ENOSPC || error == EIO || error == EDQUOT || error == EFBIG;
  Problem problem;
  problem.code = disk ? "E_WRITE" : "E_CANNOT_CREATE";
  problem.file = path.string();
  problem.message = "cannot " + doing + ": " + std::strerror(error);
  problem.fix = disk ? "Free some space; the run goes on where it was" : "Make the folder writable";
  throw Error(disk ? ErrorKind::io : ErrorKind::cannot_create, std::vector<Problem>{problem});
}

/// A file under way, gone again unless it was finished elsewhere under another name too.
class Unfinished {
 public:
  explicit Unfinished(const std::filesystem::path& final_path)
      : final_(final_path),
        name_(final_path.string() + std::string(unfinished_mark) + own_process()) {
    ::unlink(name_.c_str());  // nobody else makes files of this name
    file_ = ::open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file_ < 0) refuse(final_, "create a file here", errno);
  }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  ~Unfinished() {
    if (file_ >= 0) ::close(file_);
    ::unlink(name_.c_str());
  }

  void write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const ssize_t done = ::write(file_, bytes.data(), bytes.size());
      if (done < 0 && errno == EINTR) continue;
      if (done <= 0) refuse(final_, "write", done < 0 ? errno : ENOSPC);
      bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
    if (::fsync(file_) != 0) refuse(final_, "bring to the disk", errno);
    if (::close(std::exchange(file_, -1)) != 0) refuse(final_, "close", errno);
  }

  bool link() {
    if (::link(name_.c_str(), final_.c_str()) == 0) return true;
    if (errno != EEXIST) refuse(final_, "give the file its name", errno);
    return false;
  }

 private:
  std::filesystem::path final_;
  std::string name_;
  int file_ = -1;
};

void sync_folder(const std::filesystem::path& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

}  // namespace

std::optional<Bytes> bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return std::nullopt;
  const std::streamoff size = file.tellg();
  if (size < 0) return std::nullopt;
  Bytes bytes(static_cast<std::size_t>(size));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(bytes.data()), size);
  if (!file) return std::nullopt;
  return bytes;
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool publish_once(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  bool published = false;
  {
    Unfinished file(path);
    file.write(bytes);
    published = file.link();
  }
  sync_folder(path.parent_path());
  return published;
}

bool create_with(const std::filesystem::path& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0 && errno == EEXIST) return false;
  if (file < 0) refuse(path, "create a file here", errno);
  const ssize_t written = ::write(file, text.data(), text.size());
  const int error = written < 0 ? errno : ENOSPC;
  ::close(file);
  if (written == static_cast<ssize_t>(text.size())) return true;
  ::unlink(path.c_str());  // nobody could tell whose it is
  refuse(path, "write", error);
}

}  // namespace corridor::shards
