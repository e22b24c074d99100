// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <cmath>

#include "host/employer/study.hpp"

namespace corridor {
namespace {

[[noreturn]] void refuse(const Arrangement& arrangement, const std::string& code,
                         const std::string& key, const std::string& message,
                         const std::string& fix) {
  Problem problem;
  problem.code = code;
  problem.file = arrangement.source;
  problem.dataset = key;
  problem.message = message;
  problem.fix = fix;
  throw Error(ErrorKind::bad_data, std::vector{problem});
}

/// A key that gives an amount per employee, or "".
std::string key_per_employee(const Arrangement& arrangement) {
  const PlanFees& fees = arrangement.fees;
  if (fees.administration_pepm != 0) return "fees.administration_pepm";
  if (fees.network_pepm != 0) return "fees.network_pepm";
  if (fees.pharmacy_pepm != 0) return "fees.pharmacy_pepm";
  if (fees.other_pepm != 0) return "fees.other_pepm";
  if (fees.pharmacy_rebate_pepm != 0) return "fees.pharmacy_rebate_pepm";
  for (const PremiumQuote& quote : arrangement.premiums) {
    if (quote.premium.usd_pepm != 0) return "stop_loss.premium_pepm";
  }
  if (arrangement.budget && arrangement.budget->usd_pepm != 0) return "budget.pepm";
  if (arrangement.insured_premium && arrangement.insured_premium->usd_pepm != 0) {
    return "insured.premium_pepm";
  }
  const auto& funding = arrangement.level_funded;
  if (funding && funding->fund && funding->fund->usd_pepm != 0) return "level_funded.fund_pepm";
  return "";
}

std::string amount_text(double value) {
  if (!std::isfinite(value)) return "inf";
  char text[400];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed);
  return {text, end.ptr};
}

bool same_cents(double a_usd, double b_usd) {
  return a_usd == b_usd || std::abs(a_usd - b_usd) < 0.005;
}

bool is_for(const PremiumQuote& quote, double specific_deductible_usd, double aggregate_corridor) {
  if (quote.specific_deductible_usd &&
      !same_cents(*quote.specific_deductible_usd, specific_deductible_usd)) {
    return false;
  }
  return !quote.aggregate_corridor || *quote.aggregate_corridor == aggregate_corridor;
}

std::string option_text(const PremiumQuote& quote) {
  return "a deductible of " + amount_text(*quote.specific_deductible_usd) +
         (quote.aggregate_corridor ? " with a corridor of " + amount_text(*quote.aggregate_corridor)
                                   : std::string());
}

/// "50000 with 1.25, 100000 without a corridor": the first few.
std::string options_text(const std::vector<QuoteKey>& options) {
  constexpr std::size_t most = 6;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, options.size()); ++i) {
    const double corridor = options[i].aggregate_corridor;
    text += (i == 0 ? "" : ", ") + amount_text(options[i].specific_deductible_usd) +
            (std::isnan(corridor) ? " without a corridor" : " with " + amount_text(corridor));
  }
  return options.size() > most ? text + ", ..." : text;
}

}  // namespace

double amount_usd(const YearlyAmount& amount, const Enrolment& enrolment) {
  return amount.usd + amount.usd_pepm * enrolment.employee_months;
}

double fees_usd(const PlanFees& fees, const Enrolment& enrolment) {
  const double pepm = fees.administration_pepm + fees.network_pepm + fees.pharmacy_pepm +
                      fees.other_pepm + fees.pharmacy_rebate_pepm;
  return fees.other_usd + pepm * enrolment.employee_months;
}

void check_enrolment(const Arrangement& arrangement, const Enrolment& enrolment) {
  const std::string key = key_per_employee(arrangement);
  if (key.empty() || enrolment.employee_months > 0) return;
  refuse(arrangement, "E_NO_EMPLOYEES", key,
         "is an amount per employee, and the book counts no employees of this group",
         "Add employees = 120, the average enrolled, at the top of the arrangement");
}

std::optional<YearlyAmount> quoted_premium_for(const Arrangement& arrangement,
                                               double specific_deductible_usd,
                                               double aggregate_corridor) {
  for (const PremiumQuote& quote : arrangement.premiums) {
    if (is_for(quote, specific_deductible_usd, aggregate_corridor)) return quote.premium;
  }
  return std::nullopt;
}

void check_premiums(const Arrangement& arrangement, const std::vector<QuoteKey>& options) {
  for (const PremiumQuote& quote : arrangement.premiums) {
    if (!quote.specific_deductible_usd) {
      if (options.size() == 1) continue;
      refuse(arrangement, "E_ONE_PREMIUM", "stop_loss",
             "gives one premium, and the run has " + std::to_string(options.size()) + " options",
             "Give a [[stop_loss.quote]] with specific_deductible_usd for each, or study one "
             "option");
    }
    bool found = false;
    for (const QuoteKey& key : options) {
      found = found || is_for(quote, key.specific_deductible_usd, key.aggregate_corridor);
    }
    if (!found) {
      refuse(arrangement, "E_NO_OPTION", "stop_loss.quote",
             "is for " + option_text(quote) + ", which is no option of this run: its options are " +
                 options_text(options),
             "Name it with --specific and --corridor, or remove the quote");
    }
  }
}

}  // namespace corridor
