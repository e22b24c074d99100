// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/run_watch.hpp"

#include "corridor/error.hpp"
#include "host/cli/run_log.hpp"
#include "host/cli/signals.hpp"
#include "host/cli/terminal.hpp"

namespace corridor::cli {
namespace {

ProgressDisplay::Style style_of(bool quiet) {
  if (quiet || !run_log().shows_text()) return ProgressDisplay::Style::none;
  return stderr_is_terminal() ? ProgressDisplay::Style::line : ProgressDisplay::Style::events;
}

}  // namespace

RunWatch::RunWatch(bool quiet) : quiet_(quiet), display_(style_of(quiet)) {}

RunOptions RunWatch::watched(RunOptions options) {
  run_log().event(Severity::info, "settings",
                  {{"seed", options.seed},
                   {"years", options.years},
                   {"device", options.device},
                   {"instruction_set", options.instruction_set},
                   {"threads", options.threads},
                   {"memory_limit_bytes", options.memory_limit_bytes}});
  options.on_event = [](const RunEvent& event) { run_log().step(event); };
  options.on_progress = [this](const Progress& progress) {
    display_.update(progress);
    run_log().progress(progress);
  };
  options.on_message = [this](const std::string& line) {
    display_.clear();
    if (!quiet_) say(line);
  };
  options.should_stop = [] { return stop_signal() != 0; };
  return options;
}

void RunWatch::require_unstopped() {
  if (stop_signal() != 0) throw Error(ErrorKind::incomplete, "stopped");
}

}  // namespace corridor::cli
