// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/destination.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "corridor/error.hpp"

namespace corridor::cli {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const Destination& destination, const std::string& why) {
  throw Error(ErrorKind::cannot_create,
              fmt::format("cannot create {} {}: {}", destination.flag, destination.path, why));
}

// Creates a file and removes it: file systems without nameless files.
bool can_hold_a_probe(const fs::path& folder) {
  const fs::path probe = folder / fmt::format(".corridor-probe-{}", ::getpid());
  const int descriptor = ::open(probe.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (descriptor < 0) return false;
  ::close(descriptor);
  return ::unlink(probe.c_str()) == 0;
}

// A nameless file asks everything a named one does (rights, read-only mounts, immutable folders)
// and is gone when closed.
bool can_hold_files(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  if (descriptor >= 0) {
    ::close(descriptor);
    return true;
  }
  const bool unsupported = errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT;
  return unsupported && can_hold_a_probe(folder);
}

void require_folder(const Destination& destination, const fs::path& folder) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    refuse(destination, fmt::format("there is no folder {}. Create it first", folder.string()));
  }
  if (!can_hold_files(folder)) {
    refuse(destination, fmt::format("the folder {} cannot be written ({}). Choose another folder",
                                    folder.string(), std::strerror(errno)));
  }
}

void require_replaceable(const Destination& destination, const fs::path& path, bool force) {
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  if (!fs::exists(status)) return;
  if (!fs::is_regular_file(status)) {
    refuse(destination, "it is there and is not a regular file. Give another name");
  }
  if (!force) refuse(destination, "the file exists. Give --force to replace it");
}

}  // namespace

std::string checked_destination(const Destination& destination, const std::string& input_path,
                                bool force) {
  if (destination.path.empty()) {
    throw Error(ErrorKind::usage,
                fmt::format("{} '': the name of the file is empty. Give one, as {} quotes.h5",
                            destination.flag, destination.flag));
  }
  std::error_code ignored;
  if (fs::equivalent(destination.path, input_path, ignored)) {
    throw Error(ErrorKind::usage, fmt::format("{} {}: that is the book itself. Give another name",
                                              destination.flag, destination.path));
  }
  const bool is_link = fs::is_symlink(fs::symlink_status(destination.path, ignored));
  const fs::path path =
      is_link ? fs::weakly_canonical(destination.path, ignored) : fs::path(destination.path);
  require_replaceable(destination, path.empty() ? fs::path(destination.path) : path, force);
  require_folder(destination, path.has_parent_path() ? path.parent_path() : fs::path("."));
  return path.string();
}

}  // namespace corridor::cli
