// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "corridor/plan.hpp"
#include "corridor/portfolio.hpp"
#include "host/plan/book_tables.hpp"
#include "host/portfolio/open_book.hpp"
#include "host/select_groups.hpp"
#include "host/watch/run_account.hpp"

namespace corridor {

/// Some groups of a book with their plan. Rows, jobs and groups of `plan` are numbered from the
/// slice's first group.
struct BookSlice {
  GroupRange groups;
  Portfolio portfolio;
  Plan plan;

  /// Groups of the book as the slice numbers them.
  GroupRange local(GroupRange range) const {
    return {range.first - groups.first, range.last - groups.first};
  }
};

/// What a study does with a book beyond loading and planning it.
struct BookUse {
  /// Resident bytes beyond those of the slice in memory and of its quotes.
  struct Bytes {
    double book = 0;  ///< for the whole book
    double a_group = 0, a_member = 0;  ///< of the slice
  };

  bool on_bound_terms = false;  ///< no grid of options to quote
  std::function<Bytes(const Portfolio& head)> bytes;
};

/// A book that is loaded and planned a slice of its groups at a time, so that it need not be in
/// memory as a whole. Without a memory limit, or under one that has room for all, the whole book is
/// the one slice. A group's plan has the same bits in every slice.
class PlannedBook {
 public:
  using Complete = std::function<void(BookSlice&)>;

  /// Loads and checks the book, and its plan where it is whole. Borrows the account.
  ///
  /// `complete`  called of every slice once it is planned
  /// throws      as load_portfolio and make_plan
  PlannedBook(const std::string& path, const RunOptions& options, RunAccount& account,
              Complete complete = {}, const BookUse& use = {});

  /// A book that is loaded, as a whole.
  PlannedBook(Portfolio portfolio, const RunOptions& options, RunAccount& account);

  /// The book, where it is not whole without members' columns.
  const Portfolio& head() const { return whole_ ? whole_->portfolio : open_->head(); }
  const RunOptions& options() const { return options_; }
  const BookTables& tables() const { return *tables_; }
  bool is_whole() const { return whole_ != nullptr; }
  /// Of tables and terms; those of attachments are the slices'.
  const std::vector<Problem>& warnings() const { return warnings_; }

  /// Expects is_whole().
  const BookSlice& whole() const { return *whole_; }

  /// Cuts groups so that memory holds each part with its quotes under way.
  std::vector<GroupRange> cut(GroupRange groups) const;
  std::vector<GroupRange> cut() const { return cut({0, head().group_count()}); }

  /// The slice that holds these groups, which stays until another is asked for. Expects a part
  /// that cut() gives, or a part of such.
  const BookSlice& slice(GroupRange groups);

  /// What the limit lacks for slices that are worth the work of planning them, bytes.
  double lacking_bytes() const;

  /// Whether slice() would give the one in memory.
  bool holds(GroupRange groups) const;

  /// Plans every slice once, so that what is wrong with one is said before the first year of
  /// another.
  ///
  /// `look`  called of each
  /// throws  Error{bad_data} with the problems of all
  void plan_all(const std::function<void(const BookSlice&)>& look = {});

 private:
  void open(const std::string& path, const BookUse& use);
  void plan_whole(Portfolio portfolio);
  void take_census();
  bool has_room_for_all() const;
  BookSlice planned(GroupRange groups) const;
  double quotes_of(GroupRange groups) const;
  double room() const;
  double bytes_of(GroupRange groups) const;

  RunOptions options_;
  RunAccount& account_;
  Complete complete_;
  std::optional<OpenBook> open_;
  std::shared_ptr<const BookTables> tables_;
  std::vector<Problem> warnings_;
  std::unique_ptr<BookSlice> whole_, current_;
  double deductibles_ = 1, quotes_a_group_ = 1, slice_bytes_ = 0;
  BookUse::Bytes use_;
};

}  // namespace corridor
