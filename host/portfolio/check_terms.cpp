// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "host/portfolio/check_book.hpp"
#include "host/portfolio/group_names.hpp"
#include "host/portfolio/sound.hpp"
#include "kernels/lane/terms/specific_limit.hpp"

namespace corridor {
namespace {

constexpr std::size_t tiers = 4, months = 12;

Place at(const Portfolio& book, const std::string& column, std::uint64_t row) {
  return {"/groups/" + column, row, GroupNames(book).of_group(row)};
}

struct Factors {
  std::size_t given = 0;  ///< tiers with a factor

  Factors(const Table& groups, std::uint64_t row) {
    for (std::size_t tier = 0; tier < tiers; ++tier) {
      given += std::isnan(groups.number("aggregate_factor_usd", row, NAN, tier)) ? 0u : 1u;
    }
  }
};

void check_attachment_ways(const Portfolio& book, std::uint64_t row, Findings& findings) {
  const double attachment = sound_term(book, "aggregate_attachment_usd", row, NAN);
  const bool corridor = std::isfinite(sound_term(book, "aggregate_corridor", row, HUGE_VAL));
  const bool amount = !std::isnan(attachment);
  const bool factors = Factors(book.groups, row).given > 0;
  if (corridor + amount + factors < 2) return;
  findings.add("E_TWO_WAYS",
               at(book, amount ? "aggregate_attachment_usd" : "aggregate_factor_usd", row),
               amount ? number_text(attachment) : "",
               std::string("the attachment is given in two ways: ") +
                   (corridor ? "a corridor and " : "an amount and ") +
                   (corridor && amount ? "an amount" : "monthly factors"),
               "Keep one: corridor inf, amount NaN and factors NaN say nothing");
}

double employees_of(const Table& groups, std::uint64_t row) {
  double total = 0;
  for (std::size_t i = 0; i < tiers; ++i) total += groups.number("employees", row, 0, i);
  if (!groups.has("employees_monthly")) return total;
  for (std::size_t i = 0; i < tiers * months; ++i) {
    total += groups.number("employees_monthly", row, 0, i);
  }
  return total;
}

void check_factors(const Portfolio& book, std::uint64_t row, Findings& findings) {
  const Factors factors(book.groups, row);
  if (factors.given == 0) return;
  if (factors.given < tiers) {
    findings.add("E_FACTOR_MISSING", at(book, "aggregate_factor_usd", row),
                 std::to_string(factors.given),
                 std::to_string(factors.given) + " of the four tiers have a factor",
                 "Give all four, 0 for a tier without employees");
  }
  if (employees_of(book.groups, row) == 0) {
    findings.add("E_NO_EMPLOYEES", at(book, "aggregate_factor_usd", row), "0",
                 "monthly factors need employees to multiply, and the group has none",
                 "Fill in employees or employees_monthly, or give the attachment as an amount");
  }
}

void check_limit(const Portfolio& book, std::uint64_t row, Findings& findings) {
  const double deductible = sound_term(book, "specific_deductible_usd", row, HUGE_VAL);
  const double limit = sound_term(book, "specific_limit_usd", row, HUGE_VAL);
  const auto basis = static_cast<int>(sound_term(book, "specific_limit_basis", row, 0));
  if (basis != SpecificLimit::total_claim || !std::isfinite(deductible) || !(limit <= deductible)) {
    return;
  }
  findings.add("E_LIMIT", at(book, "specific_limit_usd", row), number_text(limit),
               "a limit on the total claim of " + number_text(limit) +
                   " is not above the deductible of " + number_text(deductible) +
                   ", so the cover never pays",
               "Give more than the deductible or inf, or choose another specific_limit_basis");
}

void check_corridor(const Portfolio& book, std::uint64_t row, Findings& findings) {
  const double corridor = sound_term(book, "aggregate_corridor", row, HUGE_VAL);
  if (!(corridor > 0 && corridor < 1)) return;
  findings.add("W_LOW_CORRIDOR", at(book, "aggregate_corridor", row), number_text(corridor),
               "a corridor of " + number_text(corridor) +
                   " attaches below the expected claims, so the aggregate pays in most years",
               "Usual corridors are 1.10 to 1.35; 25% is written 1.25");
}

void check_two_windows(const Portfolio& book, std::uint64_t row, const std::string& prefix,
                       Findings& findings) {
  if (book.groups.number(prefix + "run_in_months", row, 0) != 255 ||
      book.groups.number(prefix + "run_out_months", row, 255) != 255) {
    return;
  }
  findings.add("E_RANGE", at(book, prefix + "run_in_months", row), "255",
               "a run-in and a run-out without end cover every claim twice",
               "Paid is (255, 0), incurred is (0, 255)");
}

void check_two_enrolments(const Portfolio& book, Findings& findings) {
  if (!book.groups.has("employees") || !book.groups.has("employees_monthly")) return;
  findings.add("E_TWO_WAYS", {"/groups/employees_monthly", {}, ""}, "",
               "enrolment is given as an average and by month",
               "Keep employees or employees_monthly");
}

/// A cap in force needs the rates that it caps.
void check_rate_cap(const Portfolio& book, std::uint64_t row, Findings& findings) {
  const double cap = sound_term(book, "rate_cap", row, HUGE_VAL);
  if (!std::isfinite(cap) || book.groups.number("new_or_renewal", row, 0) != 1) return;
  for (std::size_t tier = 0; tier < tiers; ++tier) {
    if (!std::isnan(book.groups.number("current_rate_usd", row, NAN, tier))) continue;
    findings.add(
        "E_RATE_CAP", at(book, "rate_cap", row), number_text(cap),
        "a renewal's rate cap of " + number_text(cap) + " needs today's rates of all four tiers",
        "Fill in current_rate_usd, or set rate_cap to inf");
    return;
  }
}

/// A family deductible needs families, and is not below a person's.
void check_family(const Portfolio& book, std::uint64_t row, bool has_families,
                  Findings& findings) {
  const double family = sound_term(book, "specific_family_deductible_usd", row, HUGE_VAL);
  if (!std::isfinite(family)) return;
  const Place place = at(book, "specific_family_deductible_usd", row);
  if (!has_families) {
    findings.add("E_FAMILY", place, number_text(family),
                 "a family deductible of " + number_text(family) + " needs to know who is a family",
                 "Add /members/family, or set the deductible to inf");
    return;
  }
  const double own = sound_term(book, "specific_deductible_usd", row, HUGE_VAL);
  if (!std::isfinite(own) || family >= own) return;
  findings.add("E_FAMILY", place, number_text(family),
               "the family deductible of " + number_text(family) + " is below the person's, " +
                   number_text(own),
               "Raise it to at least the specific deductible, or set it to inf");
}

void check_relativities(const std::string& path, const std::vector<double>& values,
                        Findings& findings) {
  if (values.empty() || values.size() == tiers) return;
  findings.add("E_SHAPE", {path, {}, ""}, std::to_string(values.size()),
               "holds " + std::to_string(values.size()) +
                   " relativities, and there are four tiers: EE, EE+SP, EE+CH, FAM",
               "Give one relativity a tier");
}

void check_ascending(const std::string& path, const std::vector<double>& values,
                     Findings& findings) {
  const Range& range = find_column(path)->range;
  for (std::uint64_t row = 1; row < values.size(); ++row) {
    if (!(values[row] <= values[row - 1])) continue;
    if (!range.holds(values[row]) || !range.holds(values[row - 1])) continue;
    findings.add("E_NOT_ASCENDING", {path, row, ""}, number_text(values[row]),
                 number_text(values[row]) + " is not above the value before it, " +
                     number_text(values[row - 1]),
                 "Sort the list and leave out repeats");
  }
}

}  // namespace

void check_terms(const Portfolio& book, const MemberColumns& members, Findings& findings) {
  const bool has_families = members.has("family");
  check_two_enrolments(book, findings);
  for (std::uint64_t row = 0; row < book.groups.rows; ++row) {
    check_attachment_ways(book, row, findings);
    check_factors(book, row, findings);
    check_limit(book, row, findings);
    check_corridor(book, row, findings);
    check_rate_cap(book, row, findings);
    check_family(book, row, has_families, findings);
    check_two_windows(book, row, "", findings);
    check_two_windows(book, row, "aggregate_", findings);
  }
  check_relativities("/quote/specific_relativity", book.quote_specific_relativity, findings);
  check_relativities("/quote/factor_relativity", book.quote_factor_relativity, findings);
  check_ascending("/quote/specific_deductible_usd", book.quote_specific_usd, findings);
  check_ascending("/quote/aggregate_corridor", book.quote_corridor, findings);
}

}  // namespace corridor
