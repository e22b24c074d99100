// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>

#include "corridor/info.hpp"
#include "host/cli/run_log.hpp"
#include "host/watch/process_use.hpp"

namespace corridor::cli {
namespace {

/// "1.2 GB": decimal units, as disks and --memory-limit have them.
std::string bytes_text(std::uint64_t bytes) {
  constexpr std::array units{"B", "kB", "MB", "GB", "TB"};
  auto amount = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; amount >= 999.5 && unit + 1 < units.size(); ++unit) amount /= 1000;
  return fmt::format("{:.{}f} {}", amount, unit > 0 && amount < 10 ? 1 : 0, units[unit]);
}

std::string speed_text(const PhaseTime& phase) {
  if (phase.member_years == 0 || phase.seconds <= 0) return "-";
  const double millions = 1e-6 * static_cast<double>(phase.member_years) / phase.seconds;
  return fmt::format("{:.1f} million", millions);
}

std::string line_of(const PhaseTime& phase, double elapsed_s) {
  return fmt::format("{:<20}{:>10.3f}{:>9.1f}%{:>18}{:>10}{:>10}\n", phase.phase, phase.seconds,
                     100 * phase.seconds / elapsed_s, speed_text(phase),
                     bytes_text(phase.read_bytes), bytes_text(phase.written_bytes));
}

}  // namespace

std::string account_text(const std::vector<PhaseTime>& phases, double elapsed_s,
                         const std::string& device) {
  std::string text = fmt::format("{:<20}{:>10}{:>10}{:>18}{:>10}{:>10}\n", "phase", "seconds",
                                 "of all", "member-years/s", "read", "written");
  PhaseTime all{"all", elapsed_s};
  for (const PhaseTime& phase : phases) {
    text += line_of(phase, elapsed_s);
    all.member_years += phase.member_years;
    all.read_bytes += phase.read_bytes;
    all.written_bytes += phase.written_bytes;
  }
  const PeakMemory peak = peak_memory();
  return text + line_of(all, elapsed_s) +
         fmt::format("memory at most {}, of its reader {}\n", bytes_text(peak.process_bytes),
                     bytes_text(peak.child_bytes)) +
         (device.empty() ? "" : fmt::format("on {}, {}\n", device, cpu_model()));
}

}  // namespace corridor::cli
