// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "corridor/pricing.hpp"
#include "corridor/quotes.hpp"
#include "corridor/run_options.hpp"
#include "corridor/tail.hpp"

namespace corridor {

/// A file beside the book that a run depends on.
struct RunInput {
  std::string flag;    ///< "--rules"
  std::string path;    ///< absolute
  std::string digest;  ///< SHA-256 of its bytes, hex
};

/// What a run that is cut into units is: everything that its workers must agree on. Stands in the
/// run's folder as manifest.json (data/shards.md).
struct RunManifest {
  std::string command;                 ///< "price" or "tail"
  std::vector<std::string> arguments;  ///< of that command, without its outputs
  std::string book_path;               ///< absolute
  std::string book_given;              ///< as it was given
  std::string book_digest;             ///< of its content
  std::vector<RunInput> inputs;
  std::uint64_t seed = 0;
  std::uint32_t years = 0;
  std::string version, git_revision;
  std::string table_digest;     ///< of the claim tables' bits
  std::vector<std::string> figures_digests;  ///< of the bits of closed forms, by units' groups
  std::vector<std::uint32_t> group_bounds;  ///< units' groups: [0, a), [a, b), ... of the book
  std::vector<std::uint32_t> year_bounds;   ///< units' years, the same way

  std::uint32_t units() const;
  /// Of all above, hex.
  std::string digest() const;
};

/// throws  Error{missing_input} where the folder holds no run, Error{bad_data} for a manifest that
///         is damaged or of another format
RunManifest read_run(const std::string& folder);

/// How to cut a run.
struct CutOptions {
  std::uint32_t units = 0;  ///< 0: so that a unit takes some minutes of one core
  bool restart = false;     ///< what another run left in the folder is thrown away
  std::vector<std::string> arguments;
  std::vector<RunInput> inputs;  ///< their digests are taken here
};

/// How far a run is.
struct RunState {
  std::uint32_t units = 0, done = 0;
  std::uint64_t bad = 0;  ///< results put aside because a bit was not as written
};

/// Cuts a pricing of a book into units and writes the manifest; nothing is simulated. The same run
/// once more changes nothing.
///
/// throws  Error{cannot_create} where the folder holds another run, Error{usage} for a target of
///         standard errors without a memory limit, which decides its years; what price_book throws
RunState plan_price(const std::string& folder, const std::string& book, const RunOptions& options,
                    const PricingBasis& basis, const CutOptions& cut);

/// How one worker goes about a run.
struct WorkOptions {
  std::uint32_t worker = 0, workers = 1;
  double self_check = 0;  ///< share of the units to compute twice
  std::string book;       ///< where the book is on this machine; empty: where the manifest says
  std::function<bool()> should_leave;  ///< asked between units
};

struct WorkReport {
  RunState state;               ///< when the worker left
  std::uint32_t computed = 0;
  std::uint32_t self_checked = 0;
  bool finished = false;  ///< every unit is done; false where should_leave said so before
};

/// Computes what is left of a run: any number of workers at a time, on any machines that share the
/// folder. Losing one loses its unit under way.
///
/// `options`  as planned; device, threads and instruction set may be others
/// throws     Error{bad_data} where book, inputs, program or closed forms are not those planned,
///            Error{internal} where a unit computed twice gives two results
WorkReport work_on_price(const std::string& folder, const RunOptions& options,
                         const PricingBasis& basis, const WorkOptions& work);

/// Puts the units' results together: outside RunFacts, to the last bit what price_book gives.
///
/// throws  Error{incomplete} naming units that are missing or damaged; as work_on_price
Quotes merge_price(const std::string& folder, const RunOptions& options,
                   const PricingBasis& basis, const std::string& book = {});

/// The same of a study of the whole book, in units of groups and years.
RunState plan_tail(const std::string& folder, const std::string& book, const TailOptions& options,
                   const CutOptions& cut);
WorkReport work_on_tail(const std::string& folder, const TailOptions& options,
                        const WorkOptions& work);
/// What the tail's years are drawn again for is drawn here.
ResultFile merge_tail(const std::string& folder, const TailOptions& options,
                      const std::string& book = {});

}  // namespace corridor
