// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace corridor::shards {

/// Names this process among all of all machines that share a folder: "host.pid.start", the host with
/// its boot and its space of process numbers, the start in clock ticks since the machine's, so that
/// a number that is used again is another process.
std::string own_process();

/// Whether the name is of a process of this machine that is gone. A name of another machine, or of
/// no form, says nothing.
bool is_dead_here(std::string_view process);

}  // namespace corridor::shards
