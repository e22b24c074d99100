// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/reader_process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "host/portfolio/read_raw.hpp"
#include "host/portfolio/reader_job.hpp"
#include "host/portfolio/reader_program.hpp"

extern char** environ;

namespace corridor {
namespace {

/// What the helper's descriptor table holds beside the three standard ones.
constexpr int exchange_descriptor = 3;

[[noreturn]] void fail(const std::string& doing, int error) {
  throw Error(ErrorKind::internal, "cannot " + doing + ": " + std::strerror(error));
}

[[noreturn]] void refuse_file(const std::string& path, const std::string& message) {
  Problem problem;
  problem.code = "E_DAMAGED";
  problem.file = path;
  problem.message = message;
  problem.fix = "Take the file from its source again";
  throw Error(ErrorKind::bad_data, std::vector<Problem>{problem});
}

class SpawnActions {
 public:
  SpawnActions() { posix_spawn_file_actions_init(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }

  void open_null(int descriptor, int mode) {
    posix_spawn_file_actions_addopen(&actions_, descriptor, "/dev/null", mode, 0);
  }
  void give(int ours, int theirs) { posix_spawn_file_actions_adddup2(&actions_, ours, theirs); }
  void close_from(int first) { posix_spawn_file_actions_addclosefrom_np(&actions_, first); }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

/// A helper that has a reader's work to do must not look for a helper of its own.
constexpr char reader_mark[] = "CORRIDOR_IS_READER=1";

/// In a build under AddressSanitizer its findings must end the helper as a crash does.
constexpr char sanitizer_options[] = "ASAN_OPTIONS=abort_on_error=1";

std::vector<char*> helper_environment() {
  std::vector<char*> variables{const_cast<char*>(reader_mark),
                               const_cast<char*>(sanitizer_options)};
  for (char** variable = environ; *variable != nullptr; ++variable) variables.push_back(*variable);
  variables.push_back(nullptr);
  return variables;
}

pid_t start(const std::string& program, std::vector<std::string> arguments, int exchange) {
  SpawnActions actions;
  actions.open_null(0, O_RDONLY);
  actions.open_null(1, O_WRONLY);
  actions.open_null(2, O_WRONLY);
  actions.give(exchange, exchange_descriptor);
  actions.close_from(exchange_descriptor + 1);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  std::vector<char*> variables = helper_environment();
  pid_t helper = 0;
  const int error =
      posix_spawn(&helper, program.c_str(), actions.get(), nullptr, argv.data(), variables.data());
  if (error != 0) fail("start the reader " + program, error);
  return helper;
}

/// The helper's wait status; 0 where the host program has taken it (it ignores SIGCHLD): the
/// exchange memory then says whether the helper came to its end.
int wait_for(pid_t helper) {
  int status = 0;
  while (waitpid(helper, &status, 0) < 0) {
    if (errno != EINTR) return 0;
  }
  return status;
}

void check_end(const std::string& path, const std::string& program, int status) {
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    const bool slow = signal == SIGXCPU || signal == SIGKILL;
    refuse_file(path,
                slow ? "takes too long to read, as a damaged file may: reader died of signal " +
                           std::to_string(signal)
                     : "is damaged: reader died of signal " + std::to_string(signal));
  }
  if (WEXITSTATUS(status) == reader_out_of_memory) {
    refuse_file(path, "needs more memory to read than allowed, as a damaged file may");
  }
  if (const auto full = is_full(WEXITSTATUS(status))) throw *full;
  if (WEXITSTATUS(status) != 0) {
    throw Error(ErrorKind::internal, "the reader " + program + " ended with status " +
                                         std::to_string(WEXITSTATUS(status)) +
                                         ": is it of this version?");
  }
}

bool reads_in_process() {
  const char* wish = std::getenv("CORRIDOR_READ_IN_PROCESS");
  return wish != nullptr && std::strcmp(wish, "1") == 0;
}

/// Has a reader fill the exchange of `descriptor`. Throws ExchangeIsFull too.
void fill(const ReaderJob& job, int descriptor) {
  if (reads_in_process()) return run_job(job, descriptor);
  if (std::getenv("CORRIDOR_IS_READER") != nullptr) {
    throw Error(ErrorKind::internal, "the reader started is not a reader");
  }
  const std::string program = reader_program();
  const pid_t helper = start(program, to_arguments(job, program, exchange_descriptor), descriptor);
  check_end(job.path, program, wait_for(helper));
}

/// What a reader has left for `job`, which nobody can change any more.
Exchange done_by_reader(const ReaderJob& job) {
  Exchange exchange(job.left_in);
  try {
    fill(job, exchange.descriptor());
  } catch (const ExchangeIsFull& full) {
    exchange.refuse_full(job.path, full.error);
  }
  exchange.freeze();
  return exchange;
}

}  // namespace

RawBook read_in_helper(const std::string& path, const h5::ReadLimits& limits, ExchangeKind kind) {
  return take_content(done_by_reader({path, limits, "", kind}));
}

std::vector<std::byte> sealed_in_helper(const std::string& path, const std::string& digest,
                                        const h5::ReadLimits& limits) {
  const Exchange exchange = done_by_reader({path, limits, digest, ExchangeKind::memory});
  if (exchange.size() == 0) {
    refuse_file(path, "cannot be sealed: HDF5 could not add an attribute");
  }
  std::vector<std::byte> unused;
  const auto image = exchange.bytes(0, exchange.size(), unused);
  return {image.begin(), image.end()};
}

}  // namespace corridor
