// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tests/portfolio/draft.hpp"

namespace corridor::tests {

/// Cuts a sealed book at `cuts` random lengths; each must be refused and none may end this process.
void expect_truncations_refused(int cuts);

/// Changes `changes` random bits (one) or bytes (more, within the first 12 KiB, where HDF5 keeps
/// its structure) of a sealed book, `rounds` times. Each must be refused or leave the same content.
void expect_flips_seen(int rounds, int changes, unsigned seed);

/// A sealed book in which one stored byte of a column is wrong.
struct Damaged {
  std::string path;
};
Damaged damaged_column(const std::string& dataset);

}  // namespace corridor::tests
