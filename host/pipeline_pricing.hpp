// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "corridor/losses.hpp"
#include "corridor/plan.hpp"
#include "corridor/pricing.hpp"
#include "corridor/quotes.hpp"
#include "host/exact/exact_losses.hpp"
#include "host/options/controlled.hpp"
#include "host/price/experience.hpp"
#include "host/price/price.hpp"
#include "host/select_groups.hpp"
#include "host/watch/run_account.hpp"
#include "kernels/book.hpp"

namespace corridor {

/// All that pricing needs to know of some groups' laws and years.
struct GroupResults {
  GroupRange groups;
  std::vector<JobLosses> jobs;        ///< of the groups' jobs, in the plan's order
  std::vector<QuoteColumn> studies;   ///< options and control variates, a value a quote of theirs
  std::uint64_t member_years = 0;     ///< drawn for `jobs`
};

/// A pricing of a book in steps, of which the results of groups may be computed anywhere and in any
/// order: everything that groups share (tables, closed forms, the stores of laws) is made of
/// the whole book wherever a part of it is computed, so the parts have the bits of the whole.
class PricingRun {
 public:
  /// Loads and plans the book.
  PricingRun(const std::string& path, const RunOptions& options, PricingBasis basis);
  PricingRun(const PricingRun&) = delete;  // reports of progress hold its address
  PricingRun& operator=(const PricingRun&) = delete;

  std::size_t group_count() const { return portfolio_.group_count(); }
  const Portfolio& portfolio() const { return portfolio_; }
  const Plan& plan() const { return plan_; }

  /// The back end of the options, opened when it is first asked for.
  Backend& backend();

  /// Exact laws, simulation and studies of some groups.
  GroupResults results_of(GroupRange groups, Backend& backend);

  static constexpr std::size_t quotes_a_part = 8192;
  /// Cuts the book into parts of about so many quotes, so that their losses are never in memory all
  /// at once.
  std::vector<GroupRange> parts() const;

  /// Names the part under way in reports of progress: "part 2 of 5, ".
  void name_part(std::string label) { label_ = std::move(label); }

  /// Prices the next groups: parts come in the book's order and are the whole book together.
  void take(GroupResults part);

  /// The quotes of all groups; what spans groups (the gate, warnings, the report of a target) is
  /// judged here.
  ///
  /// `device`   where they were computed, for provenance
  Quotes finish(const std::string& device);

 private:
  const ExperienceMeans& experience();
  std::vector<std::vector<NeighbourMeans>> means_of_neighbours(
      const std::vector<std::size_t>& jobs);
  ExactLaws& laws();
  RunOptions labelled(RunOptions options) const;
  Plan plan_of(GroupRange groups) const;
  std::vector<std::size_t> jobs_of(GroupRange groups) const;
  Losses losses_of(const Plan& part, const std::vector<std::size_t>& jobs, Backend& backend,
                   std::uint64_t& drawn);
  bool has_studies() const;
  std::vector<QuoteColumn> studies_of(const Plan& part, const std::vector<std::size_t>& jobs,
                                      const Losses& losses, Backend& backend);

  RunAccount account_;
  std::string label_;
  PricingBasis basis_;
  Portfolio portfolio_;
  Plan plan_;
  std::optional<ExperienceMeans> experience_;
  std::unique_ptr<Backend> backend_;
  std::unique_ptr<ExactLaws> laws_;
  std::unique_ptr<Plan> near_;  ///< every row's neighbour, for control variates
  std::unique_ptr<ExactLaws> near_laws_;
  std::unique_ptr<BookPricer> pricer_;
  std::uint64_t drawn_ = 0;
};

}  // namespace corridor
