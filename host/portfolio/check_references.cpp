// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <map>
#include <numeric>

#include "host/portfolio/check_book.hpp"

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

void check_lag(const std::string& path, const std::vector<double>& paid, Findings& findings) {
  for (std::uint64_t row = 1; row < paid.size(); ++row) {
    if (!(paid[row] < paid[row - 1])) continue;
    findings.add("E_NOT_ASCENDING", {path, row, ""}, number_text(paid[row]),
                 number_text(paid[row]) + " is below the share of the month before, " +
                     number_text(paid[row - 1]),
                 "Give cumulative shares");
  }
  if (!paid.empty() && std::abs(paid.back() - 1) > 1e-9) {
    findings.add("E_RANGE", {path, paid.size() - 1, ""}, number_text(paid.back()),
                 "the last share is not 1, so claims would never be paid in full",
                 "Go on until everything is paid");
  }
}

void check_incurral(const std::vector<double>& weight, Findings& findings) {
  if (weight.empty()) return;
  const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
  if (weight.size() == 12 && total > 0) return;
  findings.add("E_SHAPE", {"/lag/incurral_weight", {}, ""}, std::to_string(weight.size()),
               "there must be 12 weights with a sum above 0", "Give one weight a month");
}

void check_groups_exist(const std::string& path, const Table& table, const Portfolio& book,
                        Findings& findings) {
  for (std::uint64_t row = 0; row < table.rows && table.has("group"); ++row) {
    const double group = table.number("group", row, 0);
    if (group < static_cast<double>(book.groups.rows)) continue;
    findings.add("E_REFERENCE", {path + "/group", row, ""}, number_text(group),
                 "the book has no group row " + number_text(group),
                 "Give a row of /groups, counted from 0");
  }
}

/// What is paid above a deductible is a part of what is paid, and needs the deductible.
void check_experience(const Portfolio& book, Findings& findings) {
  const Table& table = book.experience;
  const char* column = "paid_above_deductible_usd";
  if (!table.has(column)) return;
  for (std::uint64_t row = 0; row < table.rows; ++row) {
    const double above = table.number(column, row, 0);
    const bool has_deductible = std::isfinite(table.number("deductible_usd", row, HUGE_VAL));
    const bool too_much = above > table.number("paid_usd", row, 0);
    if (!(too_much || (above > 0 && !has_deductible))) continue;
    findings.add("E_RANGE", {std::string("/experience/") + column, row, ""}, number_text(above),
                 number_text(above) + (too_much ? " is more than paid_usd, of which it is a part"
                                                : " is above a deductible that is not given"),
                 "Give the part of paid_usd above deductible_usd");
  }
}

void note_unused(const Portfolio& book, Findings& findings) {
  if (book.treaties.rows == 0) return;
  findings.add("W_NOT_USED", {"/treaties", {}, ""}, std::to_string(book.treaties.rows),
               "treaties change no quote: prices are of the direct cover, before reinsurance",
               "Nothing to do, unless you expected net prices");
}

}  // namespace

void check_references(const Portfolio& book, Findings& findings) {
  check_law_indices(book, findings);
  check_lag("/lag/paid_fraction", book.lag_paid_fraction, findings);
  check_lag("/lag/paid_fraction_large", book.lag_paid_fraction_large, findings);
  check_incurral(book.lag_incurral_weight, findings);
  check_groups_exist("/experience", book.experience, book, findings);
  check_groups_exist("/large_claims", book.large_claims, book, findings);
  check_experience(book, findings);
  note_unused(book, findings);
}

}  // namespace corridor
