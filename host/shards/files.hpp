// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "host/shards/codec.hpp"

/// The few things that a shared folder is asked for.
namespace corridor::shards {

/// Stands between an unfinished file's final name and the process that writes it.
inline constexpr std::string_view unfinished_mark = ".tmp.";

/// All bytes of a file; none where it cannot be read.
std::optional<Bytes> bytes_of(const std::filesystem::path& path);

/// The same as text; empty where it cannot be read.
std::string text_of(const std::filesystem::path& path);

/// Writes a file under a name of this process's own, brings it to the disk and gives it the final
/// name with link(), which is one step on every file system and never replaces; where the name is
/// there already, that file stays. Returns whether this one got the name.
///
/// throws  Error{io} when the disk is full or fails, Error{cannot_create}; no file is left
bool publish_once(const std::filesystem::path& path, std::span<const std::byte> bytes);

/// Creates a small file that nobody else has created; false where it is there.
///
/// throws  Error{io} when the disk is full or fails, Error{cannot_create}; no file is left
bool create_with(const std::filesystem::path& path, std::string_view text);

}  // namespace corridor::shards
