// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/explain.hpp"

namespace corridor {

Explanation explained(std::span<const QuoteRow> rows, const Premiums& premiums, const Plan& plan) {
  Explanation explanation;
  explanation.principle = premiums.principles().front()->name;
  explanation.seed = plan.options.seed;
  for (const QuoteRow& row : rows) {
    explanation.years = row.retained.loss->years;
    explanation.group_id = row.group->group_id;
    explanation.state = row.group->state;
    Account account;
    explain_covers(row, account);
    explain_manual(row, premiums, account);
    explain_quote(row, premiums, account);
    const QuoteKey& key = *row.key;
    explanation.options.push_back({key.specific_deductible_usd, key.aggregate_corridor,
                                   key.aggregate_attachment_usd, row.flags, account.take()});
  }
  return explanation;
}

}  // namespace corridor
