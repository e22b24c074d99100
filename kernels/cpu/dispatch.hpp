// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "kernels/cpu/instruction_set.hpp"

namespace corridor::cpu {

/// The set of that name, or the best one for "".
///
/// throws  Error{usage} for a set that the build or the processor lacks
const InstructionSet& find_instruction_set(const std::string& name);

}  // namespace corridor::cpu
