// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace corridor {

/// Path of the program that can be a reader. Throws Error{internal} when there is none.
std::string reader_program();

}  // namespace corridor
