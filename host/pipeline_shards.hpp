// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "corridor/plan.hpp"
#include "corridor/portfolio.hpp"
#include "corridor/shards.hpp"
#include "host/plan/book_tables.hpp"
#include "host/select_groups.hpp"
#include "host/shards/folder_store.hpp"
#include "host/shards/manifest.hpp"
#include "kernels/book.hpp"

namespace corridor {

/// A study of a book whose units can be computed apart.
class UnitStudy {
 public:
  virtual ~UnitStudy() = default;

  /// Perhaps without members' columns.
  virtual const Portfolio& book() const = 0;
  virtual const RunOptions& options() const = 0;
  virtual const BookTables& tables() const = 0;
  /// Of the bits of the groups' closed forms and attachments.
  virtual std::string figures_digest(GroupRange groups) = 0;
  /// The back end of the options, opened when it is first asked for.
  virtual Backend& backend() = 0;
  /// A unit's result: a function of book, options and range alone, to the last bit.
  virtual shards::Bytes unit(const shards::UnitRange& range, Backend& backend) = 0;

  /// Whether figures_digest of these groups was found to be the planned one: units of other years
  /// need not plan them again.
  bool has_checked(GroupRange groups) const { return checked_.contains(groups.first); }
  void set_checked(GroupRange groups) { checked_.insert(groups.first); }

 private:
  std::set<std::size_t> checked_;  ///< first groups of units
};

/// Lets a worker end a unit that another one has published meanwhile: asked often, looks seldom.
class IdleWatch {
 public:
  /// `label`  of the unit in progress reports: "unit 3 of 12"
  void begin(std::string label, std::function<bool()> is_idle);
  void end() { is_idle_ = {}; }
  bool asked();
  const std::string& label() const { return label_; }

 private:
  std::string label_;
  std::function<bool()> is_idle_;
  double looked_at_s_ = 0;
  bool idle_ = false;
};

/// Options of a study whose units a worker computes: a unit ends early through `idle` alone.
RunOptions unit_options(RunOptions options, IdleWatch& idle);

/// Seconds of one core that each group may take, roughly: what units are cut by. [group]
std::vector<double> group_costs_s(const Plan& plan, std::size_t groups);

/// Cuts costs into `parts` runs of about equal cost, none empty. Returns parts + 1 ascending
/// bounds, fewer where there are fewer costs than parts.
std::vector<std::uint32_t> even_bounds(const std::vector<double>& costs, std::uint32_t parts);

/// Units of a run of so much cost where none are asked for.
std::uint32_t usual_units(double cost_s);

/// A digest a unit's groups, of the digests of all groups.
std::vector<std::string> digests_of_units(const std::vector<std::uint32_t>& group_bounds,
                                          const std::vector<std::string>& groups);

/// Names what a manifest says of a study, its units aside.
RunManifest manifest_of(const std::string& command, const UnitStudy& study,
                        const std::string& book, const CutOptions& cut);

/// Places the manifest and says how far the run is.
RunState placed(const std::string& folder, const RunManifest& manifest, bool restart);

/// How far a run is, results taken by name.
RunState state_of(shards::FolderStore& store, const RunManifest& manifest);

/// throws  Error{bad_data} where the study is not the one that was planned: book, inputs, program,
///         tables to the last bit
void require_planned(const std::string& folder, const RunManifest& manifest,
                     const UnitStudy& study);
/// throws  the same where the closed forms of a unit's groups have other bits
void require_figures(const std::string& folder, const RunManifest& manifest, std::uint32_t unit,
                     UnitStudy& study);

/// Computes what is left of a run.
WorkReport worked(const std::string& folder, const RunManifest& manifest, UnitStudy& study,
                  IdleWatch& idle, const WorkOptions& work);

/// Units and their payloads go to `take` in order.
///
/// throws  Error{incomplete} naming units that are missing or damaged, before the first is taken
/// returns the facts that results keep of them; `device` names every worker's
RunFacts merged(const std::string& folder, const RunManifest& manifest,
                const std::function<void(std::uint32_t, std::span<const std::byte>)>& take);

/// Where a run's book is on this machine.
std::string book_of(const RunManifest& manifest, const std::string& given);

}  // namespace corridor
