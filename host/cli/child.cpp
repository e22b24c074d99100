// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/child.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "corridor/error.hpp"

namespace corridor::cli {
namespace {

[[maybe_unused]] constexpr rlim_t memory_bytes = rlim_t{2} << 30;
constexpr rlim_t cpu_s = 10;

void limit(__rlimit_resource_t what, rlim_t most) {
  const rlimit limits{most, most};
  setrlimit(what, &limits);
}

// The child's status is 0 with the result in the pipe, or the error's code with its message there.
[[noreturn]] void answer(int pipe, const std::function<std::string()>& work) {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  limit(RLIMIT_AS, memory_bytes);  // sanitizers reserve terabytes of addresses
#endif
  limit(RLIMIT_CPU, cpu_s);
  limit(RLIMIT_CORE, 0);
  std::string text;
  int code = 0;
  try {
    text = work();
  } catch (const Error& error) {
    text = error.what();
    code = error.exit_code();
  } catch (const std::exception& error) {
    text = error.what();
    code = static_cast<int>(ErrorKind::bad_data);
  }
  const bool written = ::write(pipe, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::_exit(written ? code : static_cast<int>(ErrorKind::io));
}

std::string all_of(int pipe) {
  std::string text;
  std::array<char, 4096> part;
  while (true) {
    const ssize_t count = ::read(pipe, part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return text;
    text.append(part.data(), static_cast<std::size_t>(count));
  }
}

int status_of(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

std::string in_a_child(const std::string& file, const std::function<std::string()>& work) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw Error(ErrorKind::io, "cannot make a pipe");
  const pid_t child = ::fork();
  if (child < 0) throw Error(ErrorKind::io, "cannot start a process");
  if (child == 0) {
    ::close(ends[0]);
    answer(ends[1], work);
  }
  ::close(ends[1]);
  std::string text = all_of(ends[0]);
  ::close(ends[0]);
  const int status = status_of(child);
  if (!WIFEXITED(status)) {
    throw Error(ErrorKind::bad_data, file + ": the file is damaged: reading it ended with signal " +
                                         std::to_string(WTERMSIG(status)));
  }
  if (WEXITSTATUS(status) != 0) throw Error(static_cast<ErrorKind>(WEXITSTATUS(status)), text);
  return text;
}

}  // namespace corridor::cli
