// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/price_warnings.hpp"

#include <cmath>

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

}  // namespace

PriceWarnings::PriceWarnings(const Portfolio& portfolio)
    : portfolio_(portfolio), largest_usd_(largest_claim_usd(portfolio)) {}

void PriceWarnings::add(std::span<const QuoteRow> rows) {
  for (const QuoteRow& row : rows) {
    note_deductible(row);
    note_claims(row);
  }
}

void PriceWarnings::note_deductible(const QuoteRow& row) {
  const double deductible = row.key->specific_deductible_usd;
  if (!std::isfinite(deductible) || deductible < largest_usd_) return;
  AboveCap& found = above_cap_[deductible];
  if (found.quotes++ == 0) found.first_group = row.group->group_id;
}

void PriceWarnings::note_claims(const QuoteRow& row) {
  if (row.expected_claims_usd > 0) return;
  const std::string& group = row.group->group_id;
  if (without_claims_.empty() || without_claims_.back() != group) without_claims_.push_back(group);
}

void PriceWarnings::append_to(std::vector<Problem>& warnings) const {
  for (const auto& [deductible, found] : above_cap_) {
    Problem problem = warning(portfolio_, "W_DEDUCTIBLE_ABOVE_CAP", "/distributions");
    problem.group = found.first_group;
    problem.value = plain(deductible);
    problem.message = "no law's claims go above " + plain(largest_usd_) +
                      ", so the specific with this deductible never pays (" +
                      std::to_string(found.quotes) + (found.quotes == 1 ? " quote)" : " quotes)");
    problem.fix = "Quote a lower deductible, inf for none, or raise maximum_usd of the laws";
    warnings.push_back(std::move(problem));
  }
  for (const std::string& group : without_claims_) {
    Problem problem = warning(portfolio_, "W_NO_EXPECTED_CLAIMS", "/members");
    problem.group = group;
    problem.value = "0";
    problem.message = "no member of the group has expected claims, so every premium is 0";
    problem.fix = "Check the laws that its members refer to";
    warnings.push_back(std::move(problem));
  }
}

}  // namespace corridor
