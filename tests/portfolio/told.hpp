// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <string>

#include "corridor/portfolio.hpp"

namespace corridor::tests {

/// Reads without a helper, whose start would be most of the time.
class InProcess {
 public:
  InProcess() { setenv("CORRIDOR_READ_IN_PROCESS", "1", 1); }
  InProcess(const InProcess&) = delete;
  InProcess& operator=(const InProcess&) = delete;
  ~InProcess() { unsetenv("CORRIDOR_READ_IN_PROCESS"); }
};

/// All that load_portfolio says of a book, warnings of a good one too: a line a problem, with
/// everything that it states. Then how a refusal ends a program.
std::string told_by_loading(const std::string& path, const LoadOptions& options = {});

/// The same of OpenBook.
std::string told_by_opening(const std::string& path, const LoadOptions& options = {});

}  // namespace corridor::tests
