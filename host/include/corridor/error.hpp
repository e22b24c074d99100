// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace corridor {

/// What went wrong, numbered as the command's exit code.
enum class ErrorKind : int {
  usage = 64,
  bad_data = 65,
  missing_input = 66,
  device = 69,
  internal = 70,
  cannot_create = 73,
  io = 74,
  incomplete = 75,
};

/// One thing wrong with an input. `validate` lists all of them; an Error carries those that stop a run.
struct Problem {
  enum class Severity { warning, error };

  Severity severity = Severity::error;
  std::string code;     ///< stable, for programs: "E_NEGATIVE"
  std::string file;
  std::string dataset;  ///< "/members/scale", or an attribute "/distributions/silver@kind"
  std::optional<std::uint64_t> row;
  std::string group;    ///< group_id, where the row belongs to one
  std::string value;    ///< as found
  std::string message;  ///< what is wrong, and why it matters
  std::string fix;      ///< what to do

  /// "book.h5:/members/scale[12] (group G7): value -3 is not above 0. Give ... [E_NOT_POSITIVE]"
  std::string text() const;
};

/// The library's one exception. Thrown for what the user did or the machine lacks, never for our own
/// mistakes; only main and bindings catch it.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  Error(ErrorKind kind, std::vector<Problem> problems)
      : std::runtime_error(listed(problems)), kind_(kind), problems_(std::move(problems)) {}

  ErrorKind kind() const noexcept { return kind_; }
  int exit_code() const noexcept { return static_cast<int>(kind_); }
  const std::vector<Problem>& problems() const noexcept { return problems_; }

 private:
  static std::string listed(const std::vector<Problem>& problems);

  ErrorKind kind_;
  std::vector<Problem> problems_;
};

}  // namespace corridor
