// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdlib>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>

#include "corridor/error.hpp"
#include "corridor/shards.hpp"
#include "host/cli/command.hpp"
#include "host/cli/planned_run.hpp"
#include "host/cli/recorded.hpp"
#include "host/cli/run_watch.hpp"
#include "host/cli/signals.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/values.hpp"
#include "host/cli/worker.hpp"

namespace corridor::cli {
namespace {

struct WorkFlags : RunFlags {
  std::string folder, book;
  FlagText worker, max_hours, self_check;
  bool json = false, quiet = false;
};

/// Ends a worker between two units: at a signal, or when its time is up.
std::function<bool()> should_leave(double max_hours) {
  const auto start = std::chrono::steady_clock::now();
  return [start, max_hours] {
    const std::chrono::duration<double, std::ratio<3600>> hours =
        std::chrono::steady_clock::now() - start;
    return stop_signal() != 0 || hours.count() >= max_hours;
  };
}

WorkOptions work_options(const WorkFlags& flags) {
  WorkOptions work;
  const WorkerOf worker =
      worker_of(flags.worker, [](const char* name) { return std::getenv(name); });
  work.worker = worker.index;
  work.workers = worker.count;
  work.book = flags.book;
  double hours = std::numeric_limits<double>::infinity();
  if (flags.max_hours) hours = hours_of("--max-hours", *flags.max_hours);
  if (flags.self_check) work.self_check = share_of_units("--self-check", *flags.self_check);
  work.should_leave = should_leave(hours);
  return work;
}

WorkReport worked(const WorkFlags& flags) {
  const RunManifest run = read_run(flags.folder);
  RunWatch watch(flags.quiet);
  if (run.command == "price") {
    PriceFlags price = price_flags(run);
    take_machine(flags, price);
    const PriceRequest request = checked(price);
    return work_on_price(flags.folder, watch.watched(request.options), request.basis,
                         work_options(flags));
  }
  if (run.command == "tail") {
    TailFlags tail = tail_flags(run);
    take_machine(flags, tail);
    TailOptions options = checked(tail).options;
    options.run = watch.watched(options.run);
    return work_on_tail(flags.folder, options, work_options(flags));
  }
  refuse_command(flags.folder, run);
}

std::string as_text(const WorkFlags& flags, const WorkReport& report) {
  std::string text =
      report.finished && report.computed == 0
          ? fmt::format("{}: all {} units were done already\n", flags.folder, report.state.units)
          : fmt::format("{}: {} units computed here, {} of {} done\n", flags.folder,
                        report.computed, report.state.done, report.state.units);
  if (report.self_checked > 0) {
    text += fmt::format("{} of them computed twice, with equal bits\n", report.self_checked);
  }
  if (report.state.bad > 0) {
    text += fmt::format("{} damaged results were put aside (units/*.bad)\n", report.state.bad);
  }
  return text;
}

std::string as_json(const WorkFlags& flags, const WorkReport& report) {
  return nlohmann::json{{"folder", flags.folder},
                        {"units", report.state.units},
                        {"done", report.state.done},
                        {"bad", report.state.bad},
                        {"computed", report.computed},
                        {"self_checked", report.self_checked},
                        {"finished", report.finished}}
             .dump(2) +
         "\n";
}

int work(const WorkFlags& flags) {
  const WorkReport report = worked(flags);
  if (flags.json) {
    print(as_json(flags, report));
  } else if (!flags.quiet) {
    print(as_text(flags, report));
  }
  if (report.finished) return 0;
  say_error(fmt::format("stopped with {} of {} units done. Run corridor work {} again",
                        report.state.done, report.state.units, flags.folder));
  return static_cast<int>(ErrorKind::incomplete);
}

}  // namespace

Action declare_work(CLI::App& app) {
  const auto flags = std::make_shared<WorkFlags>();
  app.add_option("RUN", flags->folder, "Folder that corridor plan wrote")
      ->required()
      ->type_name("FOLDER");
  add_value(app, "--worker", flags->worker, "I/N",
            "This is worker I of N, from 0 (default: as Slurm, MPI or Kubernetes say, else 0/1)");
  add_value(app, "--max-hours", flags->max_hours, "H",
            "Begin no unit after so many hours; exit 75 where some are left");
  add_value(app, "--self-check", flags->self_check, "SHARE",
            "Compute this share of the units twice, differently where there are two ways, and "
            "compare every bit, as 1%");
  app.add_option("--book", flags->book, "Where the book is on this machine")->type_name("FILE");
  app.add_flag("--json", flags->json, "Say what was done as JSON");
  app.add_flag("-q,--quiet", flags->quiet, "No progress or notes; errors still appear");
  declare_processor(app, *flags);
  return [flags](const std::string&) { return work(*flags); };
}

}  // namespace corridor::cli
