// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "corridor/error.hpp"
#include "host/portfolio/raw_book.hpp"

namespace corridor {

/// A file tries to fill the memory with names, attributes or problems.
struct ListIsFull {};

/// A file, or a part of it, that HDF5 refuses, for what reason.
Problem damaged(const std::string& why);

/// What is said of a file while it is read, in bounds.
class RawNotes {
 public:
  /// Adds to `content`, whose reference it keeps.
  explicit RawNotes(RawContent& content) : content_(content) {}

  // All throw ListIsFull.
  void problem(Problem problem, const std::string& place);
  void unknown(const std::string& path);
  /// Counts what the list grows by.
  void grow(std::size_t bytes);

  /// Runs `action`; an Error of it becomes a problem of `place`. True where there was none.
  template <class Action>
  bool guarded(const std::string& place, Action&& action) {
    try {
      std::forward<Action>(action)();
      return true;
    } catch (const Error& error) {
      problem(damaged(error.what()), place);
    }
    return false;
  }

 private:
  RawContent& content_;
  std::size_t list_bytes_ = 0;
};

}  // namespace corridor
