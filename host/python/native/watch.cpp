// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/python/native/watch.hpp"

#include <nanobind/stl/string.h>

#include <utility>

namespace nb = nanobind;

namespace corridor::python {

Watch::Watch(nb::object on_progress, nb::object on_message)
    : on_progress_(std::move(on_progress)), on_message_(std::move(on_message)) {}

RunOptions Watch::watched(RunOptions options) {
  options.on_progress = [this](const Progress& progress) {
    const std::lock_guard lock(guard_);
    newest_ = progress;
  };
  options.on_message = [this](const std::string& line) {
    const std::lock_guard lock(guard_);
    messages_.push_back(line);
  };
  options.should_stop = [this] { return stop_.load(std::memory_order_relaxed); };
  return options;
}

void Watch::look() {
  if (error_) return;  // the run is on its way to its end
  try {
    if (PyErr_CheckSignals() != 0) nb::raise_python_error();
    report();
  } catch (nb::python_error& error) {
    error_.emplace(std::move(error));
    stop_ = true;
  }
}

void Watch::report() {
  std::optional<Progress> progress;
  std::vector<std::string> messages;
  {
    const std::lock_guard lock(guard_);
    progress = std::exchange(newest_, std::nullopt);
    messages = std::exchange(messages_, {});
  }
  for (const std::string& line : messages) {
    if (!on_message_.is_none()) on_message_(line);
  }
  if (progress && !on_progress_.is_none()) {
    on_progress_(progress->phase, progress->done, progress->total, progress->elapsed_s);
  }
}

}  // namespace corridor::python
