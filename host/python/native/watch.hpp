// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nanobind/nanobind.h>

#include <atomic>
#include <chrono>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "corridor/run_options.hpp"

namespace corridor::python {

/// Runs the library on a thread of its own while the caller's looks after Python: without the GIL,
/// but for a look every 50 ms at signals and at what there is to show. Callbacks so always come from
/// the caller's thread, and Ctrl-C stops a run whichever thread the library is busy on.
class Watch {
 public:
  /// `on_progress(phase, done, total, elapsed_s)`, `on_message(line)`; None: nobody looks.
  Watch(nanobind::object on_progress, nanobind::object on_message);

  /// The options of a run that reports here and stops when asked to. This must outlive the run.
  RunOptions watched(RunOptions options);

  /// What `work` returns. Called with the GIL held.
  ///
  /// throws  what `work` throws; nanobind::python_error for a signal's and a callback's exception
  template <class Work>
  auto run(Work work) {
    auto result = std::async(std::launch::async, std::move(work));
    {
      const nanobind::gil_scoped_release released;
      while (result.wait_for(std::chrono::milliseconds(50)) != std::future_status::ready) {
        const nanobind::gil_scoped_acquire held;
        look();
      }
    }
    look();
    if (error_) throw std::move(*error_);
    return result.get();
  }

 private:
  void look();
  void report();

  nanobind::object on_progress_, on_message_;
  std::mutex guard_;
  std::optional<Progress> newest_;
  std::vector<std::string> messages_;
  std::atomic<bool> stop_{false};
  std::optional<nanobind::python_error> error_;
};

}  // namespace corridor::python
