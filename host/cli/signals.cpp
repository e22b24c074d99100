// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/signals.hpp"

#include <array>
#include <atomic>
#include <csignal>

namespace corridor::cli {
namespace {

// A global, as a signal handler can reach nothing else; atomic, as any thread may ask for it.
std::atomic<int> received{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may not wait");

constexpr std::array stopping{SIGINT, SIGTERM, SIGUSR1};
constexpr std::array failing_writes{SIGPIPE, SIGXFSZ};

extern "C" void note_signal(int signal) { received = signal; }

}  // namespace

void catch_signals() {
  struct sigaction action {};
  action.sa_handler = note_signal;
  action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
  for (const int signal : stopping) sigaction(signal, &action, nullptr);
  for (const int signal : failing_writes) std::signal(signal, SIG_IGN);
}

int stop_signal() { return received; }

const char* signal_name(int signal) {
  switch (signal) {
    case SIGINT:
      return "SIGINT";
    case SIGTERM:
      return "SIGTERM";
    default:
      return "SIGUSR1";
  }
}

void restore_signals() {
  for (const int signal : stopping) std::signal(signal, SIG_DFL);
  for (const int signal : failing_writes) std::signal(signal, SIG_DFL);
}

}  // namespace corridor::cli
