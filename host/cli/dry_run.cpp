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
std::uint32_t trial_years(std::uint32_t years, double members) {
  constexpr double member_years = 2e8;
  const double enough = std::max(1000.0, member_years / std::max(1.0, members));
  return static_cast<std::uint32_t>(std::min<double>(years, enough));
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

// Calls run(options) for some seconds and says how fast it was.
template <class Run>
std::optional<double> member_years_per_s(RunOptions options, const Run& run) {
  Progress last;
  options.on_progress = [&](const Progress& progress) { last = progress; };
  options.should_stop = [&] { return stop_signal() != 0 || last.elapsed_s > trial_s; };
  try {
    run(options);
  } catch (const Error& error) {
    if (stop_signal() != 0 || error.kind() != ErrorKind::incomplete) throw;
  }
  if (last.done == 0 || !(last.elapsed_s > 0)) return std::nullopt;
  return static_cast<double>(last.done) / last.elapsed_s;
}

Estimate estimated(const PriceRequest& request, const PricingSize& pricing) {
  RunOptions options = request.options;
  options.years =
      trial_years(options.years, static_cast<double>(pricing.member_years) / options.years);
  options.target_se = 0;
  options.control_variates = false;
  const double planned_bytes = peak_memory_bytes();
  Estimate estimate;
  estimate.member_years_per_s = member_years_per_s(options, [&](const RunOptions& trial) {
    price_book(request.book, trial, request.basis);
  });
  // What the trial added is the years of the groups in flight.
  const double scale = static_cast<double>(request.options.years) / options.years;
  estimate.memory_bytes = planned_bytes + (peak_memory_bytes() - planned_bytes) * scale;
  return estimate;
}

Estimate estimated(const TailRequest& request, std::size_t members) {
  TailOptions options = request.options;
  const double years = options.run.years;
  options.run.years = trial_years(options.run.years, static_cast<double>(members));
  options.return_periods_years.clear();  // they may be longer than the trial
  const double loaded_bytes = peak_memory_bytes();
  Estimate estimate;
  estimate.member_years_per_s = member_years_per_s(options.run, [&](const RunOptions& trial) {
    options.run = trial;
    tail_book(request.book, options);
  });
  estimate.memory_bytes = std::max(peak_memory_bytes(), loaded_bytes + years * tail_bytes_a_year);
  return estimate;
}

Estimate estimated(const LayersRequest& request) {
  LayersOptions options = request.options;
  options.run.years = std::min<std::uint32_t>(options.run.years, 2000);
  Estimate estimate;
  estimate.member_years_per_s = member_years_per_s(options.run, [&](const RunOptions& trial) {
    options.run = trial;
    rare_layers(request.book, options);
  });
  estimate.memory_bytes =
      peak_memory_bytes() + request.options.run.years * layers_bytes_a_year(options.layers.size());
  return estimate;
}

// How large a run is, in what price and tail both have.
struct Size {
  std::string book;
  std::size_t groups = 0;
  std::uint32_t years = 0;
  std::uint64_t member_years = 0;
};

nlohmann::json facts(const Size& size, const Outputs& outputs, const Estimate& estimate) {
  const std::optional<double>& rate = estimate.member_years_per_s;
  const auto or_null = [](const std::string& text) {
    return text.empty() ? nlohmann::json() : nlohmann::json(text);
  };
  const double member_years = static_cast<double>(size.member_years);
  return {{"book", size.book},
          {"groups", size.groups},
          {"years", size.years},
          {"member_years", size.member_years},
          {"memory_bytes", std::round(estimate.memory_bytes)},
          {"member_years_per_s", rate ? nlohmann::json(*rate) : nlohmann::json()},
          {"simulate_s", rate ? nlohmann::json(member_years / *rate) : nlohmann::json()},
          {"output", or_null(outputs.output_path)},
          {"csv", or_null(outputs.csv_path)}};
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
  const std::string rows =
      facts.contains("rows") ? fmt::format(", {} rows of results", facts["rows"].get<std::size_t>())
                             : "";
  std::string text = fmt::format(
      "{}: {} groups{}, {} years, {:.3g} member-years\n"
      "memory      about {}\n"
      "simulation  {}\n",
      facts["book"].get<std::string>(), facts["groups"].get<std::size_t>(), rows,
      facts["years"].get<std::uint32_t>(), facts["member_years"].get<double>(),
      memory_text(facts["memory_bytes"].get<double>()), time_text(facts));
  for (const char* output : {"output", "csv"}) {
    if (!facts[output].is_null()) {
      text += fmt::format("would write {}\n", facts[output].get<std::string>());
    }
  }
  return text + "dry run: nothing was written\n";
}

void print_facts(const nlohmann::json& facts, bool json) {
  print(json ? facts.dump(2) + "\n" : as_text(facts));
}

}  // namespace

int dry_run(const PriceRequest& request) {
  RunOptions options = request.options;
  options.on_message = [](const std::string& line) { say(line); };
  options.should_stop = [] { return stop_signal() != 0; };
  const PricingSize pricing = size_pricing(request.book, options, request.basis);
  say_warnings(pricing.warnings, request.book);
  const Size size{request.book, pricing.groups, options.years, pricing.member_years};
  nlohmann::json result = facts(size, request, estimated(request, pricing));
  result["rows"] = pricing.quotes;
  print_facts(result, request.json);
  return 0;
}

int dry_run(const TailRequest& request) {
  const RunOptions& run = request.options.run;
  const TailSize study = size_tail(request.book, request.options);
  say_warnings(study.warnings, request.book);
  const Size size{request.book, study.groups, run.years, std::uint64_t{study.members} * run.years};
  print_facts(facts(size, request, estimated(request, study.members)), request.json);
  return 0;
}

int dry_run(const LayersRequest& request) {
  const RunOptions& run = request.options.run;
  const LayersSize study = size_layers(request.book, request.options);
  say_warnings(study.warnings, request.book);
  const Size size{request.book, study.groups, run.years, study.members * run.years};
  print_facts(facts(size, request, estimated(request)), request.json);
  return 0;
}

}  // namespace corridor::cli
