// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/shards/folder_store.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>

#include "corridor/error.hpp"
#include "host/shards/files.hpp"
#include "host/shards/process_name.hpp"

namespace corridor::shards {
namespace {

namespace fs = std::filesystem;

fs::path made_folder(const fs::path& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure) {
    throw Error(ErrorKind::cannot_create,
                "cannot create the folder " + folder.string() + ": " + failure.message());
  }
  return folder;
}

/// "000123.unit"
std::string numbered(std::uint32_t unit, const char* extension) {
  const std::string digits = std::to_string(unit);
  constexpr std::size_t width = 6;
  return std::string(width - std::min(width, digits.size()), '0') + digits + extension;
}

/// What follows the first ".tmp." of an unfinished file's name: the process that wrote it.
std::string writer_of(const fs::path& file) {
  const std::string name = file.filename().string();
  const std::size_t at = name.find(unfinished_mark);
  return at == std::string::npos ? "" : name.substr(at + unfinished_mark.size());
}

}  // namespace

FolderStore::FolderStore(const std::string& folder, std::string manifest_digest)
    : units_(made_folder(fs::path(folder) / "units")),
      claims_(made_folder(fs::path(folder) / "claims")),
      manifest_digest_(std::move(manifest_digest)) {}

fs::path FolderStore::unit_path(std::uint32_t unit) const {
  return units_ / numbered(unit, ".unit");
}

fs::path FolderStore::claim_path(std::uint32_t unit) const {
  return claims_ / numbered(unit, ".claim");
}

bool FolderStore::is_done(std::uint32_t unit, Look look) {
  const fs::path path = unit_path(unit);
  if (::access(path.c_str(), F_OK) != 0) return false;
  if (look == Look::presence || read(unit)) return true;
  put_aside(unit);
  return false;
}

void FolderStore::put_aside(std::uint32_t unit) const {
  static std::atomic<unsigned> counter{0};
  const fs::path path = unit_path(unit);
  const std::string aside =
      path.string() + "." + own_process() + "." + std::to_string(counter++) + ".bad";
  if (::rename(path.c_str(), aside.c_str()) != 0) return;
  // Another worker may have put the bad one aside and published a good one since it was read.
  const std::optional<Bytes> moved = bytes_of(aside);
  if (!moved || !unframed(*moved, manifest_digest_, unit)) return;
  if (::link(aside.c_str(), path.c_str()) == 0 || errno == EEXIST) ::unlink(aside.c_str());
}

void FolderStore::publish(std::uint32_t unit, const UnitRecord& record) {
  publish_once(unit_path(unit), framed(manifest_digest_, unit, record));
}

bool FolderStore::claim(std::uint32_t unit) {
  const std::string path = claim_path(unit).string();
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (create_with(path, own_process())) return true;
    if (!is_dead_here(text_of(path))) return false;
    ::unlink(path.c_str());
  }
  return false;
}

void FolderStore::release(std::uint32_t unit) { ::unlink(claim_path(unit).c_str()); }

std::optional<UnitRecord> FolderStore::read(std::uint32_t unit) const {
  const std::optional<Bytes> file = bytes_of(unit_path(unit));
  return file ? unframed(*file, manifest_digest_, unit) : std::nullopt;
}

std::uint64_t FolderStore::bad_files() const {
  std::uint64_t count = 0;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(units_, ignored)) {
    count += entry.path().extension() == ".bad" ? 1 : 0;
  }
  return count;
}

void FolderStore::sweep() const {
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(units_, ignored)) {
    if (is_dead_here(writer_of(entry.path()))) fs::remove(entry.path(), ignored);
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(claims_, ignored)) {
    if (is_dead_here(text_of(entry.path()))) fs::remove(entry.path(), ignored);
  }
}

}  // namespace corridor::shards
