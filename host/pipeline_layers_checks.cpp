// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/pipeline_layers_checks.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "host/pipeline_layers_table.hpp"
#include "host/select_groups.hpp"

namespace corridor {
namespace {

constexpr std::size_t persons_most = std::size_t{1} << 24;  // calls of a year's draws

bool whole_cents(double usd) {
  return std::abs(usd * 100 - std::round(usd * 100)) <= 1e-6 * std::max(1.0, usd * 1e-6);
}

void check_layers(const std::vector<ClaimLayer>& layers) {
  if (layers.empty() || layers.size() > layers_most) {
    throw Error(ErrorKind::usage, "a study is of 1 to " + std::to_string(layers_most) +
                                      " layers, not of " + std::to_string(layers.size()));
  }
  for (const ClaimLayer& layer : layers) {
    const bool attaches = layer.attachment_usd > 0 && std::isfinite(layer.attachment_usd) &&
                          whole_cents(layer.attachment_usd);
    const bool limits = layer.limit_usd > 0 &&
                        (std::isinf(layer.limit_usd) || whole_cents(layer.limit_usd));
    if (attaches && limits) continue;
    throw Error(ErrorKind::usage,
                "a layer of " + std::to_string(layer.limit_usd) + " above " +
                    std::to_string(layer.attachment_usd) +
                    ": give an attachment and a limit above 0 in whole cents, the limit may be "
                    "infinite");
  }
}

}  // namespace

void check_options(const LayersOptions& options) {
  check_layers(options.layers);
  check_layer_principles(options.run.principles);
  if (options.run.years >= 2) return;
  throw Error(ErrorKind::usage, "one year has no standard error. Give 2 years or more");
}

std::vector<std::size_t> chosen_groups(const Portfolio& portfolio,
                                       const std::vector<std::string>& ids) {
  std::vector<std::size_t> groups;
  for (const std::string& id : ids) groups.push_back(group_number(portfolio, id));
  for (std::size_t g = 0; ids.empty() && g < portfolio.group_count(); ++g) groups.push_back(g);
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  return groups;
}

void refuse_run_in(const Portfolio& head, std::span<const std::size_t> run_in,
                   std::size_t studied) {
  constexpr std::size_t named_most = 5;
  if (run_in.empty()) return;
  std::string names;
  for (std::size_t i = 0; i < std::min(run_in.size(), named_most); ++i) {
    names += (i == 0 ? "" : ", ") + head.groups.text("group_id", run_in[i]);
  }
  if (run_in.size() > named_most) {
    names += " and " + std::to_string(run_in.size() - named_most) + " more";
  }
  throw Error(ErrorKind::bad_data, head.path + ": the contracts of " +
                                       std::to_string(run_in.size()) + " of " +
                                       std::to_string(studied) + " groups (" + names +
                                       ") pay claims of years before the policy (run-in), whose "
                                       "layers are not sampled. Name the other groups in --groups");
}

void refuse_giants(const Portfolio& head, std::span<const std::size_t> groups) {
  for (const std::size_t g : groups) {
    if (head.member_offset[g + 1] - head.member_offset[g] <= persons_most) continue;
    throw Error(ErrorKind::bad_data, head.path + ": group " + head.groups.text("group_id", g) +
                                         " has more than " + std::to_string(persons_most) +
                                         " members. Split it, or leave it out by --groups");
  }
}

}  // namespace corridor
