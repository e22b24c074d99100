// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "corridor/error.hpp"

namespace corridor::h5 {

/// Whether files are built in a child of this process from now on. HDF5 1.10 may end the process
/// that wants memory; ended apart, it leaves one that can say so. For programs alone: a library
/// does not know what its host's other threads hold while it forks.
void build_apart(bool apart);

/// What `build` returns, in a child where build_apart() asked for it and one can be had.
///
/// throws  what `build` throws (Error's kind and text, std::bad_alloc); Error{internal} where the
///         child died of it
std::string built(const std::function<std::string()>& build);

/// The same in a child or not at all: none where build_apart() did not ask for one or none can be had.
/// For builds that write to the disk: HDF5 1.10 may end the process, even at its exit, in which a
/// write has failed.
std::optional<std::string> built_apart(const std::function<std::string()>& build);

/// Nobody waits any more for what is built.
class Orphaned : public Error {
 public:
  Orphaned() : Error(ErrorKind::incomplete, "the program that wanted the file has ended") {}
};

/// To be called by a build that leaves things on the disk, so that it can take them away again: a
/// child outlives a parent that is killed.
///
/// throws  Orphaned in a child whose parent is gone
void require_parent();

}  // namespace corridor::h5
