// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "corridor/quotes.hpp"

namespace corridor {

/// Times the phases of a run as they follow one another.
class PhaseClock {
 public:
  void next(std::string phase) {
    finish();
    times_.push_back({std::move(phase), 0});
  }
  std::vector<PhaseTime> times() {
    finish();
    return times_;
  }

 private:
  void finish() {
    const auto now = std::chrono::steady_clock::now();
    if (!times_.empty()) {
      times_.back().seconds = std::chrono::duration<double>(now - since_).count();
    }
    since_ = now;
  }

  std::vector<PhaseTime> times_;
  std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

}  // namespace corridor
