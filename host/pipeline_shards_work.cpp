// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "host/pipeline_shards.hpp"
#include "host/shards/ring.hpp"
#include "host/simulate/simulate.hpp"

namespace corridor {
namespace {

using shards::Bytes;
using shards::UnitRecord;

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string host_name() {
  char name[256] = {};
  return gethostname(name, sizeof name - 1) == 0 ? name : "";
}

/// Another way to compute the same: the CPU where the first is none, else the best instruction set
/// that the first does not use, else the same once more.
std::unique_ptr<Backend> second_backend(const UnitStudy& study, const Backend& first) {
  RunOptions options = study.options();
  options.on_message = {};
  options.device = "cpu";
  const std::vector<std::string> sets = cpu::instruction_sets();
  const bool first_is_cpu = first.name().starts_with("cpu");
  const std::string used = options.instruction_set.empty() ? sets.back() : options.instruction_set;
  options.instruction_set = sets.back();
  for (const std::string& set : sets) {
    if (first_is_cpu && set != used) options.instruction_set = set;
  }
  return open_backend(options, study.tables().table_set());
}

/// Whether a unit is one of the share that is computed twice: by the run and the unit's number, so
/// that every worker would choose the same.
bool is_checked_twice(std::uint64_t seed, std::uint32_t unit, double share) {
  std::uint64_t bits = seed + 0x9e3779b97f4a7c15 * (std::uint64_t{unit} + 1);
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
  bits ^= bits >> 31;
  return static_cast<double>(bits >> 11) * 0x1p-53 < share;
}

/// For testers: CORRIDOR_FAULT=flip-unit-bit:N gives unit N a wrong bit in its first computation, as
/// a failing processor would.
void disturb(std::uint32_t unit, Bytes& payload) {
  const char* fault = std::getenv("CORRIDOR_FAULT");
  if (fault == nullptr || fault != "flip-unit-bit:" + std::to_string(unit)) return;
  payload[payload.size() / 2] ^= std::byte{1};
}

/// Computes a worker's units.
class UnitWork {
 public:
  UnitWork(const std::string& folder, const RunManifest& manifest, UnitStudy& study, IdleWatch& idle,
           const WorkOptions& work)
      : folder_(folder), manifest_(manifest), study_(study), idle_(idle), work_(work) {}

  std::optional<UnitRecord> compute(std::uint32_t unit, const std::function<bool()>& is_idle) {
    start_s_ = now_s();
    UnitRecord record;
    record.origin.host = host_name();
    record.origin.device = study_.backend().name();
    try {
      idle_.begin(
          "unit " + std::to_string(unit + 1) + " of " + std::to_string(manifest_.units()), is_idle);
      require_figures(folder_, manifest_, unit, study_);
      record.payload = study_.unit(shards::range_of(manifest_, unit), study_.backend());
      disturb(unit, record.payload);
      if (is_checked_twice(manifest_.seed, unit, work_.self_check)) {
        require_equal(unit, record.payload);
        record.origin.self_checked = true;
      }
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::incomplete && idle_.asked()) return std::nullopt;
      throw;
    }
    idle_.end();
    record.origin.seconds = now_s() - start_s_;
    self_checked_ += record.origin.self_checked ? 1 : 0;
    return record;
  }
  std::uint32_t self_checked() const { return self_checked_; }

  /// For logs: the unit of the last compute() is published or dropped.
  void tell(std::uint32_t unit, shards::UnitEnd end) const {
    const auto& on_event = study_.options().on_event;
    if (!on_event) return;
    on_event({"unit",
              {{"unit", std::uint64_t{unit}},
               {"seconds", now_s() - start_s_},
               {"outcome", std::string(end == shards::UnitEnd::computed ? "computed" : "dropped")}}});
  }

 private:
  void require_equal(std::uint32_t unit, const Bytes& payload) {
    if (!second_) second_ = second_backend(study_, study_.backend());
    const shards::UnitRange range = shards::range_of(manifest_, unit);
    if (study_.unit(range, *second_) == payload) return;
    const auto group = [&](std::uint32_t row) {
      return study_.book().groups.text("group_id", row);
    };
    throw Error(ErrorKind::internal,
                "unit " + std::to_string(unit) + " (groups " + group(range.first_group) + " to " +
                    group(range.last_group - 1) + ", years " + std::to_string(range.first_year) +
                    " to " + std::to_string(range.last_year - 1) + ") gave other bits on " +
                    study_.backend().name() + " than on " + second_->name() + " of " + host_name() +
                    ". Nothing of it was kept. Take this machine out of the run, remove the units "
                    "that it computed (corridor work recomputes them) and have it tested");
  }

  const std::string& folder_;
  const RunManifest& manifest_;
  UnitStudy& study_;
  IdleWatch& idle_;
  const WorkOptions& work_;
  std::unique_ptr<Backend> second_;
  std::uint32_t self_checked_ = 0;
  double start_s_ = 0;
};

}  // namespace

void IdleWatch::begin(std::string label, std::function<bool()> is_idle) {
  label_ = std::move(label);
  is_idle_ = std::move(is_idle);
  looked_at_s_ = now_s();
  idle_ = false;
}

bool IdleWatch::asked() {
  constexpr double pause_s = 0.5;
  if (idle_ || !is_idle_ || now_s() < looked_at_s_ + pause_s) return idle_;
  looked_at_s_ = now_s();
  idle_ = is_idle_();
  return idle_;
}

WorkReport worked(const std::string& folder, const RunManifest& manifest, UnitStudy& study,
                  IdleWatch& idle, const WorkOptions& work) {
  require_planned(folder, manifest, study);
  shards::FolderStore store(folder, manifest.digest());
  store.sweep();
  UnitWork units(folder, manifest, study, idle, work);
  const auto leave = [&] { return work.should_leave && work.should_leave(); };
  const shards::WalkResult walked = shards::walk(
      store, {work.worker, work.workers}, manifest.units(),
      [&](std::uint32_t unit, const std::function<bool()>& is_idle) {
        return units.compute(unit, is_idle);
      },
      leave, [&](std::uint32_t unit, shards::UnitEnd end) { units.tell(unit, end); });
  return {state_of(store, manifest), walked.computed, units.self_checked(), walked.finished};
}

}  // namespace corridor
