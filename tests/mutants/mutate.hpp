// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace corridor::tests {

using Bytes = std::vector<std::byte>;

/// One damaged copy of a file: a function of (file, kind, seed, number) alone, so that a finding can
/// be made again.
///
/// `kind`   cut: the file ends early. bit: one bit is another. bytes: up to eight bytes of the first
///          12 KiB are others. structure: up to four changes that know what an HDF5 file is made of:
///          addresses that lead elsewhere, sizes and dimensions at the edges of their range, messages
///          of another type, blocks from another place, swapped signatures
/// throws   std::invalid_argument for another kind
Bytes mutant(const Bytes& file, std::string_view kind, std::uint64_t seed, std::uint64_t number);

}  // namespace corridor::tests
