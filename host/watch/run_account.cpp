// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/watch/run_account.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "corridor/info.hpp"
#include "host/watch/utc.hpp"

namespace corridor {
namespace {

double seconds_between(std::chrono::steady_clock::time_point from,
                       std::chrono::steady_clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

/// "avx512" of "cpu avx512, 2 threads"; "" where a device's name holds none.
std::string instruction_set_of(const std::string& device) {
  constexpr std::string_view cpu = "cpu ";
  if (!device.starts_with(cpu)) return "";
  return device.substr(cpu.size(), device.find(',') - cpu.size());
}

void add(PhaseTime& total, const PhaseTime& part) {
  total.seconds += part.seconds;
  total.member_years += part.member_years;
  total.read_bytes += part.read_bytes;
  total.written_bytes += part.written_bytes;
}

}  // namespace

RunAccount::RunAccount(const RunOptions& options)
    : on_event_(options.on_event),
      threads_(options.threads != 0 ? options.threads : std::thread::hardware_concurrency()) {}

void RunAccount::next(const std::string& phase) {
  end_phase();
  phase_ = phase;
  phase_start_ = std::chrono::steady_clock::now();
  phase_bytes_ = transferred_bytes();
  tell({"phase_begun", {{"phase", phase}}});
}

void RunAccount::add_draws(std::uint64_t member_years) { phase_draws_ += member_years; }

void RunAccount::input(const Portfolio& portfolio) {
  tell({"input",
        {{"path", portfolio.path},
         {"digest", portfolio.digest},
         {"groups", std::uint64_t{portfolio.group_count()}},
         {"members", std::uint64_t{portfolio.member_count()}}}});
}

void RunAccount::device(const std::string& name) {
  device_ = name;
  tell({"device", {{"device", name}}});
}

void RunAccount::finish(RunFacts& facts) {
  end_phase();
  const BuildFacts& build = build_facts();
  facts.version = build.version;
  facts.git_revision = build.git_revision;
  facts.compiler = build.compiler;
  facts.host = host_name();
  facts.started_at = utc_text(started_at_);
  facts.timings = times_;
  facts.device = device_;
  const auto now = std::chrono::system_clock::now();
  facts.cost.ended_at = utc_text(now);
  facts.cost.elapsed_s = seconds_between(start_, std::chrono::steady_clock::now());
  facts.cost.clock_step_s =
      std::chrono::duration<double>(now - started_at_).count() - facts.cost.elapsed_s;
  const PeakMemory peak = peak_memory();
  facts.cost.peak_memory_bytes = peak.process_bytes;
  facts.cost.reader_peak_memory_bytes = peak.child_bytes;
  facts.cost.cpu_model = cpu_model();
  facts.cost.instruction_set = instruction_set_of(device_);
  facts.cost.threads = threads_;
  if (device_.starts_with("cuda")) facts.cost.gpu = facts.driver = device_facts().cuda_device;
}

void RunAccount::end_phase() {
  if (phase_.empty()) return;
  const TransferredBytes bytes = transferred_bytes();
  const PhaseTime part{std::exchange(phase_, ""),
                       seconds_between(phase_start_, std::chrono::steady_clock::now()),
                       std::exchange(phase_draws_, 0), bytes.read - phase_bytes_.read,
                       bytes.written - phase_bytes_.written};
  tell({"phase_ended",
        {{"phase", part.phase},
         {"seconds", part.seconds},
         {"member_years", part.member_years},
         {"read_bytes", part.read_bytes},
         {"written_bytes", part.written_bytes}}});
  const auto same = [&](const PhaseTime& time) { return time.phase == part.phase; };
  const auto known = std::find_if(times_.begin(), times_.end(), same);
  known == times_.end() ? times_.push_back(part) : add(*known, part);
}

void RunAccount::tell(RunEvent event) const {
  if (on_event_) on_event_(event);
}

}  // namespace corridor
