// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "host/plan/attachment.hpp"
#include "host/plan/contract_basis.hpp"
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

bool expects_mature(const Portfolio& portfolio, std::size_t group) {
  return portfolio.groups.number("aggregate_expected_basis", group, 0) == 1;
}

/// Claims that corridors multiply: of the aggregate's own windows, or of a mature contract.
double expected_retained_usd(const Portfolio& portfolio, std::size_t group, const ExactRow& row) {
  return expects_mature(portfolio, group) ? row.mature_retained_usd : row.retained_usd;
}

/// Mature claims under an immature aggregate leave a corridor wider than its name.
void add_mature_expected(const Portfolio& portfolio, std::size_t group,
                         std::vector<Problem>& warnings) {
  const Windows windows = aggregate_windows(portfolio, group);
  if (!expects_mature(portfolio, group) || windows == mature(windows)) return;
  Problem problem;
  problem.severity = Problem::Severity::warning;
  problem.code = "W_MATURE_EXPECTED";
  problem.file = portfolio.path;
  problem.dataset = "/groups/aggregate_expected_basis";
  problem.row = group;
  problem.group = portfolio.groups.text("group_id", group);
  problem.value = "1";
  problem.message = "the attachment stands on mature expected claims, but the aggregate is " +
                    basis_name(windows) + ": it takes fewer of them, so the corridor is wider";
  problem.fix = "Nothing need be done if that is meant; 0 takes the aggregate's own claims";
  warnings.push_back(problem);
}

}  // namespace

void set_attachments(const Portfolio& portfolio, Plan& plan) {
  Book& book = *plan.book;
  std::vector<Problem> problems;
  std::vector<Cents> attachments;
  for (std::size_t q = 0; q < plan.quotes.size(); ++q) {
    QuoteKey& quote = plan.quotes[q];
    if (q == 0 || plan.quotes[q - 1].group != quote.group) {
      add_mature_expected(portfolio, quote.group, plan.warnings);
    }
    const AttachmentRule rule = attachment_rule(portfolio, quote.group, quoted_corridor(quote));
    if (rule.way == AttachmentRule::Way::corridor) quote.aggregate_corridor = rule.corridor;
    quote.has_aggregate = rule.way != AttachmentRule::Way::none;
    const double retained_usd =
        expected_retained_usd(portfolio, quote.group, plan.exact.rows[quote.job][quote.row]);
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
