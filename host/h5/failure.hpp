// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace corridor::h5 {

/// Stops HDF5 from printing in this thread. Every entry into HDF5 calls it first: the library's
/// error stack, and whether it prints, belong to the thread.
void quiet();

/// HDF5's innermost reason for the last failure in this thread, or "" where it gave none.
std::string reason();

/// Throws Error{bad_data} with `what` and HDF5's reason; std::bad_alloc where that is want of memory.
[[noreturn]] void fail(const std::string& what);

/// Throws as fail() does when an HDF5 call returned a negative status.
void check(int status, const std::string& doing);

}  // namespace corridor::h5
