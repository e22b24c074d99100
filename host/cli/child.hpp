// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

namespace corridor::cli {

/// What `work` returns, done in a child process with limits on memory and time, so that a file
/// which breaks its parser breaks nothing else. Call it while the process has one thread.
///
/// throws  Error{bad_data} "damaged: ..." when the child dies; an Error of `work` again, as text
std::string in_a_child(const std::string& file, const std::function<std::string()>& work);

}  // namespace corridor::cli
