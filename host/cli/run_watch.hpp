// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corridor/run_options.hpp"
#include "host/cli/progress.hpp"

namespace corridor::cli {

/// Watches a run: progress and messages on stderr unless quiet, its steps in the log, and an end at a
/// signal.
class RunWatch {
 public:
  explicit RunWatch(bool quiet);

  /// The options of a run that reports here. This must outlive the run.
  RunOptions watched(RunOptions options);

  /// For the end of a run: one stopped after its last group has results that nobody wants any more.
  ///
  /// throws  Error{incomplete} when a signal came
  static void require_unstopped();

 private:
  bool quiet_;
  ProgressDisplay display_;
};

}  // namespace corridor::cli
