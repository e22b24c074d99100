// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
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
#include "host/pipeline_slices.hpp"
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
/// order: a group has the same bits in any company.
class PricingRun {
 public:
  /// Loads the book, and plans it where memory holds it as a whole.
  PricingRun(const std::string& path, const RunOptions& options, PricingBasis basis);
  PricingRun(const PricingRun&) = delete;  // reports of progress hold its address
  PricingRun& operator=(const PricingRun&) = delete;

  const PlannedBook& book() const { return *book_; }

  /// Plans every group once where a slice at a time is in memory, so that every error is said before
  /// the first year, and refuses a memory limit that a slice exceeds.
  ///
  /// `look`   called of each slice
  /// throws   Error{bad_data} with all that is wrong, Error{usage} naming the limit that would do
  void check_all(const std::function<void(const BookSlice&)>& look = {});

  /// Refuses a memory limit that the first slice exceeds; check_all does it of every slice.
  void require_room();

  /// The slice that holds these groups: as PlannedBook::slice.
  const BookSlice& slice_of(GroupRange groups);

  /// The back end of the options, opened when it is first asked for.
  Backend& backend();

  /// Exact laws, simulation and studies of some groups.
  GroupResults results_of(GroupRange groups, Backend& backend);

  /// Cuts the book into parts of about quotes_a_part quotes.
  std::vector<GroupRange> parts();

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
  /// What the slice in memory has been asked for so far.
  struct OfSlice {
    const BookSlice* slice = nullptr;
    std::optional<ExperienceMeans> experience;
    std::unique_ptr<ExactLaws> laws;
    std::unique_ptr<Plan> near;  ///< every row's neighbour, for control variates
    std::unique_ptr<ExactLaws> near_laws;
    bool is_priced = false;  ///< the pricer has begun with it
  };

  OfSlice& holding(GroupRange groups);
  const ExperienceMeans& experience(OfSlice& of);
  std::vector<std::vector<NeighbourMeans>> means_of_neighbours(
      OfSlice& of, const std::vector<std::size_t>& jobs);
  ExactLaws& laws(OfSlice& of);
  RunOptions labelled(RunOptions options) const;
  void complete(BookSlice& slice);
  void require_room_of(const BookSlice& slice) const;
  Losses losses_of(OfSlice& of, const Plan& part, const std::vector<std::size_t>& jobs,
                   Backend& backend, std::uint64_t& drawn);
  bool has_studies() const;
  std::vector<QuoteColumn> studies_of(OfSlice& of, const Plan& part,
                                      const std::vector<std::size_t>& jobs, const Losses& losses,
                                      Backend& backend);
  void add_results(GroupRange groups, Backend& backend, GroupResults& results);

  RunAccount account_;
  std::string label_;
  PricingBasis basis_;
  std::unique_ptr<BookPricer> pricer_;
  std::unique_ptr<PlannedBook> book_;
  std::unique_ptr<Backend> backend_;
  OfSlice of_slice_;
  std::uint64_t drawn_ = 0;
};

}  // namespace corridor
