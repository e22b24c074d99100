// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/target_se.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/price/decimal_text.hpp"

namespace corridor {
namespace {

constexpr std::uint64_t growth_most = 16;  // a step from few hits may ask for far too much
constexpr std::uint32_t step_parts = 5;

double years_for_target(const Cell& cell, double target_se) {
  const FigureLoss& loss = *cell.loss;
  if (loss.source != FigureSource::simulated) return 0;
  if (loss.hits == 0) return std::numeric_limits<double>::infinity();
  const double ratio = loss.se_usd / (target_se * loss.mean_usd);
  return static_cast<double>(loss.years) * ratio * ratio;
}

bool is_reached(const QuoteRow& row, double target_se) {
  return years_for_target(row, target_se) <= static_cast<double>(row.retained.loss->years);
}

}  // namespace

double years_for_target(const QuoteRow& row, double target_se) {
  double years = 0;
  if (has_specific(*row.key) && row.specific_before_asd.exact_usd != 0) {
    years = years_for_target(row.specific, target_se);
  }
  if (!row.key->has_aggregate) return years;
  return std::max(
      {years, years_for_target(row.aggregate, target_se), years_for_target(row.total, target_se)});
}

std::vector<double> years_for_target(const Portfolio& portfolio, const Plan& plan,
                                     const Losses& losses) {
  const std::vector<GroupFacts> groups = group_facts(portfolio);
  const FigureLoss no_cover;
  std::vector<double> years(groups.size(), 0);
  for (const QuoteKey& key : plan.quotes) {
    const QuoteRow row = covered_row(key, plan, losses, groups, no_cover);
    double& most = years[key.group];
    most = std::max(most, years_for_target(row, plan.options.target_se));
  }
  return years;
}

std::uint32_t next_years(std::uint32_t simulated, double needed, std::uint32_t most) {
  const double wanted = std::min(needed, double{growth_most} * simulated);
  std::uint64_t years = simulated;
  while (static_cast<double>(years) < wanted && years < most) years += years / step_parts + 1;
  return std::max(simulated, static_cast<std::uint32_t>(std::min<std::uint64_t>(years, most)));
}

void TargetCount::add(std::span<QuoteRow> rows) {
  for (QuoteRow& row : rows) {
    if (is_reached(row, report_.target_se)) {
      ++report_.reached;
      continue;
    }
    row.flags.emplace_back("TARGET_SE_NOT_REACHED");
    const double years = years_for_target(row, report_.target_se);
    if (missed_++ > 0 && years <= report_.years_most) continue;
    report_.years_most = years;
    longest_ = {row.group->group_id, row.key->specific_deductible_usd,
                row.key->aggregate_attachment_usd, row.key->has_aggregate,
                row.retained.loss->years};
  }
}

void TargetCount::append_warning(const Portfolio& portfolio,
                                 std::vector<Problem>& warnings) const {
  if (missed_ == 0) return;
  const double years = report_.years_most;
  Problem problem;
  problem.severity = Problem::Severity::warning;
  problem.code = "W_TARGET_SE";
  problem.file = portfolio.path;
  problem.group = longest_.group_id;
  problem.value = std::isinf(years) ? "no payout yet" : plain(std::ceil(years));
  const std::string simulated = plain(static_cast<double>(longest_.years));
  problem.message =
      std::to_string(missed_) + (missed_ == 1 ? " quote has" : " quotes have") +
      " a mean with a standard error above " + shortest(report_.target_se) +
      " of it; the longest, deductible " + plain(longest_.deductible_usd) +
      (longest_.has_aggregate ? ", attachment " + plain(longest_.attachment_usd) : std::string()) +
      (std::isinf(years) ? ", has not paid in " + simulated + " years"
                         : ", would take some " + problem.value + " years, not " + simulated);
  problem.fix = "Raise --max-years or --memory-limit, or ask for less with --target-se";
  warnings.push_back(std::move(problem));
}

}  // namespace corridor
