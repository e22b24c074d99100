// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/employer/plan_design.hpp"

#include <algorithm>
#include <cmath>

#include "host/employer/book_columns.hpp"

namespace corridor {
namespace {

constexpr HsaLimits hsa_limits[] = {
    {2025, 1'650, 8'300, "Rev. Proc. 2024-25"},
    {2026, 1'700, 8'500, "Rev. Proc. 2025-19"},
};

Cents cents(double usd) { return static_cast<Cents>(std::nearbyint(usd * 100)); }
double usd(Cents amount) { return static_cast<double>(amount) / 100; }

std::string dollars(double amount) {
  std::string text = std::to_string(static_cast<long long>(std::nearbyint(amount * 100)));
  if (text.size() < 3) text.insert(0, 3 - text.size(), '0');
  return text.insert(text.size() - 2, ".");
}

[[noreturn]] void refuse(const std::string& dataset, const std::string& value,
                         const std::string& message, const std::string& fix,
                         const std::string& file) {
  Problem problem;
  problem.code = "E_PLAN_DESIGN";
  problem.file = file;
  problem.dataset = dataset;
  problem.value = value;
  problem.message = message;
  problem.fix = fix;
  throw Error(ErrorKind::bad_data, std::vector{problem});
}

/// Raises one amount above 0 that stands on plan-paid claims; infinite ones stay.
void raise(double& amount_usd, const DesignThresholds& design, const std::string& file,
           const std::string& dataset) {
  if (!std::isfinite(amount_usd)) return;
  const double paid_at_maximum = usd(design.maximum - design.out_of_pocket);
  if (amount_usd < paid_at_maximum) {
    refuse(dataset, dollars(amount_usd),
           "is below " + dollars(paid_at_maximum) +
               ", what the plan has paid when a member reaches the out-of-pocket maximum, so the "
               "member's share would still change above it",
           "Choose a higher deductible, or a plan design whose maximum is reached earlier", file);
  }
  amount_usd += usd(design.out_of_pocket);
}

}  // namespace

DesignThresholds design_thresholds(const PlanDesign& design) {
  DesignThresholds thresholds;
  thresholds.coinsurance = design.coinsurance;
  thresholds.deductible = cents(design.member_deductible_usd);
  thresholds.maximum = thresholds.out_of_pocket = thresholds.deductible;
  if (design.coinsurance > 0) {
    const double above = design.out_of_pocket_maximum_usd - design.member_deductible_usd;
    thresholds.maximum += cents(above / design.coinsurance);
    thresholds.out_of_pocket = cents(design.out_of_pocket_maximum_usd);
  }
  return thresholds;
}

Cents members_share(Cents below_deductible, Cents below_maximum, double coinsurance) {
  return below_deductible + share_of(below_maximum - below_deductible, coinsurance);
}

double members_share_usd(double below_deductible_usd, double below_maximum_usd,
                         double coinsurance) {
  return below_deductible_usd + coinsurance * (below_maximum_usd - below_deductible_usd);
}

void raise_contract(Portfolio& book, const DesignThresholds& design) {
  if (design.neutral()) return;
  if (std::isfinite(book.groups.number("specific_family_deductible_usd", 0, HUGE_VAL))) {
    refuse("/groups/specific_family_deductible_usd", "",
           "a family deductible adds up what the plan pays for several persons, which is not one "
           "threshold a person under a plan design",
           "Leave out the plan design, or the family deductible", book.path);
  }
  if (auto* deductible = doubles_of(book.groups, "specific_deductible_usd")) {
    raise(deductible->front(), design, book.path, "/groups/specific_deductible_usd");
  }
  if (auto* lasers = doubles_of(book.members, "laser_usd")) {
    for (double& laser : *lasers) raise(laser, design, book.path, "/members/laser_usd");
  }
  constexpr double total_claim = 2;
  if (auto* limit = doubles_of(book.groups, "specific_limit_usd");
      limit != nullptr && book.groups.number("specific_limit_basis", 0, 0) == total_claim) {
    raise(limit->front(), design, book.path, "/groups/specific_limit_usd");
  }
}

std::vector<double> raised_deductibles(const std::vector<double>& specific_usd,
                                       const DesignThresholds& design) {
  std::vector<double> raised = specific_usd;
  if (design.neutral()) return raised;
  for (double& deductible : raised) raise(deductible, design, "", "specific deductible");
  return raised;
}

void keep_claims_only(Portfolio& book) {
  for (const char* column :
       {"specific_limit_usd", "specific_limit_basis", "specific_reimbursement",
        "specific_family_deductible_usd", "aggregating_specific_usd", "asd_counts_lasers",
        "aggregate_corridor", "aggregate_attachment_usd", "aggregate_factor_usd",
        "aggregate_minimum_usd", "aggregate_minimum_first_month_pct",
        "aggregate_minimum_quoted_pct", "aggregate_reimbursement", "aggregate_limit_usd"}) {
    drop_column(book.groups, column);
  }
  constexpr std::uint8_t without_excluded = 16;
  for (Column& column : book.groups.columns) {
    if (column.name != "aggregate_counts") continue;
    if (auto* bits = std::get_if<std::vector<std::uint8_t>>(&column.values)) {
      for (std::uint8_t& value : *bits) value &= without_excluded;
    }
  }
}

void check_hsa(const PlanDesign& design, int policy_year, const std::string& source) {
  if (!design.hsa_qualified) return;
  const auto* limits = std::find_if(std::begin(hsa_limits), std::end(hsa_limits),
                                    [&](const HsaLimits& row) { return row.year == policy_year; });
  const std::string year = std::to_string(policy_year);
  if (limits == std::end(hsa_limits)) {
    refuse("plan_design.hsa_qualified", "true",
           "the limits of policy year " + year + " are not on record, only those of 2025 and 2026",
           "Check the plan by the year's own limits and leave hsa_qualified out", source);
  }
  if (design.member_deductible_usd < limits->least_deductible_usd) {
    refuse("plan_design.member_deductible_usd", dollars(design.member_deductible_usd),
           "is below " + dollars(limits->least_deductible_usd) +
               ", the least of an HSA-qualified " + year + " plan, self-only (" + limits->source +
               ")",
           "Raise it, or leave hsa_qualified out", source);
  }
  if (std::max(design.out_of_pocket_maximum_usd, design.member_deductible_usd) >
      limits->most_out_of_pocket_usd) {
    refuse("plan_design.out_of_pocket_maximum_usd", dollars(design.out_of_pocket_maximum_usd),
           "is above " + dollars(limits->most_out_of_pocket_usd) +
               ", the most of an HSA-qualified " + year + " plan, self-only (" + limits->source +
               ")",
           "Lower it, or leave hsa_qualified out", source);
  }
}

}  // namespace corridor
