// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace corridor::cli {

/// Opens /dev/null for any of stdin, stdout and stderr that the caller closed, so that no output
/// file can land on their descriptors and be written into by a message.
void open_missing_descriptors();

/// Writes data to stdout. A reader that has gone away had enough: that is no error.
///
/// throws  Error{io} when the data cannot be written, as on a full disk
void print(std::string_view text);

/// Writes one line to stderr after "corridor: ", or an event where the log is of events. Never fails:
/// a message that cannot be written must not stop a run.
void say(std::string_view line);
void say_error(std::string_view line);
void say_warning(std::string_view line);

/// The line alone, for what has an event of its own; nothing where stderr takes events.
void show_error(std::string_view line);
void show_warning(std::string_view line);

/// Writes to stderr as it is; for the progress line.
void write_stderr(std::string_view text);

bool stderr_is_terminal();

enum class Colour { automatic, always, never };
/// What --color asks for.
void use_colour(Colour wish);
/// Colours on stderr: as asked for, else on a terminal without NO_COLOR in the environment, and
/// not with TERM=dumb.
bool wants_colour();

/// A report for people on stdout; on a terminal its verdict, the line of the gate, has a colour.
void print_report(const std::string& text);

}  // namespace corridor::cli
