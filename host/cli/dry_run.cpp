// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/dry_run.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "corridor/corridor.hpp"
#include "host/cli/notes.hpp"
#include "host/cli/progress.hpp"
#include "host/cli/signals.hpp"
#include "host/cli/terminal.hpp"

namespace corridor::cli {
namespace {

constexpr double trial_s = 3;

// Enough years for a steady rate, few enough to be done soon even in one huge group.
std::uint32_t trial_years(const RunOptions& options, const Plan& plan) {
  constexpr double member_years = 2e8;
  const double members = static_cast<double>(plan.member_years) / options.years;
  const double years = std::max(1000.0, member_years / std::max(1.0, members));
  return static_cast<std::uint32_t>(std::min<double>(options.years, years));
}

// Most memory this process has held.
double peak_memory_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return 1024 * static_cast<double>(usage.ru_maxrss);
}

// What a run will need, seen from a short one on the same book and device.
struct Estimate {
  std::optional<double> member_years_per_s;
  double memory_bytes = 0;
};

Estimate estimated(const PriceRequest& request, const Plan& plan) {
  Progress last;
  RunOptions options = request.options;
  options.years = trial_years(options, plan);
  options.target_se = 0;
  options.control_variates = false;
  options.on_progress = [&](const Progress& progress) { last = progress; };
  options.should_stop = [&] { return stop_signal() != 0 || last.elapsed_s > trial_s; };
  const double planned_bytes = peak_memory_bytes();
  try {
    price_book(request.book, options, request.basis);
  } catch (const Error& error) {
    if (stop_signal() != 0 || error.kind() != ErrorKind::incomplete) throw;
  }
  // What the trial added is the years of the groups in flight.
  const double scale = static_cast<double>(request.options.years) / options.years;
  Estimate estimate;
  estimate.memory_bytes = planned_bytes + (peak_memory_bytes() - planned_bytes) * scale;
  if (last.done > 0 && last.elapsed_s > 0) {
    estimate.member_years_per_s = static_cast<double>(last.done) / last.elapsed_s;
  }
  return estimate;
}

nlohmann::json facts(const PriceRequest& request, const Plan& plan, const Estimate& estimate) {
  const std::optional<double>& rate = estimate.member_years_per_s;
  const auto or_null = [](const std::string& text) {
    return text.empty() ? nlohmann::json() : nlohmann::json(text);
  };
  const double member_years = static_cast<double>(plan.member_years);
  return {{"book", request.book},
          {"groups", plan.exact.ground_up_usd.size()},
          {"rows", plan.quotes.size()},
          {"years", request.options.years},
          {"member_years", plan.member_years},
          {"memory_bytes", std::round(estimate.memory_bytes)},
          {"member_years_per_s", rate ? nlohmann::json(*rate) : nlohmann::json()},
          {"simulate_s", rate ? nlohmann::json(member_years / *rate) : nlohmann::json()},
          {"output", or_null(request.output_path)},
          {"csv", or_null(request.csv_path)}};
}

std::string memory_text(double bytes) {
  return bytes < 1e9 ? fmt::format("{:.0f} MB", bytes / 1e6)
                     : fmt::format("{:.1f} GB", bytes / 1e9);
}

std::string time_text(const nlohmann::json& facts) {
  if (facts["simulate_s"].is_null()) return "too short to time";
  return fmt::format("about {} ({:.3g} member-years/s in a short trial here)",
                     duration_text(facts["simulate_s"].get<double>()),
                     facts["member_years_per_s"].get<double>());
}

std::string as_text(const nlohmann::json& facts) {
  std::string text = fmt::format(
      "{}: {} groups, {} rows of results, {} years, {:.3g} member-years\n"
      "memory      about {}\n"
      "simulation  {}\n",
      facts["book"].get<std::string>(), facts["groups"].get<std::size_t>(),
      facts["rows"].get<std::size_t>(), facts["years"].get<std::uint32_t>(),
      facts["member_years"].get<double>(), memory_text(facts["memory_bytes"].get<double>()),
      time_text(facts));
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
  const nlohmann::json result = facts(request, plan, estimated(request, plan));
  print(request.json ? result.dump(2) + "\n" : as_text(result));
  return 0;
}

}  // namespace corridor::cli
