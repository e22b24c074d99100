// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "corridor/plan.hpp"
#include "corridor/quotes.hpp"
#include "corridor/tail.hpp"
#include "corridor/treaties.hpp"
#include "host/pipeline_slices.hpp"
#include "host/price/price.hpp"
#include "host/tail/book_years.hpp"
#include "host/treaty/apply.hpp"
#include "host/watch/run_account.hpp"

namespace corridor {

/// Means of a book in closed form; NaN where a group's terms have none.
struct BookMeans {
  double ground_up_usd = 0, specific_usd = 0, aggregate_usd = 0;
  double largest_claim_usd = 0;  ///< that its laws know

  /// Adds the groups of a plan on bound terms.
  void add(const Plan& plan);
  double gross_usd() const { return specific_usd + aggregate_usd; }
};

/// A book on its bound terms, simulated year by year: what studies of the whole book stand on. Only
/// a slice of its groups need be planned at a time. Premiums of groups stand on closed-form means
/// where there are any and on the run's elsewhere.
class BookRun {
 public:
  /// Loads the book, and plans it where memory holds it as a whole. Borrows options and account.
  ///
  /// throws  Error{usage} where the premium's principle weighs a group's whole distribution,
  ///         Error{bad_data} for treaties that make no sense; as PlannedBook
  BookRun(const std::string& path, const TailOptions& options, RunAccount& account);
  /// Of a book that is loaded.
  BookRun(Portfolio portfolio, const TailOptions& options, RunAccount& account);

  const Portfolio& head() const { return book_.head(); }
  const RunOptions& options() const { return book_.options(); }
  const BookTables& tables() const { return book_.tables(); }
  const BookSlice& whole() const { return book_.whole(); }
  std::vector<GroupRange> cut() const { return book_.cut(); }
  std::vector<GroupRange> cut(GroupRange groups) const { return book_.cut(groups); }

  /// As PlannedBook::slice.
  const BookSlice& slice(GroupRange groups);
  /// The groups of a part, ready to be simulated. They stay until another slice is asked for.
  std::span<const TailGroup> groups(GroupRange part);
  /// Opened when it is first asked for.
  Backend& backend();

  /// Plans every group once, so that every error is said before the first year, and refuses a memory
  /// limit that a slice exceeds.
  ///
  /// `look`  called of each slice
  /// throws  Error{bad_data} with all that is wrong, Error{usage} naming the limit that would do
  void check_all(const std::function<void(const BookSlice&)>& look = {});

  /// Refuses a memory limit that the first slice exceeds; check_all does it of every slice.
  void require_room();

  /// Simulates every year in this process and settles premiums and treaties on them.
  ///
  /// `phase`              name of the simulation in progress reports and in the account
  /// `with_batches`       BookYears::batches are kept
  /// `given_premium_usd`  [group] premiums that were agreed before; empty: the run's own
  /// throws               Error{incomplete}
  void simulate(const std::string& phase, bool with_batches = false,
                std::vector<double> given_premium_usd = {});
  /// The same of years that were simulated elsewhere.
  void settle(BookYears years);

  // What follows is there once a run is settled.
  const BookYears& years() const { return years_; }
  const BookMeans& means() const { return means_; }
  const Quotes& quotes() const { return quotes_; }  ///< premiums of the bound terms, and the gate
  const std::vector<double>& premium_usd() const { return premium_usd_; }  ///< [group]
  double book_premium_usd() const;
  const CededYears& ceded() const { return ceded_; }

  const Programme& programme() const { return programme_; }
  const std::vector<PersonLayer>& layers() const { return layers_; }  ///< of treaties of persons

 private:
  BookRun(PlannedBook book, const TailOptions& options, RunAccount& account);

  double bytes_beside(const BookSlice& slice) const;
  void require_room_of(const BookSlice& slice);
  BookPricer pricer() const;
  void price(GroupRange part, BookPricer& pricer);
  void finish(BookPricer& pricer, std::vector<double> given_premium_usd);

  const TailOptions& asked_;
  RunAccount& account_;
  PlannedBook book_;
  Programme programme_;
  std::vector<PersonLayer> layers_;
  std::unique_ptr<Backend> backend_;
  const BookSlice* planned_ = nullptr;  ///< whose groups are in groups_
  std::vector<TailGroup> groups_;
  BookYears years_;
  BookMeans means_;
  Quotes quotes_;
  std::vector<double> premium_usd_;
  CededYears ceded_;
};

/// Tells progress of `total` member-years and asks whether to stop.
YearsProgress years_progress(const RunOptions& options, const std::string& phase,
                             std::uint64_t total);

}  // namespace corridor
