// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/error.hpp"

namespace corridor::h5 {

/// Stops HDF5 from printing in this thread. Every entry into HDF5 calls it first: the library's
/// error stack, and whether it prints, belong to the thread.
void quiet();

/// HDF5's innermost reason for the last failure in this thread, or "" where it gave none.
std::string reason();

/// A call of the system that failed within HDF5.
class SystemFailure : public Error {
 public:
  SystemFailure(const std::string& what, int error)
      : Error(ErrorKind::bad_data, what), error_(error) {}
  int error() const { return error_; }

 private:
  int error_;  ///< errno
};

/// Throws Error{bad_data}, SystemFailure where the system is to blame, with `what` and HDF5's
/// reason; std::bad_alloc where that is want of memory.
[[noreturn]] void fail(const std::string& what);

/// Throws as fail() does when an HDF5 call returned a negative status.
void check(int status, const std::string& doing);

}  // namespace corridor::h5
