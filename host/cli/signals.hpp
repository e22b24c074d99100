// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace corridor::cli {

/// Turns SIGINT, SIGTERM and SIGUSR1 into a flag, so that a run ends between two blocks of years
/// and leaves nothing half-written; a second signal ends at once. A closed pipe and a file-size
/// limit become errors of the write that met them.
void catch_signals();

/// The signal that asked the program to stop, or 0.
int stop_signal();

/// "SIGTERM"
const char* signal_name(int signal);

/// Gives the signals back their default actions, for a program started in our place.
void restore_signals();

}  // namespace corridor::cli
