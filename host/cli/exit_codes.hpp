// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace corridor::cli {

/// What exit codes mean, for help and the manual.
inline constexpr const char* exit_codes =
    "0 done, 1 a quality gate or a state rule is not met, 64 usage, 65 bad data,\n"
    "66 no input, 69 no device, 70 a bug, 73 cannot create the output, 74 input or output failed,\n"
    "75 not finished and can be resumed, 130 and 143 stopped by a signal.";

}  // namespace corridor::cli
