// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/dry_run.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "corridor/corridor.hpp"
#include "host/cli/notes.hpp"
#include "host/cli/signals.hpp"
#include "host/cli/terminal.hpp"

namespace corridor::cli {
namespace {

constexpr double trial_s = 3;

// What the trial saw; member-years a second of simulation.
struct Trial {
  std::optional<double> member_years_per_s;
  bool finished = false;
};

// Rates come from the progress of a real run, so they include what the device and the book cost.
class Stopwatch {
 public:
  void note(const Progress& progress) {
    if (!started_) first_ = progress;
    started_ = true;
    last_ = progress;
  }
  bool is_over() const { return started_ && last_.elapsed_s - first_.elapsed_s > trial_s; }
  std::optional<double> rate() const {
    const double span_s = last_.elapsed_s - first_.elapsed_s;
    if (!started_ || last_.done <= first_.done || !(span_s > 0)) return std::nullopt;
    return static_cast<double>(last_.done - first_.done) / span_s;
  }

 private:
  bool started_ = false;
  Progress first_, last_;
};

Trial trial_run(const PriceRequest& request) {
  Stopwatch watch;
  RunOptions options = request.options;
  options.on_progress = [&](const Progress& progress) { watch.note(progress); };
  options.should_stop = [&] { return stop_signal() != 0 || watch.is_over(); };
  try {
    price_book(request.book, options, request.basis);
    return {watch.rate(), true};
  } catch (const Error& error) {
    if (stop_signal() != 0 || error.kind() != ErrorKind::incomplete) throw;
    return {watch.rate(), false};
  }
}

// Groups pass through one after another, so the trial's peak is close to the whole run's.
std::uint64_t peak_memory_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

nlohmann::json facts(const PriceRequest& request, const Plan& plan, const Trial& trial) {
  const auto or_null = [](const std::string& text) {
    return text.empty() ? nlohmann::json() : nlohmann::json(text);
  };
  const double member_years = static_cast<double>(plan.member_years);
  return {{"book", request.book},
          {"groups", plan.exact.ground_up_usd.size()},
          {"rows", plan.quotes.size()},
          {"years", request.options.years},
          {"member_years", plan.member_years},
          {"memory_bytes", peak_memory_bytes()},
          {"member_years_per_s",
           trial.member_years_per_s ? nlohmann::json(*trial.member_years_per_s) : nlohmann::json()},
          {"simulate_s", trial.member_years_per_s
                             ? nlohmann::json(member_years / *trial.member_years_per_s)
                             : nlohmann::json()},
          {"output", or_null(request.output_path)},
          {"csv", or_null(request.csv_path)}};
}

std::string as_text(const nlohmann::json& facts) {
  std::string text = fmt::format(
      "{}: {} groups, {} rows of results, {} years, {:.3g} member-years\n"
      "memory     about {:.1f} MB\n",
      facts["book"].get<std::string>(), facts["groups"].get<std::size_t>(),
      facts["rows"].get<std::size_t>(), facts["years"].get<std::uint32_t>(),
      facts["member_years"].get<double>(), facts["memory_bytes"].get<double>() / 1e6);
  if (facts["simulate_s"].is_null()) {
    text += "simulation too short to time\n";
  } else {
    text +=
        fmt::format("simulation about {:.3g} s ({:.3g} member-years/s in a short trial here)\n",
                    facts["simulate_s"].get<double>(), facts["member_years_per_s"].get<double>());
  }
  for (const char* output : {"output", "csv"}) {
    if (!facts[output].is_null()) {
      text += fmt::format("would write {}\n", facts[output].get<std::string>());
    }
  }
  return text + "dry run: nothing was written\n";
}

}  // namespace

int dry_run(const PriceRequest& request) {
  RunOptions options = request.options;
  if (!request.quiet) options.on_message = [](const std::string& line) { say(line); };
  options.should_stop = [] { return stop_signal() != 0; };
  const Plan plan = plan_book(request.book, options);
  if (!request.quiet) say_warnings(plan.warnings, request.book);
  const nlohmann::json result = facts(request, plan, trial_run(request));
  print(request.json ? result.dump(2) + "\n" : as_text(result));
  return 0;
}

}  // namespace corridor::cli
