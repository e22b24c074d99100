// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>

#include "corridor/corridor.hpp"
#include "host/cli/command.hpp"
#include "host/cli/dry_run.hpp"
#include "host/cli/from_results.hpp"
#include "host/cli/price_output.hpp"
#include "host/cli/price_request.hpp"
#include "host/cli/run_watch.hpp"

namespace corridor::cli {
namespace {

Quotes priced(const PriceRequest& request) {
  RunWatch watch(request.quiet);
  Quotes quotes = price_book(request.book, watch.watched(request.options), request.basis);
  RunWatch::require_unstopped();
  return quotes;
}

int price(const PriceRequest& request, const std::vector<std::string>& arguments,
          const std::string& command_line) {
  if (request.dry_run) return dry_run(request);
  Quotes quotes = priced(request);
  quotes.run.arguments = arguments;
  return delivered(request, quotes, command_line);
}

int price_again(const PriceFlags& typed, const std::string& command_line) {
  const Provenance from = provenance_of(*typed.from, "corridor.quotes");
  PriceFlags flags = again("price", typed, from);
  flags.csv_bom = typed.csv_bom;
  const PriceRequest request = checked(flags);
  require_same_book(request.book, from);
  return price(request, from.arguments, command_line);
}

}  // namespace

Action declare_price(CLI::App& app) {
  const auto flags = std::make_shared<PriceFlags>();
  declare_flags(app, *flags);
  return [flags, &app](const std::string& command_line) {
    if (!flags->from) return price(checked(*flags), recorded_arguments(app), command_line);
    require_nothing_else(app);
    return price_again(*flags, command_line);
  };
}

}  // namespace corridor::cli
