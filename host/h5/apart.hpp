// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

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

}  // namespace corridor::h5
