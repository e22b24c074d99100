// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/terminal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "corridor/error.hpp"

namespace corridor::cli {
namespace {

// 0 when all is written, else errno.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

void say_as(std::string_view kind, const char* colour, std::string_view line) {
  const bool coloured = wants_colour() && colour != nullptr;
  std::string text = "corridor: ";
  if (coloured) text += colour;
  text += kind;
  if (coloured) text += "\033[0m";
  text += line;
  text += '\n';
  write_stderr(text);
}

}  // namespace

void open_missing_descriptors() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) {
      // The lowest free number is `descriptor` itself.
      [[maybe_unused]] const int opened = ::open("/dev/null", O_RDWR);
    }
  }
}

void print(std::string_view text) {
  const int error = write_all(STDOUT_FILENO, text);
  if (error == 0 || error == EPIPE) return;
  throw Error(ErrorKind::io,
              std::string("cannot write to standard output: ") + std::strerror(error));
}

void say(std::string_view line) { say_as("", nullptr, line); }
void say_error(std::string_view line) { say_as("error: ", "\033[1;31m", line); }
void say_warning(std::string_view line) { say_as("warning: ", "\033[1;33m", line); }

void write_stderr(std::string_view text) { write_all(STDERR_FILENO, text); }

bool stderr_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

bool wants_colour() {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return stderr_is_terminal() && (no_colour == nullptr || *no_colour == '\0') &&
         terminal != nullptr && std::strcmp(terminal, "dumb") != 0;
}

}  // namespace corridor::cli
