// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "corridor/portfolio.hpp"
#include "host/h5/atomic_write.hpp"
#include "host/portfolio/inspect_book.hpp"
#include "host/portfolio/reader_process.hpp"

namespace corridor {
namespace {

/// A seal that did not cover part of the file would promise too much.
void refuse_unknown(std::vector<Problem>& problems) {
  for (Problem& problem : problems) {
    if (problem.code != "W_UNKNOWN" && problem.code != "W_PERSONAL_DATA") continue;
    problem.severity = Problem::Severity::error;
    problem.code = "E_UNKNOWN";
    problem.message = "this is not part of a book, so a seal would not cover it";
  }
}

/// The file behind a symbolic link: sealing replaces it, never the link.
std::string target_of(const std::string& path) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(path, error);
  return error ? path : target.string();
}

}  // namespace

std::string seal_portfolio(const std::string& path) {
  Inspection inspection = inspect_book(path, {}, SealCheck::replace);
  refuse_unknown(inspection.problems);
  if (!inspection.usable()) throw Error(ErrorKind::bad_data, std::move(inspection.problems));
  h5::ReadLimits limits;
  limits.bytes = memory_limit({});
  const std::string digest = inspection.portfolio.digest;
  h5::write_atomically(target_of(path), sealed_in_helper(path, digest, limits),
                       h5::Overwrite::replace);
  return digest;
}

}  // namespace corridor
