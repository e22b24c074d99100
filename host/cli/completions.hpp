// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace corridor::cli {

/// The script that completes commands, flags, names and files in a shell, made from the declared
/// options. Expects bash, zsh or fish.
std::string completions(const std::string& shell);

}  // namespace corridor::cli
