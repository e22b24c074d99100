// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/layers_request.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>

#include "corridor/error.hpp"
#include "host/cli/values.hpp"

namespace corridor::cli {
namespace {

// A billion dollars: far above any claim, and far below where int64 cents end.
constexpr double largest_usd = 1e9;

[[noreturn]] void refuse(const std::string& text, const std::string& why) {
  throw Error(ErrorKind::usage,
              fmt::format("--layer {}: {}. Write attachment:limit in dollars, as --layer "
                          "1000000:1000000,2000000:inf",
                          text.empty() ? "''" : text, why));
}

double amount(const std::string& text, const std::string& part, const char* what) {
  double usd = 0;
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), usd);
  if (error != std::errc{} || end != part.data() + part.size() || std::isnan(usd)) {
    refuse(text, fmt::format("'{}' is not {}", part, what));
  }
  if (!(usd > 0)) refuse(text, fmt::format("{} of {} is not above 0", what, part));
  if (std::isinf(usd)) return usd;
  if (usd > largest_usd) refuse(text, fmt::format("{} of {} is above 1000000000", what, part));
  if (std::abs(usd * 100 - std::round(usd * 100)) > 1e-6 * std::max(1.0, usd * 1e-6)) {
    refuse(text, fmt::format("{} of {} is not in whole cents", what, part));
  }
  return std::round(usd * 100) / 100;
}

ClaimLayer layer_of(const std::string& text, const std::string& entry) {
  const std::size_t colon = entry.find(':');
  if (colon == std::string::npos) {
    refuse(text, fmt::format("'{}' has no ':' between attachment and limit", entry));
  }
  const ClaimLayer layer{amount(text, entry.substr(0, colon), "an attachment"),
                         amount(text, entry.substr(colon + 1), "a limit")};
  if (std::isinf(layer.attachment_usd)) refuse(text, "no claim is above an infinite attachment");
  return layer;
}

LayersOptions layers_options(const LayersFlags& flags) {
  LayersOptions options;
  options.run = run_options(flags);
  options.layers = claim_layers(*flags.layers);
  if (options.run.years < 2) {
    throw Error(ErrorKind::usage, "--years 1: one year has no standard error. Give 2 or more");
  }
  if (flags.groups) options.groups = own_names("--groups", *flags.groups, "G000001,G000002");
  options.basis = pricing_basis(flags);
  return options;
}

}  // namespace

std::vector<ClaimLayer> claim_layers(const std::string& text) {
  std::vector<ClaimLayer> layers;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t comma = std::min(text.find(',', start), text.size());
    const ClaimLayer layer = layer_of(text, text.substr(start, comma - start));
    for (const ClaimLayer& other : layers) {
      if (other.attachment_usd == layer.attachment_usd && other.limit_usd == layer.limit_usd) {
        refuse(text, text.substr(start, comma - start) + " is there twice");
      }
    }
    layers.push_back(layer);
    start = comma + 1;
  }
  if (layers.size() > layers_most) {
    refuse(text, fmt::format("{} layers, and a study has room for {}", layers.size(), layers_most));
  }
  return layers;
}

void declare_flags(CLI::App& app, LayersFlags& flags) {
  app.add_option("BOOK", flags.book, "The book whose layers are priced, HDF5")
      ->required()
      ->type_name("FILE");
  declare_output_flags(app, flags,
                       "Where the results go, .h5 or .json. Without it they are only shown",
                       "The table of layers as CSV too; - for standard output");
  const auto study = [&](const std::string& name, FlagText& target, const std::string& type,
                         const std::string& help) {
    return add_value(app, name, target, type, help)->group("Study");
  };
  study("--layer", flags.layers, "A:L,...",
        "Attachment and limit of each layer, dollars of a person's eligible claims of a year; inf "
        "for no limit")
      ->required();
  study("--groups", flags.groups, "GROUP,...", "Study these groups alone");
  study("--levels", flags.levels, "P,...", "Levels of VaR and TVaR (default 0.99)");
  declare_premium_flags(app, flags,
                        "Risk-loaded costs to show, commas between; the first makes the rate on "
                        "line (default expected_value,standard_deviation):");
  const auto run = [&](const std::string& name, FlagText& target, const std::string& type,
                       const std::string& help) {
    add_value(app, name, target, type, help)->group("Run");
  };
  run("--years", flags.years, "N", "Policy years to draw of each layer (default 100000)");
  run("--seed", flags.seed, "S", "Key of the random numbers (default 1)");
  run("--threads", flags.threads, "N", "CPU threads (default: all); results do not depend on it");
  run("--memory-limit", flags.memory_limit, "SIZE", "Memory to stay within, as 8GB");
}

LayersRequest checked(const LayersFlags& flags) {
  LayersRequest request;
  request.book = flags.book;
  request.options = layers_options(flags);
  static_cast<Outputs&>(request) = checked_outputs(flags, {".h5", ".json"}, flags.book);
  return request;
}

}  // namespace corridor::cli
