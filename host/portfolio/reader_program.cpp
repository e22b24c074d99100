// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/reader_program.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "corridor/error.hpp"

namespace corridor {
namespace {

namespace fs = std::filesystem;

constexpr const char* program_name = "corridor";

fs::path running_program() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored);
}

/// The file this code was loaded from: the library, or the program itself when linked in.
fs::path this_library() {
  Dl_info info{};
  if (dladdr(reinterpret_cast<void*>(&reader_program), &info) == 0 || info.dli_fname == nullptr) {
    return {};
  }
  return info.dli_fname;
}

/// Where installs, wheels and build trees put the program, seen from a program or library.
std::vector<fs::path> beside(const fs::path& file) {
  if (file.empty()) return {};
  const fs::path folder = file.parent_path();
  return {folder / program_name, folder / "bin" / program_name,
          folder.parent_path() / program_name, folder.parent_path() / "bin" / program_name};
}

/// Folders of PATH, last resort of a library linked into a program that lives elsewhere.
std::vector<fs::path> on_path() {
  const char* variable = std::getenv("PATH");
  std::vector<fs::path> found;
  std::istringstream folders(variable == nullptr ? "" : variable);
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (!folder.empty()) found.push_back(fs::path(folder) / program_name);
  }
  return found;
}

bool runs(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) && access(path.c_str(), X_OK) == 0;
}

std::vector<fs::path> candidates() {
  std::vector<fs::path> found;
  const fs::path running = running_program();
  if (running.filename() == program_name) found.push_back(running);
  // The library's own first: the program that loaded it, Python say, may stand beside another version.
  for (const fs::path& start : {this_library(), running}) {
    const std::vector<fs::path> near = beside(start);
    found.insert(found.end(), near.begin(), near.end());
  }
  found.emplace_back(CORRIDOR_BUILD_READER);
  found.emplace_back(CORRIDOR_INSTALLED_READER);
  const std::vector<fs::path> last = on_path();
  found.insert(found.end(), last.begin(), last.end());
  return found;
}

}  // namespace

std::string reader_program() {
  if (const char* named = std::getenv("CORRIDOR_READER"); named != nullptr && *named != '\0') {
    if (runs(named)) return named;
    throw Error(ErrorKind::internal,
                std::string("CORRIDOR_READER names ") + named + ", which is not a program");
  }
  for (const fs::path& path : candidates()) {
    if (runs(path)) return path.string();
  }
  throw Error(ErrorKind::internal,
              "the program that reads books is not beside this library. Set CORRIDOR_READER to the "
              "path of corridor, or CORRIDOR_READ_IN_PROCESS=1 to read trusted books without it");
}

}  // namespace corridor
