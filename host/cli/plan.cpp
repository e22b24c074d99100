// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>

#include "corridor/error.hpp"
#include "corridor/shards.hpp"
#include "host/cli/command.hpp"
#include "host/cli/price_request.hpp"
#include "host/cli/recorded.hpp"
#include "host/cli/run_watch.hpp"
#include "host/cli/tail_request.hpp"
#include "host/cli/terminal.hpp"
#include "host/cli/values.hpp"

namespace corridor::cli {
namespace {

/// Flags of `plan` itself, behind the name of the command that is cut.
struct CutFlags {
  std::string folder;
  FlagText units;
  bool restart = false, json = false, quiet = false;
};

void declare_cut(CLI::App& app, CutFlags& flags) {
  app.add_option("-o,--output", flags.folder, "Folder of the run; made if need be")
      ->required()
      ->type_name("FOLDER")
      ->group("Output");
  add_value(app, "--units", flags.units, "N",
            "Units to cut the run into (default: each some five minutes of one core)")
      ->group("Output");
  app.add_flag("--restart", flags.restart, "Throw away what the folder holds of another run")
      ->group("Output");
  app.add_flag("--json", flags.json, "Say what there is to do as JSON")->group("Output");
  app.add_flag("-q,--quiet", flags.quiet, "Say nothing; errors still appear")->group("Output");
}

void add_input(const char* flag, const FlagText& path, std::vector<RunInput>& inputs) {
  if (!path) return;
  inputs.push_back({flag, std::filesystem::absolute(*path).lexically_normal().string(), {}});
}

CutOptions cut_options(const CutFlags& flags, const CLI::App& app, const FlagText& rules,
                       const FlagText& pricing) {
  CutOptions cut;
  if (flags.units) {
    cut.units = static_cast<std::uint32_t>(whole_number("--units", *flags.units, 1, 1'000'000));
  }
  cut.restart = flags.restart;
  cut.arguments = recorded_arguments(app);
  add_input("--rules", rules, cut.inputs);
  add_input("--pricing", pricing, cut.inputs);
  return cut;
}

int said(const CutFlags& flags, const RunState& state) {
  if (flags.json) {
    print(nlohmann::json{{"folder", flags.folder},
                         {"units", state.units},
                         {"done", state.done},
                         {"bad", state.bad}}
              .dump(2) +
          "\n");
  } else if (!flags.quiet) {
    print(fmt::format("{}: {} units, {} done\n", flags.folder, state.units, state.done));
    if (state.done < state.units) {
      print(fmt::format("Next: corridor work {0}, as often and on as many machines as you like; "
                        "then corridor merge {0} -o results.h5\n",
                        flags.folder));
    }
  }
  return 0;
}

int plan(const CutFlags& cut, const PriceFlags& flags, const CLI::App& app) {
  const PriceRequest request = checked(flags);
  RunWatch watch(cut.quiet);
  const RunState state =
      plan_price(cut.folder, request.book, watch.watched(request.options), request.basis,
                 cut_options(cut, app, flags.rules, flags.pricing));
  return said(cut, state);
}

int plan(const CutFlags& cut, const TailFlags& flags, const CLI::App& app) {
  const TailRequest request = checked(flags);
  RunWatch watch(cut.quiet);
  TailOptions options = request.options;
  options.run = watch.watched(options.run);
  return said(cut, plan_tail(cut.folder, request.book, options,
                             cut_options(cut, app, {}, flags.pricing)));
}

struct PlanFlags {
  CutFlags price_cut, tail_cut;
  PriceFlags price;
  TailFlags tail;
};

}  // namespace

Action declare_plan(CLI::App& app) {
  const auto flags = std::make_shared<PlanFlags>();
  CLI::App* price = app.add_subcommand("price", "A pricing, cut by groups");
  declare_cut(*price, flags->price_cut);
  declare_study_flags(*price, flags->price);
  CLI::App* tail = app.add_subcommand("tail", "A study of the whole book, cut by years and groups");
  declare_cut(*tail, flags->tail_cut);
  declare_study_flags(*tail, flags->tail);
  app.require_subcommand(1);
  return [flags, price, tail](const std::string&) {
    return price->parsed() ? plan(flags->price_cut, flags->price, *price)
                           : plan(flags->tail_cut, flags->tail, *tail);
  };
}

}  // namespace corridor::cli
