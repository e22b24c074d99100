// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace corridor::cli {

/// Where a flag sends its output.
struct Destination {
  std::string_view flag;  ///< "-o"
  std::string path;
};

/// Checks before the work that the output can be written when it is done, and leaves nothing
/// behind. Returns the path to write to: a link is followed to the file it names.
///
/// throws  Error{cannot_create} when the file exists without `force`, is no regular file, or its
///         folder is missing or cannot be written; Error{usage} when it is `input_path` itself
std::string checked_destination(const Destination& destination, const std::string& input_path,
                                bool force);

}  // namespace corridor::cli
