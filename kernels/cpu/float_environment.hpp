// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace corridor::cpu {

/// Results have their bits only under round-to-nearest with subnormal numbers kept.
///
/// throws  Error{usage} when the calling thread rounds otherwise or flushes subnormals to zero, as
/// a
///         program built with -ffast-math does from its first line
void check_float_environment();

}  // namespace corridor::cpu
