// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/terminal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "corridor/error.hpp"
#include "host/cli/run_log.hpp"

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

constexpr const char *red = "\033[1;31m", *yellow = "\033[1;33m", *green = "\033[1;32m",
                     *plain = "\033[0m";

Colour colour_wish = Colour::automatic;

bool wants_colour_on(int descriptor) {
  if (colour_wish != Colour::automatic) return colour_wish == Colour::always;
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return ::isatty(descriptor) == 1 && (no_colour == nullptr || *no_colour == '\0') &&
         terminal != nullptr && std::strcmp(terminal, "dumb") != 0;
}

void show(std::string_view kind, const char* colour, std::string_view line) {
  if (!run_log().shows_text()) return;
  const bool coloured = wants_colour() && colour != nullptr;
  std::string text = "corridor: ";
  if (coloured) text += colour;
  text += kind;
  if (coloured) text += plain;
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

void say(std::string_view line) {
  run_log().event(Severity::info, "message", {{"message", line}});
  if (!run_log().is_quiet()) show("", nullptr, line);
}
void say_error(std::string_view line) {
  run_log().event(Severity::error, "message", {{"message", line}});
  show_error(line);
}
void say_warning(std::string_view line) {
  run_log().event(Severity::warning, "message", {{"message", line}});
  show_warning(line);
}

void show_error(std::string_view line) { show("error: ", red, line); }
void show_warning(std::string_view line) {
  if (!run_log().is_quiet()) show("warning: ", yellow, line);
}

void write_stderr(std::string_view text) { write_all(STDERR_FILENO, text); }

bool stderr_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

void use_colour(Colour wish) { colour_wish = wish; }

bool wants_colour() { return wants_colour_on(STDERR_FILENO); }

void print_report(const std::string& text) {
  if (!wants_colour_on(STDOUT_FILENO)) return print(text);
  std::string coloured = text;
  for (const auto& [word, colour] : {std::pair{"agreed\n", green}, {"DISAGREE\n", red}}) {
    const std::size_t at = coloured.rfind(word);
    if (at == std::string::npos) continue;
    coloured.insert(at + std::strlen(word) - 1, plain);
    coloured.insert(at, colour);
  }
  print(coloured);
}

}  // namespace corridor::cli
