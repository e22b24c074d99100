// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/plan/contract_basis.hpp"
#include "tests/oracle/mixed_book.hpp"

namespace corridor::oracle {

/// Windows by their months, without a person's run-in limit.
inline Windows windows_of(int run_in, int run_out, int policy_months = 12) {
  return {run_in, run_out, policy_months, HUGE_VAL};
}

/// Claims paid as a mature block pays them, large ones later, more of them incurred in winter.
inline Lag seasonal_lag() {
  Portfolio portfolio;
  portfolio.lag_incurral_weight = {14, 12, 11, 9, 8, 8, 7, 7, 9, 10, 11, 13};
  return lag_of(portfolio);
}

inline const Basis* add_basis(Book& book, const Windows& windows) {
  const std::optional<Basis> basis = make_basis(windows, seasonal_lag(), {0.08, 0.18});
  return basis ? &book.bases.emplace_back(*basis) : nullptr;
}

/// The group of everything under one contract; the aggregate on windows of its own where given.
struct Contract {
  Windows specific, aggregate;
  EffectModel effect{};
};

inline Book basis_book(const std::vector<Contract>& contracts) {
  made::BookMaker maker({silver_table(), lognormal_table(9000, 2.5, 0.2)});
  unsigned seed = 1;
  for (const Contract& contract : contracts) {
    made::Group group = everything(seed++, contract.effect);
    group.yearly = contract.effect.frequency_share == 0;
    maker.add(group);
  }
  Book book = maker.book();
  for (std::size_t job = 0; job < contracts.size(); ++job) {
    const Contract& contract = contracts[job];
    GroupView& group = book.jobs[job].group;
    group.basis = add_basis(book, contract.specific);
    book.mature.push_back(add_basis(book, mature(contract.specific)));
    if (contract.aggregate == contract.specific) continue;
    GroupView& counted = book.counted.emplace_back(group);
    counted.basis = add_basis(book, contract.aggregate);
    book.jobs[job].counted = &counted;
  }
  return book;
}

}  // namespace corridor::oracle
