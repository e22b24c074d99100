// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "corridor/portfolio.hpp"
#include "host/plan/grid.hpp"

namespace corridor {

/// What decides of a whole book whether a term of one group is idle. Slices add up.
struct IdleFacts {
  bool has_terminal = false, has_renewals = false, has_experience = false;

  void add(const Portfolio& slice);
};

/// Looks for idle terms a slice at a time.
class IdleTerms {
 public:
  /// Some groups of a book, and the rows of its tables at which they begin.
  struct Slice {
    const Portfolio& portfolio;
    std::size_t first_group = 0, first_member = 0;
  };

  /// `facts`  of the whole book
  IdleTerms(QuoteGrid grid, IdleFacts facts) : grid_(std::move(grid)), facts_(facts) {}

  void add(const Slice& slice);
  /// As idle_terms. `head` is the book, its groups and members aside.
  std::vector<Problem> found(const Portfolio& head) const;

 private:
  class Look;
  struct Warning {
    Problem first;
    std::size_t more = 0;
  };

  QuoteGrid grid_;
  IdleFacts facts_;
  std::map<std::pair<std::string, std::string>, Warning> warnings_;  ///< by column and reason
};

/// Terms that a group states and that act on nothing in any option of `grid`: terminal liability
/// without an aggregate, a rate cap on rates of 0. Warnings W_IDLE, one a column and reason: of the
/// first such group, with the number of further ones.
std::vector<Problem> idle_terms(const Portfolio& portfolio, const QuoteGrid& grid);

}  // namespace corridor
