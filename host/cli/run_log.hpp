// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "corridor/quotes.hpp"
#include "corridor/run_event.hpp"
#include "corridor/run_options.hpp"

namespace corridor::cli {

enum class Severity { info, warning, error };

struct LogSettings {
  bool json = false;  ///< stderr takes events, one JSON object a line, in place of text
  std::string file;   ///< takes events too, behind what is there; "" where not asked for
};

/// Where the program says what happens: text or events on stderr, and events in a file. data/logs.md
/// has the events. For any thread. An event that cannot be written never stops a run.
class RunLog {
 public:
  using Fields = nlohmann::ordered_json;

  ~RunLog();

  /// throws  Error{cannot_create} when the file cannot be opened or holds something else than a log
  void open(const LogSettings& settings);
  /// What --quiet and --verbose ask for: on stderr no events but errors; the account at the end.
  void set_loudness(bool quiet, bool verbose);

  /// Whether messages for people belong on stderr.
  bool shows_text() const { return !json_; }
  bool is_quiet() const { return quiet_; }

  void event(Severity severity, const std::string& name, const Fields& fields);
  /// A step of the run; its phases make the account.
  void step(const RunEvent& event);
  /// How far a run is: an event every ten seconds of a phase.
  void progress(const Progress& progress);
  /// The end of the program; adds what was done since the last phase to the account.
  void finish(int exit_code);

 private:
  void write_to_file(const std::string& line);
  void end_of_results();

  bool json_ = false, quiet_ = false, verbose_ = false;
  std::string path_;
  int file_ = -1;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point phase_end_ = start_;
  std::vector<PhaseTime> phases_;
  std::string device_, progress_phase_;
  double progress_at_s_ = 0;
};

/// The program's one log.
RunLog& run_log();

/// The time account of a run for people: a line a phase, then memory and machine.
std::string account_text(const std::vector<PhaseTime>& phases, double elapsed_s,
                         const std::string& device);

}  // namespace corridor::cli
