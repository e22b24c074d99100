// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/h5/apart.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "corridor/error.hpp"

namespace corridor::h5 {
namespace {

std::atomic<bool> is_apart{false};
pid_t parent = 0;  // of a child that builds; set before it does anything else

/// Exit statuses of the child. Any other is not its own: HDF5 knows exit() too.
enum Status : int { built_whole = 0, no_memory = 101, no_exchange = 102, told_error = 103 };

/// Memory that the child writes and its parent reads.
class Exchange {
 public:
  Exchange() : file_(memfd_create("corridor-file", MFD_CLOEXEC)) {}
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  ~Exchange() {
    if (file_ >= 0) close(file_);
  }

  bool is_there() const { return file_ >= 0; }
  bool put(std::span<const std::byte> bytes) const {
    while (!bytes.empty()) {
      const ssize_t done = write(file_, bytes.data(), bytes.size());
      if (done < 0 && errno == EINTR) continue;
      if (done <= 0) return false;
      bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
    return true;
  }
  std::string take() const {
    struct stat status {};
    if (fstat(file_, &status) != 0) throw Error(ErrorKind::internal, "cannot look at memory");
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    for (std::size_t at = 0; at < bytes.size();) {
      const ssize_t got =
          pread(file_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) throw Error(ErrorKind::internal, "cannot read back a file in memory");
      at += static_cast<std::size_t>(got);
    }
    return bytes;
  }

 private:
  int file_;
};

/// What a child ends with. Its own last words, such as the C library's on a broken heap, are not
/// the program's.
int child_status(const std::function<std::string()>& build, const Exchange& exchange) {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  // What ends the parent is for the parent to hear; require_parent() tells the child.
  for (const int signal : {SIGHUP, SIGINT, SIGTERM}) std::signal(signal, SIG_IGN);
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0) dup2(nowhere, STDERR_FILENO);
  try {
    const std::string bytes = build();
    return exchange.put(std::as_bytes(std::span(bytes))) ? built_whole : no_exchange;
  } catch (const Error& error) {
    const std::string text = static_cast<char>(error.exit_code()) + std::string(error.what());
    return exchange.put(std::as_bytes(std::span(text))) ? told_error : no_exchange;
  } catch (const std::bad_alloc&) {
    return no_memory;
  }
}

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) throw Error(ErrorKind::internal, "cannot wait for a child process");
  }
  return status;
}

[[noreturn]] void tell_end(const std::string& how) {
  throw Error(
      ErrorKind::internal,
      "HDF5 ended with " + how +
          " while it built the results' file, as it may where memory "
          "runs out. Nothing was written. Run again with more memory free, or write CSV or JSON");
}

/// No bytes where the child could not hand them over.
std::optional<std::string> result(int status, const Exchange& exchange) {
  if (WIFSIGNALED(status)) tell_end("signal " + std::to_string(WTERMSIG(status)));
  const int code = WEXITSTATUS(status);
  if (code == no_memory) throw std::bad_alloc();
  if (code == no_exchange) return std::nullopt;
  if (code != built_whole && code != told_error) tell_end("exit status " + std::to_string(code));
  std::string bytes = exchange.take();
  if (code == built_whole) return bytes;
  throw Error(static_cast<ErrorKind>(bytes.at(0)), bytes.substr(1));
}

}  // namespace

void build_apart(bool apart) { is_apart = apart; }

std::string built(const std::function<std::string()>& build) {
  std::optional<std::string> bytes = built_apart(build);
  // A limit on files' sizes binds memory too; whoever writes the file says so, by its name.
  return bytes ? std::move(*bytes) : build();
}

std::optional<std::string> built_apart(const std::function<std::string()>& build) {
  if (!is_apart) return std::nullopt;
  const Exchange exchange;
  std::fflush(nullptr);  // or a child that ends by exit() prints what waits once more
  const pid_t self = getpid();
  const pid_t child = exchange.is_there() ? fork() : -1;
  if (child < 0) return std::nullopt;
  if (child == 0) {
    parent = self;
    _exit(child_status(build, exchange));
  }
  return result(wait_for(child), exchange);
}

void require_parent() {
  if (parent != 0 && getppid() != parent) throw Orphaned();
}

}  // namespace corridor::h5
