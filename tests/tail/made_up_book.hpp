// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "host/distribution/compile.hpp"
#include "host/exact/exact_means.hpp"
#include "host/plan/contract_basis.hpp"
#include "host/plan/effects.hpp"
#include "host/plan/make_plan.hpp"
#include "host/tail/tail_groups.hpp"
#include "kernels/book.hpp"
#include "tests/plan/made_up_portfolio.hpp"

namespace corridor::made_up {

/// A planned book on bound terms.
struct BoundBook {
  Portfolio portfolio;
  Plan plan;

  BoundBook(Portfolio book, ClaimTables tables, std::uint32_t years = 1000)
      : portfolio(bound_terms(std::move(book))) {
    RunOptions options;
    options.years = years;
    plan = make_plan(portfolio, std::move(tables), options);
    recentre(*plan.book);
    plan.exact = exact_means(*plan.book);
    set_attachments(portfolio, plan);
  }

  std::vector<TailGroup> groups(std::span<const PersonLayer> layers = {}) const {
    return tail_groups(portfolio, plan, layers);
  }
};

/// Three groups of heavy-tailed claims: a plain one, one with lasers, a share, a limit and an
/// aggregating specific, and one on a paid basis with a book effect on all.
inline Portfolio heavy_portfolio() {
  Portfolio book = portfolio({30, 41, 25});
  DistributionSpec law;
  law.name = "heavy";
  law.kind = "lognormal";
  law.numbers = {{"mu", {8.0}}, {"sigma", {2.2}}, {"p_zero", {0.15}}};
  book.distributions.push_back(law);
  book.market["book_cv"] = 0.2;
  add_group_column(book, "effect_cv", {0.3, 0, 0.2});
  add_group_column(book, "specific_deductible_usd", {100e3, 60e3, 300e3});
  add_group_column(book, "specific_reimbursement", {1, 0.8, 1});
  add_group_column(book, "specific_limit_usd", {HUGE_VAL, 1e6, HUGE_VAL});
  add_group_column(book, "aggregating_specific_usd", {0, 50e3, 0});
  add_group_column(book, "aggregate_corridor", {1.1, 1.25, HUGE_VAL});
  add_group_column(book, "run_in_months", {0, 0, 12});
  add_group_column(book, "run_out_months", {255, 255, 0});
  book.lag_paid_fraction = {0.4, 0.8, 0.9, 1};
  std::vector<double> lasers(book.members.rows, NAN);
  lasers[33] = 400e3;
  lasers[50] = HUGE_VAL;
  add_member_column(book, "laser_usd", lasers);
  return book;
}

inline BoundBook heavy_book(std::uint32_t years = 1000) {
  const Portfolio book = heavy_portfolio();
  return {book, compile_tables(book, required_effects(book)), years};
}

}  // namespace corridor::made_up
