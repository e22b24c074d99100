// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "host/portfolio/check_book.hpp"
#include "host/portfolio/sound.hpp"
#include "host/portfolio/text_form.hpp"

namespace corridor {
namespace {

void check_law_indices(const Portfolio& book, Findings& findings) {
  std::map<std::uint16_t, std::string> owner;
  for (const DistributionSpec& law : book.distributions) {
    const std::string place = "/distributions/" + law.name + "@index";
    if (findings.mentions(place)) continue;
    const auto [found, is_new] = owner.emplace(law.index, law.name);
    if (is_new) continue;
    findings.add("E_DUPLICATE", {place, {}, ""}, std::to_string(law.index),
                 "index " + std::to_string(law.index) + " is that of " + found->second + " too",
                 "Give each law its own index");
  }
}

/// No contract counts later months: twelve of the policy and the longest run-out, 254.
constexpr std::size_t lag_months_max = 12 + 254;

void check_lag(const std::string& path, const std::vector<double>& paid, Findings& findings) {
  if (paid.size() > lag_months_max + 1) {
    findings.add("E_TOO_LARGE", {path, {}, ""}, std::to_string(paid.size()),
                 "holds " + std::to_string(paid.size()) +
                     " months, and no contract counts more "
                     "than month 0 and " +
                     std::to_string(lag_months_max) + " after it",
                 "Give one share a month, 1 to 267 of them, the last one 1");
    return;
  }
  const auto sound = [](double share) { return share >= 0 && share <= 1; };
  for (std::uint64_t row = 1; row < paid.size(); ++row) {
    if (!(paid[row] < paid[row - 1]) || !sound(paid[row]) || !sound(paid[row - 1])) continue;
    findings.add("E_NOT_ASCENDING", {path, row, ""}, number_text(paid[row]),
                 number_text(paid[row]) + " is below the share of the month before, " +
                     number_text(paid[row - 1]),
                 "Give cumulative shares, none below the one before it");
  }
  if (!paid.empty() && sound(paid.back()) && std::abs(paid.back() - 1) > 1e-9) {
    findings.add("E_RANGE", {path, paid.size() - 1, ""}, number_text(paid.back()),
                 "the last share is " + number_text(paid.back()) +
                     " and not 1, so claims would never be paid in full",
                 "Go on until everything is paid: the last share is 1");
  }
}

bool has_errors_of_lag(const Findings& findings) {
  return findings.mentions("/lag/paid_fraction") || findings.mentions("/lag/paid_fraction_large");
}

void warn_of_large(Findings& findings, std::uint64_t month, double large, double small,
                   const std::string& why) {
  findings.add("W_LAG", {"/lag/paid_fraction_large", month, ""}, number_text(large),
               "by month " + std::to_string(month) + " " + number_text(large) +
                   " of a large claim is paid against " + number_text(small) + " of a small one" +
                   why,
               "Check that the two curves are not exchanged");
}

/// Two curves that are each in order may still not belong together. Said once, of the first month.
void compare_lags(const Portfolio& book, Findings& findings) {
  const auto& small = book.lag_paid_fraction;
  const auto& large = book.lag_paid_fraction_large;
  if (large.empty() || has_errors_of_lag(findings)) return;
  if (small.empty()) {
    findings.add("W_LAG", {"/lag/paid_fraction_large", {}, ""}, "",
                 "the curve of large claims is given without that of small ones, for which the "
                 "built-in illustration holds",
                 "Give /lag/paid_fraction too; it alone is enough where one curve holds for all");
    return;
  }
  constexpr double least_part =
      0.4;  // of the small claims' share: a larger claim never counts less
  const std::size_t months = std::min(small.size(), large.size());
  for (std::uint64_t month = 0; month < months; ++month) {
    if (large[month] > small[month] + 1e-9) {
      return warn_of_large(findings, month, large[month], small[month],
                           ": large claims are usually paid later");
    }
    if (large[month] < least_part * small[month] - 1e-9) {
      return warn_of_large(findings, month, large[month], small[month],
                           ", less than 0.4 of it: at least 0.4 is counted");
    }
  }
}

void check_incurral(const std::vector<double>& weight, Findings& findings) {
  if (weight.empty()) return;
  const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
  const bool sound = std::all_of(weight.begin(), weight.end(), [](double w) { return w >= 0; });
  if (weight.size() == 12 && (total > 0 || !sound)) return;
  findings.add("E_SHAPE", {"/lag/incurral_weight", {}, ""}, std::to_string(weight.size()),
               weight.size() == 12 ? "all 12 weights are 0, so no claim is incurred in any month"
                                   : "holds " + std::to_string(weight.size()) +
                                         " weights where there are 12 months",
               "Give 12 weights of 0 or more with a sum above 0, one a month of incurral");
}

void check_groups_exist(const std::string& path, const Table& table, const Portfolio& book,
                        Findings& findings) {
  if (book.groups.rows == 0) return;
  const std::uint64_t last = book.groups.rows - 1;
  for (std::uint64_t row = 0; row < table.rows && table.has("group"); ++row) {
    const double group = table.number("group", row, 0);
    if (group < static_cast<double>(book.groups.rows)) continue;
    findings.add("E_REFERENCE", {path + "/group", row, ""}, number_text(group),
                 "the book has no group row " + number_text(group),
                 "Give a row of /groups, from 0 to " + std::to_string(last));
  }
}

bool any_row(const Table& table, const char* column, bool (*is)(double)) {
  for (std::uint64_t row = 0; row < table.rows && table.has(column); ++row) {
    if (is(table.number(column, row, 0))) return true;
  }
  return false;
}

/// A deductible and what is paid above it go together. True where both are there or neither.
bool has_both_or_neither(const Table& table, Findings& findings) {
  const std::string path = "/experience/";
  const char *above = "paid_above_deductible_usd", *deductible = "deductible_usd";
  if (findings.mentions(path + above) || findings.mentions(path + deductible)) return false;
  const auto missing = [&](const char* absent, const std::string& message) {
    findings.add("E_MISSING", {path + absent, {}, ""}, "", message,
                 "Add it, or leave the other out too: then no experience of the specific counts");
    return false;
  };
  if (!table.has(deductible) && any_row(table, above, [](double usd) { return usd > 0; })) {
    return missing(deductible,
                   "this column is missing, and paid_above_deductible_usd says nothing without it");
  }
  if (!table.has(above) && any_row(table, deductible, [](double usd) { return usd < HUGE_VAL; })) {
    return missing(above,
                   "this column is missing beside deductible_usd, and without it nothing would "
                   "count as paid above the deductible");
  }
  return true;
}

/// What is paid above a deductible is a part of what is paid, and needs the deductible.
void check_experience(const Portfolio& book, Findings& findings) {
  const Table& table = book.experience;
  const char* column = "paid_above_deductible_usd";
  if (!has_both_or_neither(table, findings) || !table.has(column)) return;
  const bool has_paid = table.has("paid_usd");  // else its absence is said already
  for (std::uint64_t row = 0; row < table.rows; ++row) {
    const double above = table.number(column, row, 0);
    const bool has_deductible = std::isfinite(table.number("deductible_usd", row, HUGE_VAL));
    const bool too_much =
        has_paid && above > sound_number(table, "/experience", "paid_usd", row, HUGE_VAL);
    if (!(too_much || (above > 0 && !has_deductible))) continue;
    findings.add("E_RANGE", {std::string("/experience/") + column, row, ""}, number_text(above),
                 number_text(above) + (too_much ? " is more than paid_usd, of which it is a part"
                                                : " is above a deductible that is not given"),
                 "Give the part of paid_usd above deductible_usd, from 0 to paid_usd");
  }
}

int policy_year_of(const Portfolio& book, std::uint64_t group) {
  const std::string effective = book.groups.text("effective", group);
  const bool dated = has_form(effective, Form::month) && !effective.empty();
  return dated ? std::stoi(effective.substr(0, 4)) : book.policy_year;
}

/// Periods that cannot all be what they say: begun after the policy, or more months of one year
/// than it has. Said once each.
void compare_periods(const Portfolio& book, Findings& findings) {
  const Table& table = book.experience;
  if (!table.has("group") || !table.has("period") || findings.mentions("/experience/group")) return;
  const std::string path = "/experience/period";
  std::map<std::pair<double, double>, double> months;
  bool later = false, twice = false;
  for (std::uint64_t row = 0; row < table.rows; ++row) {
    const double group = table.number("group", row, 0), year = table.number("period", row, 0);
    if (!(group < static_cast<double>(book.groups.rows))) continue;
    const auto owner = static_cast<std::uint64_t>(group);
    const int policy = policy_year_of(book, owner);
    const Place place{path, row, book.groups.text("group_id", owner)};
    if (policy != 0 && year > policy && !later) {
      later = true;
      findings.add("W_EXPERIENCE", place, number_text(year),
                   "this period begins after the policy, which begins in " + std::to_string(policy),
                   "Give the calendar year in which the period began");
    }
    double& so_far = months[{group, year}];
    so_far += table.number("months", row, 12);
    if (so_far > 12 && table.number("months", row, 12) <= 12 && !twice) {
      twice = true;
      findings.add("W_EXPERIENCE", place, number_text(year),
                   "periods of this group that began in " + number_text(year) + " have " +
                       number_text(so_far) + " months together, and all of them count",
                   "Check that no period is there twice");
    }
  }
}

void note_unused(const Portfolio& book, Findings& findings) {
  if (book.large_claims.rows > 0 && !findings.mentions("/large_claims/group")) {
    findings.add("W_NOT_USED", {"/large_claims", {}, ""}, std::to_string(book.large_claims.rows),
                 "large claims are checked and change no quote",
                 "Nothing to do; a laser or /members/prior_year_unpaid_usd does");
  }
  if (any_row(book.groups, "current_factor_usd", [](double usd) { return !std::isnan(usd); })) {
    findings.add("W_NOT_USED", {"/groups/current_factor_usd", {}, ""}, "",
                 "today's aggregate factors are checked and change no quote", "Nothing to do");
  }
}

}  // namespace

void check_references(const Portfolio& book, Findings& findings) {
  check_law_indices(book, findings);
  check_lag("/lag/paid_fraction", book.lag_paid_fraction, findings);
  check_lag("/lag/paid_fraction_large", book.lag_paid_fraction_large, findings);
  compare_lags(book, findings);
  check_incurral(book.lag_incurral_weight, findings);
  check_groups_exist("/experience", book.experience, book, findings);
  check_groups_exist("/large_claims", book.large_claims, book, findings);
  check_experience(book, findings);
  compare_periods(book, findings);
  note_unused(book, findings);
}

}  // namespace corridor
