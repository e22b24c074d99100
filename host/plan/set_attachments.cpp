// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "host/plan/attachment.hpp"
#include "host/plan/make_plan.hpp"
#include "host/plan/money.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

void add_no_closed_form(const Portfolio& portfolio, std::size_t group,
                        std::vector<Problem>& problems) {
  if (!problems.empty() && problems.back().row == group) return;
  Problem problem;
  problem.code = "E_NO_CLOSED_FORM";
  problem.file = portfolio.path;
  problem.dataset = "/groups/aggregate_counts";
  problem.row = group;
  problem.group = portfolio.groups.text("group_id", group);
  problem.value = "2";
  problem.message =
      "claims absorbed by an aggregating specific count to the aggregate, so expected retained "
      "claims have no closed form and a corridor cannot be turned into an attachment";
  problem.fix = "Give aggregate_attachment_usd or aggregate_factor_usd, or clear bit 2";
  problems.push_back(problem);
}

std::optional<double> quoted_corridor(const QuoteKey& quote) {
  if (std::isnan(quote.aggregate_corridor)) return std::nullopt;
  return quote.aggregate_corridor;
}

}  // namespace

void set_attachments(const Portfolio& portfolio, Plan& plan) {
  Book& book = *plan.book;
  std::vector<Problem> problems;
  std::vector<Cents> attachments;
  for (std::size_t q = 0; q < plan.quotes.size(); ++q) {
    QuoteKey& quote = plan.quotes[q];
    const AttachmentRule rule = attachment_rule(portfolio, quote.group, quoted_corridor(quote));
    if (rule.way == AttachmentRule::Way::corridor) quote.aggregate_corridor = rule.corridor;
    quote.has_aggregate = rule.way != AttachmentRule::Way::none;
    const double retained_usd = plan.exact.rows[quote.job][quote.row].retained_usd;
    const double usd = attachment_usd(rule, retained_usd);
    quote.aggregate_minimum_usd =
        quote.has_aggregate ? usd_of(cents_of(minimum_attachment_usd(rule, retained_usd))) : NAN;
    if (quote.has_aggregate && std::isnan(usd)) {
      add_no_closed_form(portfolio, quote.group, problems);
    }
    const Cents cents = quote.has_aggregate && !std::isnan(usd) ? cents_of(usd) : unlimited;
    quote.aggregate_attachment_usd = quote.has_aggregate ? usd_of(cents) : NAN;
    if (quote.has_aggregate) attachments.push_back(cents);
    const bool row_ends = q + 1 == plan.quotes.size() || plan.quotes[q + 1].row != quote.row ||
                          plan.quotes[q + 1].job != quote.job;
    if (!row_ends) continue;
    GridRow& row = book.rows[quote.job][quote.row];
    book.amounts.push_back(std::move(attachments));
    row.attachments = book.amounts.back().data();
    row.attachment_count = static_cast<std::uint32_t>(book.amounts.back().size());
    attachments.clear();
  }
  if (!problems.empty()) throw Error(ErrorKind::bad_data, std::move(problems));
}

}  // namespace corridor
