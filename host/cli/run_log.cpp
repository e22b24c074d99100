// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/run_log.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "corridor/error.hpp"
#include "host/cli/progress.hpp"
#include "host/cli/terminal.hpp"
#include "host/watch/process_use.hpp"

namespace corridor::cli {
namespace {

constexpr double seconds_between_events = 10;

std::string utc_now() {
  using std::chrono::milliseconds;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto ms = std::chrono::duration_cast<milliseconds>(now).count();
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(static_cast<std::time_t>(ms / 1000)),
                     ms % 1000);
}

const char* name_of(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "";
}

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw Error(ErrorKind::cannot_create, fmt::format("--log-file {}: {}", path, why));
}

/// A slip of the finger must not put lines behind a book.
bool is_log(int file) {
  struct stat status {};
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0) return true;
  char first = 0;
  return pread(file, &first, 1, 0) == 1 && first == '{';
}

RunLog::Fields fields_of(const RunEvent& event) {
  RunLog::Fields fields = RunLog::Fields::object();
  for (const RunEvent::Field& field : event.fields) {
    std::visit([&](const auto& value) { fields[field.name] = value; }, field.value);
  }
  return fields;
}

PhaseTime phase_of(const RunLog::Fields& fields) {
  return {fields.at("phase"), fields.at("seconds"), fields.at("member_years"),
          fields.at("read_bytes"), fields.at("written_bytes")};
}

}  // namespace

RunLog::~RunLog() {
  if (file_ >= 0) ::close(file_);
}

void RunLog::open(const LogSettings& settings) {
  json_ = settings.json;
  if (settings.file.empty()) return;
  path_ = settings.file;
  const int file = ::open(path_.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0) refuse(path_, std::string("cannot be written: ") + std::strerror(errno));
  if (!is_log(file)) {
    ::close(file);
    refuse(path_, "the file is there and is no log. Give another name");
  }
  file_ = file;
}

void RunLog::set_loudness(bool quiet, bool verbose) {
  quiet_ = quiet;
  verbose_ = verbose;
}

void RunLog::event(Severity severity, const std::string& name, const Fields& fields) {
  const bool on_stderr = json_ && (!quiet_ || severity == Severity::error);
  if (!on_stderr && file_ < 0) return;
  Fields line{{"time", utc_now()}, {"level", name_of(severity)}, {"event", name}};
  line.update(fields);
  const std::string text = line.dump(-1, ' ', false, Fields::error_handler_t::replace) + "\n";
  if (on_stderr) write_stderr(text);
  write_to_file(text);
}

// One call a line, so that programs which share a log do not mix their lines.
void RunLog::write_to_file(const std::string& line) {
  std::unique_lock lock(mutex_);
  if (file_ < 0) return;
  const ssize_t written = ::write(file_, line.data(), line.size());
  if (written == static_cast<ssize_t>(line.size())) return;
  const std::string why = written < 0 ? std::strerror(errno) : "no more room";
  ::close(file_);
  file_ = -1;
  lock.unlock();
  say_error(fmt::format("--log-file {}: cannot be written ({}). The run goes on without it",
                          path_, why));
}

void RunLog::step(const RunEvent& event) {
  const Fields fields = fields_of(event);
  this->event(Severity::info, event.name, fields);
  const std::lock_guard lock(mutex_);
  if (event.name == "device") device_ = fields.at("device");
  if (event.name != "phase_ended") return;
  phases_.push_back(phase_of(fields));
  phase_end_ = std::chrono::steady_clock::now();
}

void RunLog::progress(const Progress& progress) {
  if (progress.phase != progress_phase_) {
    progress_phase_ = progress.phase;
    progress_at_s_ = 0;
  }
  if (progress.elapsed_s < progress_at_s_ + seconds_between_events) return;
  progress_at_s_ = progress.elapsed_s;
  Fields fields = Fields::parse(progress_event(progress));
  fields.erase("event");
  event(Severity::info, "progress", fields);
}

void RunLog::end_of_results() {
  if (phases_.empty()) return;
  const std::chrono::duration<double> since = std::chrono::steady_clock::now() - phase_end_;
  TransferredBytes bytes = transferred_bytes();
  for (const PhaseTime& phase : phases_) {
    bytes.read -= std::min(bytes.read, phase.read_bytes);
    bytes.written -= std::min(bytes.written, phase.written_bytes);
  }
  step({"phase_ended",
        {{"phase", std::string("results")},
         {"seconds", since.count()},
         {"member_years", std::uint64_t{0}},
         {"read_bytes", bytes.read},
         {"written_bytes", bytes.written}}});
}

void RunLog::finish(int exit_code) {
  end_of_results();
  const double elapsed_s =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  const TransferredBytes bytes = transferred_bytes();
  const PeakMemory peak = peak_memory();
  event(exit_code == 0 ? Severity::info : Severity::error, "finished",
        {{"exit_code", exit_code},
         {"elapsed_s", elapsed_s},
         {"peak_memory_bytes", peak.process_bytes},
         {"reader_peak_memory_bytes", peak.child_bytes},
         {"read_bytes", bytes.read},
         {"written_bytes", bytes.written}});
  if (verbose_ && shows_text() && !phases_.empty()) {
    write_stderr(account_text(phases_, elapsed_s, device_));
  }
}

RunLog& run_log() {
  static RunLog log;
  return log;
}

}  // namespace corridor::cli
