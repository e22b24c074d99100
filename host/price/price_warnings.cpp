// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/price_warnings.hpp"

#include <cmath>
#include <map>
#include <set>

#include "host/price/decimal_text.hpp"

namespace corridor {
namespace {

Problem warning(const Portfolio& portfolio, const char* code, const char* dataset) {
  Problem problem;
  problem.severity = Problem::Severity::warning;
  problem.code = code;
  problem.file = portfolio.path;
  problem.dataset = dataset;
  return problem;
}

/// Once a deductible, with the first group and how many more.
void warn_of_deductibles(const Portfolio& portfolio, std::span<const QuoteRow> rows,
                         std::vector<Problem>& warnings) {
  const double largest_usd = largest_claim_usd(portfolio);
  std::map<double, std::vector<const QuoteRow*>> above;
  for (const QuoteRow& row : rows) {
    const double deductible = row.key->specific_deductible_usd;
    if (std::isfinite(deductible) && deductible >= largest_usd) above[deductible].push_back(&row);
  }
  for (const auto& [deductible, quotes] : above) {
    Problem problem = warning(portfolio, "W_DEDUCTIBLE_ABOVE_CAP", "/distributions");
    problem.group = quotes.front()->group->group_id;
    problem.value = plain(deductible);
    problem.message = "no law's claims go above " + plain(largest_usd) +
                      ", so the specific with this deductible never pays (" +
                      std::to_string(quotes.size()) + (quotes.size() == 1 ? " quote)" : " quotes)");
    problem.fix = "Quote a lower deductible, inf for none, or raise maximum_usd of the laws";
    warnings.push_back(std::move(problem));
  }
}

void warn_of_no_claims(const Portfolio& portfolio, std::span<const QuoteRow> rows,
                       std::vector<Problem>& warnings) {
  std::set<std::uint32_t> known;
  for (const QuoteRow& row : rows) {
    if (row.expected_claims_usd > 0 || !known.insert(row.key->group).second) continue;
    Problem problem = warning(portfolio, "W_NO_EXPECTED_CLAIMS", "/members");
    problem.group = row.group->group_id;
    problem.value = "0";
    problem.message = "no member of the group has expected claims, so every premium is 0";
    problem.fix = "Check the laws that its members refer to";
    warnings.push_back(std::move(problem));
  }
}

}  // namespace

void append_price_warnings(const Portfolio& portfolio, std::span<const QuoteRow> rows,
                           std::vector<Problem>& warnings) {
  warn_of_deductibles(portfolio, rows, warnings);
  warn_of_no_claims(portfolio, rows, warnings);
}

}  // namespace corridor
