// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "corridor/error.hpp"
#include "corridor/shards.hpp"
#include "host/cli/command.hpp"
#include "host/cli/planned_run.hpp"
#include "host/cli/price_output.hpp"
#include "host/cli/recorded.hpp"
#include "host/cli/run_watch.hpp"
#include "host/cli/tail_output.hpp"

namespace corridor::cli {
namespace {

/// Outputs of whichever command the run is of.
struct MergeFlags : PriceFlags {
  std::string folder;
  FlagText table;
};

int merge_of_price(const MergeFlags& flags, const RunManifest& run,
                   const std::string& command_line) {
  PriceFlags price = price_flags(run);
  static_cast<OutputFlags&>(price) = flags;
  price.csv_bom = flags.csv_bom;
  take_machine(flags, price);
  const PriceRequest request = checked(price);
  RunWatch watch(request.quiet);
  Quotes quotes =
      merge_price(flags.folder, watch.watched(request.options), request.basis, flags.book);
  RunWatch::require_unstopped();
  return delivered(request, quotes, command_line);
}

int merge_of_tail(const MergeFlags& flags, const RunManifest& run,
                  const std::string& command_line) {
  TailFlags tail = tail_flags(run);
  static_cast<OutputFlags&>(tail) = flags;
  tail.table = flags.table;
  take_machine(flags, tail);
  if (!flags.book.empty()) tail.book = flags.book;
  const TailRequest request = checked(tail);
  RunWatch watch(request.quiet);
  TailOptions options = request.options;
  options.run = watch.watched(options.run);
  ResultFile results = merge_tail(flags.folder, options, flags.book);
  RunWatch::require_unstopped();
  return delivered(request, results, command_line);
}

/// An output of the other command is a mistake, not to be passed over.
void require_fitting(const MergeFlags& flags, const RunManifest& run) {
  if (run.command == "price" && flags.table) {
    throw Error(ErrorKind::usage, "--table chooses among tables of a tail, and this run is of price");
  }
  if (run.command == "tail" && flags.csv_bom) {
    throw Error(ErrorKind::usage, "--csv-bom is of quotes, and this run is of tail");
  }
}

int merge(const MergeFlags& flags, const std::string& command_line) {
  const RunManifest run = read_run(flags.folder);
  require_fitting(flags, run);
  if (run.command == "tail") return merge_of_tail(flags, run, command_line);
  if (run.command == "price") return merge_of_price(flags, run, command_line);
  refuse_command(flags.folder, run);
}

}  // namespace

Action declare_merge(CLI::App& app) {
  const auto flags = std::make_shared<MergeFlags>();
  app.add_option("RUN", flags->folder, "Folder that corridor plan wrote")
      ->required()
      ->type_name("FOLDER");
  declare_result_flags(app, *flags,
                       "Where the results go; the ending names the format (.h5). Without it they "
                       "are only shown",
                       "Results as CSV too; - for standard output");
  declare_csv_bom(app, *flags);
  add_value(app, "--table", flags->table, "NAME", "Of a tail: the table of --csv (default risk)")
      ->group("Output");
  app.add_option("--book", flags->book, "Where the book is on this machine")->type_name("FILE");
  declare_processor(app, *flags);
  return [flags](const std::string& command_line) { return merge(*flags, command_line); };
}

}  // namespace corridor::cli
