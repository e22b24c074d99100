// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace corridor::h5 {

enum class Overwrite { refuse, replace };

/// Says before a long run whether its output could be written: the folder is there and takes new
/// files, and without leave to replace there is no such file yet. Leaves nothing behind.
///
/// throws  Error{cannot_create}
void check_output(const std::string& path, Overwrite overwrite);

/// Writes a whole file or nothing: a temporary file in the same folder, synced, then given its name
/// in one step, then the folder synced. Of two programs that write one new name, the first wins and
/// the other is refused. A failure leaves an old file as it was and no temporary behind.
///
/// throws  Error{cannot_create} where the folder is missing, read-only or holds the name already;
///         Error{io} when the disk is full or fails
void write_atomically(const std::string& path, std::span<const std::byte> bytes,
                      Overwrite overwrite);

/// Takes the next bytes of a file.
using Sink = std::function<void(std::string_view)>;

/// The same of bytes that `make` hands over as it makes them. There is no temporary file before the
/// first of them; what `make` throws leaves none.
void write_pieces_atomically(const std::string& path, const std::function<void(const Sink&)>& make,
                             Overwrite overwrite);

/// The same of a file that somebody else writes: `build` gets the temporary file's name and returns 0,
/// the system's error where the disk did not take all, or none where it could not begin. Returns
/// whether it could.
bool build_atomically(const std::string& path,
                      const std::function<std::optional<int>(const std::string&)>& build,
                      Overwrite overwrite);

}  // namespace corridor::h5
