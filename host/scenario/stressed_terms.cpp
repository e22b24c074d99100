// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "host/scenario/column_edit.hpp"
#include "host/scenario/stressed_parts.hpp"

namespace corridor {
namespace {

/// The limit's basis that counts the whole claim, retention included.
constexpr double total_claim = 2;

/// Gives every group with a specific a value of its own.
void set_of_specifics(Portfolio& portfolio, std::string_view column, double neutral, double value) {
  std::vector<double>& values = f64_column(portfolio.groups, column, neutral);
  for (std::size_t group = 0; group < values.size(); ++group) {
    const double deductible = portfolio.groups.number("specific_deductible_usd", group, HUGE_VAL);
    if (std::isfinite(deductible)) values[group] = value;
  }
}

void multiply(Table& groups, std::string_view column, double factor) {
  std::vector<double>* values = find_f64(groups, column);
  if (values == nullptr) return;
  for (double& value : *values) value *= factor;  // infinite and absent ones stay so
}

void set_deductibles(const TermChanges& terms, Portfolio& portfolio) {
  if (terms.specific_deductible_usd) {
    set_of_specifics(portfolio, "specific_deductible_usd", HUGE_VAL,
                     *terms.specific_deductible_usd);
  }
  if (terms.specific_deductible_factor != 1) {
    multiply(portfolio.groups, "specific_deductible_usd", terms.specific_deductible_factor);
  }
}

void refuse_empty_limits(const Stress& stress, const Portfolio& portfolio) {
  std::vector<Problem> problems;
  const Table& groups = portfolio.groups;
  for (std::size_t group = 0; group < portfolio.group_count(); ++group) {
    const double deductible = groups.number("specific_deductible_usd", group, HUGE_VAL);
    const double limit = groups.number("specific_limit_usd", group, HUGE_VAL);
    if (groups.number("specific_limit_basis", group, 0) != total_claim) continue;
    if (!std::isfinite(deductible) || !(limit <= deductible)) continue;
    Problem problem;
    problem.code = "E_LIMIT";
    problem.file = stress.file;
    problem.dataset = "terms";
    problem.group = groups.text("group_id", group);
    problem.message =
        "the group's limit counts the whole claim and would not be above its specific "
        "deductible, so the cover would pay nothing";
    problem.fix = "Lower the deductible of the stress";
    problems.push_back(std::move(problem));
  }
  if (!problems.empty()) throw Error(ErrorKind::bad_data, std::move(problems));
}

/// The base run's attachments, whatever expected claims become.
void fix_attachments(const BaseFacts& facts, double factor, Table& groups) {
  for (const char* column : {"aggregate_corridor", "aggregate_factor_usd", "aggregate_minimum_usd",
                             "aggregate_minimum_first_month_pct", "aggregate_minimum_quoted_pct"}) {
    remove_column(groups, column);
  }
  std::vector<double>& attachment = f64_column(groups, "aggregate_attachment_usd", NAN);
  attachment = facts.aggregate_attachment_usd;
  if (factor == 1) return;
  for (double& usd : attachment) usd *= factor;
}

void scale_attachments(double factor, Table& groups) {
  for (const char* column : {"aggregate_corridor", "aggregate_factor_usd", "aggregate_minimum_usd",
                             "aggregate_attachment_usd"}) {
    multiply(groups, column, factor);
  }
}

}  // namespace

void stress_terms(const Stress& stress, const BaseFacts& facts, Portfolio& portfolio) {
  const TermChanges& terms = stress.terms;
  set_deductibles(terms, portfolio);
  if (terms.specific_reimbursement) {
    set_of_specifics(portfolio, "specific_reimbursement", 1, *terms.specific_reimbursement);
  }
  if (terms.aggregating_specific_usd) {
    set_of_specifics(portfolio, "aggregating_specific_usd", 0, *terms.aggregating_specific_usd);
  }
  refuse_empty_limits(stress, portfolio);
  const double factor = terms.aggregate_attachment_factor;
  if (!stress.reprice) return fix_attachments(facts, factor, portfolio.groups);
  if (factor != 1) scale_attachments(factor, portfolio.groups);
}

}  // namespace corridor
