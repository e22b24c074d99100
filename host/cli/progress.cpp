// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/progress.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "host/cli/terminal.hpp"

namespace corridor::cli {
namespace {

constexpr double seconds_between_lines = 0.2;
constexpr double seconds_between_events = 10;

std::optional<double> left_s(const Progress& progress) {
  if (progress.done == 0 || progress.done > progress.total) return std::nullopt;
  const double done = static_cast<double>(progress.done);
  return progress.elapsed_s * (static_cast<double>(progress.total) - done) / done;
}

}  // namespace

std::string duration_text(double duration_s) {
  const auto whole_s = static_cast<long>(std::ceil(duration_s));
  if (whole_s < 60) return fmt::format("{}s", whole_s);
  if (whole_s < 3600) return fmt::format("{}m{:02}s", whole_s / 60, whole_s % 60);
  return fmt::format("{}h{:02}m", whole_s / 3600, whole_s / 60 % 60);
}

std::string progress_text(const Progress& progress) {
  if (progress.total == 0) return progress.phase;
  const double part = static_cast<double>(progress.done) / static_cast<double>(progress.total);
  const std::optional<double> left = left_s(progress);
  return fmt::format("{}  {:3.0f}%{}", progress.phase, std::floor(100 * part),
                     left ? fmt::format("  {} left", duration_text(*left)) : "");
}

std::string progress_event(const Progress& progress) {
  const std::optional<double> left = left_s(progress);
  return nlohmann::json{{"event", "progress"},
                        {"phase", progress.phase},
                        {"done", progress.done},
                        {"total", progress.total},
                        {"elapsed_s", progress.elapsed_s},
                        {"eta_s", left ? nlohmann::json(*left) : nlohmann::json()}}
      .dump();
}

void ProgressDisplay::update(const Progress& progress) {
  if (style_ == Style::none) return;
  const double pause_s = style_ == Style::line ? seconds_between_lines : seconds_between_events;
  if (progress.phase != phase_) {
    phase_ = progress.phase;
    shown_at_s_ = 0;
  }
  if (progress.elapsed_s < shown_at_s_ + pause_s) return;
  shown_at_s_ = progress.elapsed_s;
  if (style_ == Style::events) {
    write_stderr(progress_event(progress) + "\n");
    return;
  }
  write_stderr("\r\033[K" + progress_text(progress));
  on_screen_ = true;
}

void ProgressDisplay::clear() {
  if (on_screen_) write_stderr("\r\033[K");
  on_screen_ = false;
}

}  // namespace corridor::cli
