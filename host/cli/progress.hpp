// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/run_options.hpp"

namespace corridor::cli {

/// "45s", "1m30s", "2h46m"
std::string duration_text(double duration_s);

/// "simulate  42%  1m20s left"; without an estimate before the first unit is done.
std::string progress_text(const Progress& progress);

/// {"event":"progress","phase":...,"done":...,"total":...,"elapsed_s":...,"eta_s":...}, one line.
std::string progress_event(const Progress& progress);

/// Shows how far a run is: a line that renews itself on a terminal, one JSON event every 10 s
/// elsewhere, nothing when quiet.
class ProgressDisplay {
 public:
  enum class Style { none, line, events };

  explicit ProgressDisplay(Style style) : style_(style) {}
  ~ProgressDisplay() { clear(); }
  ProgressDisplay(const ProgressDisplay&) = delete;
  ProgressDisplay& operator=(const ProgressDisplay&) = delete;

  void update(const Progress& progress);
  /// Takes the line off the terminal, so that a message can stand there.
  void clear();

 private:
  Style style_;
  std::string phase_;
  double shown_at_s_ = 0;
  bool on_screen_ = false;
};

}  // namespace corridor::cli
