// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/price.hpp"

#include <algorithm>
#include <cmath>

#include "corridor/error.hpp"
#include "host/price/columns.hpp"
#include "host/price/credibility.hpp"
#include "host/price/decimal_text.hpp"
#include "host/price/explain.hpp"
#include "host/price/group_facts.hpp"
#include "host/price/loads.hpp"
#include "host/price/premium.hpp"
#include "host/price/price_warnings.hpp"
#include "host/price/quote_row.hpp"
#include "host/price/target_se.hpp"

namespace corridor {
namespace {

/// A group's own commission must leave something for losses.
void check_commissions(const Portfolio& portfolio, const std::vector<GroupFacts>& groups,
                       const Premiums& premiums) {
  std::vector<Problem> problems;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (std::isnan(groups[g].commission)) continue;
    if (groups[g].commission >= 0 && premiums.least_loss_share(groups[g]) >= loss_share_least) {
      continue;
    }
    Problem problem;
    problem.code = "E_COMMISSION";
    problem.file = portfolio.path;
    problem.dataset = "/groups/commission";
    problem.row = g;
    problem.group = groups[g].group_id;
    problem.value = shortest(groups[g].commission);
    problem.message = "commission " + problem.value +
                      " is below 0 or leaves, with the other loads, "
                      "less than 0.05 of the premium for losses";
    problem.fix = "Give it as a fraction, 0.10 for ten percent, or lower the other loads";
    problems.push_back(std::move(problem));
  }
  if (!problems.empty()) throw Error(ErrorKind::bad_data, std::move(problems));
}

/// Every level of the run: those asked for and the capital level where a principle needs it.
std::vector<ShownLevel> shown_levels(const std::vector<Level>& levels) {
  std::vector<ShownLevel> shown;
  for (const Level& level : levels) shown.push_back({level.suffix(), shown.size()});
  return shown;
}

FigureLoss zeros(std::size_t level_count) {
  FigureLoss loss;
  loss.var_usd.assign(level_count, 0);
  loss.tvar_usd.assign(level_count, 0);
  loss.tvar_95.assign(level_count, {});
  return loss;
}

std::string cell_name(const QuoteRow& row, const char* figure) {
  return "group " + row.group->group_id + ", deductible " +
         plain(row.key->specific_deductible_usd) + ", " + figure;
}

/// A mean to be checked, and where it stands.
struct GateCell {
  std::size_t row;
  const char* figure;
  CheckedMean mean;
};

/// Means that an aggregating specific or an attachment makes of a group's total.
CheckedMean mean_of_total(const Cell& cell, double largest_usd) {
  const bool exact = cell.loss->source == FigureSource::exact;
  return {cell.loss, exact ? cell.exact_usd : std::nan(""), largest_usd,
          exact ? cell.loss->probability : 0};
}

/// Every mean with an exact one, once: rows that differ by their corridor share all but the
/// aggregate's.
std::vector<GateCell> gate_cells(const std::vector<QuoteRow>& rows, double largest_usd) {
  std::vector<GateCell> cells;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const QuoteRow& row = rows[r];
    const double retained = largest_retained_usd(row, largest_usd);
    const double specific = largest_usd - std::min(largest_usd, row.key->specific_deductible_usd);
    if (row.key->has_aggregate) {
      cells.push_back({r, "aggregate", mean_of_total(row.aggregate, retained)});
    }
    if (row.key->attachment != 0) continue;
    cells.push_back({r, "retained", {row.retained.loss, row.retained.exact_usd, retained}});
    cells.push_back({r,
                     "specific_before_asd",
                     {row.specific_before_asd.loss, row.specific_before_asd.exact_usd, specific}});
    if (row.group->aggregating_specific_usd > 0) {
      cells.push_back({r, "specific", mean_of_total(row.specific, specific)});
    }
  }
  return cells;
}

CredibilityGate gate_of(std::vector<QuoteRow>& rows, double largest_usd) {
  const std::vector<GateCell> cells = gate_cells(rows, largest_usd);
  std::vector<CheckedMean> means;
  for (const GateCell& cell : cells) means.push_back(cell.mean);
  GateResult result = check_means(means);
  for (const GateFailure& failure : result.failures) {
    const GateCell& cell = cells[failure.cell];
    QuoteRow& row = rows[cell.row];
    result.gate.failures.push_back(cell_name(row, cell.figure) + ": " + failure.reason);
    if (std::find(row.flags.begin(), row.flags.end(), "GATE_FAILED") == row.flags.end()) {
      row.flags.emplace_back("GATE_FAILED");
    }
  }
  return result.gate;
}

const char* method_name(Method method) {
  switch (method) {
    case Method::both:
      return "both";
    case Method::exact:
      return "exact";
    case Method::simulate:
      return "simulate";
  }
  return "";
}

RunFacts facts_of(const Portfolio& portfolio, const Plan& plan, const Quotes& quotes,
                  const PricingBasis& basis) {
  RunFacts facts;
  facts.seed = plan.options.seed;
  facts.years = plan.options.years;
  facts.member_years = plan.member_years;
  facts.input_path = portfolio.path;
  facts.input_digest = portfolio.digest;
  facts.table_digest = plan.table_digest;
  const auto joined = [](const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ",") + part;
    return text;
  };
  facts.settings = described(basis);
  facts.settings.push_back({"principles", joined(quotes.principles)});
  facts.settings.push_back({"levels", joined(quotes.levels)});
  facts.settings.push_back({"method", method_name(plan.options.method)});
  if (plan.options.target_se > 0) {
    facts.settings.push_back({"target_se", shortest(plan.options.target_se)});
    facts.settings.push_back({"max_years", std::to_string(plan.options.max_years)});
  }
  return facts;
}

}  // namespace

Quotes price(const Portfolio& portfolio, const Plan& plan, const Losses& losses,
             const PricingBasis& basis, const ExperienceMeans& means) {
  const std::vector<GroupFacts> groups = group_facts(portfolio);
  const std::vector<GroupExperience> experience =
      group_experience(portfolio, groups, means, basis.credibility_life_years);
  const Premiums premiums(plan.options.principles, basis, losses.levels);
  check_commissions(portfolio, groups, premiums);
  const FigureLoss no_cover = zeros(losses.levels.size());
  const RowSources sources{
      plan,
      losses,
      groups,
      experience,
      relativity_or(portfolio.quote_specific_relativity, default_specific_relativity),
      relativity_or(portfolio.quote_factor_relativity, default_factor_relativity),
      premiums,
      no_cover,
      largest_claim_usd(portfolio)};

  std::vector<QuoteRow> rows;
  rows.reserve(plan.quotes.size());
  for (const QuoteKey& key : plan.quotes) rows.push_back(quote_row(key, sources));

  Quotes quotes;
  quotes.rows = rows.size();
  quotes.warnings = portfolio.warnings;
  quotes.warnings.insert(quotes.warnings.end(), plan.warnings.begin(), plan.warnings.end());
  quotes.gate = gate_of(rows, largest_claim_usd(portfolio));
  const std::vector<ShownLevel> levels = shown_levels(losses.levels);
  for (const ShownLevel& level : levels) quotes.levels.push_back(level.suffix);
  for (const Principle* principle : premiums.principles()) {
    quotes.principles.emplace_back(principle->name);
  }
  if (plan.options.target_se > 0) {
    quotes.target = report_target(portfolio, plan.options, rows, quotes.warnings);
  }
  quotes.columns = quote_columns(rows, levels, quotes.principles, plan.options.target_se);
  if (!plan.options.explain_group.empty()) {
    quotes.explanation = explained(rows, premiums, plan);
  }
  append_price_warnings(portfolio, rows, quotes.warnings);
  quotes.run = facts_of(portfolio, plan, quotes, basis);
  return quotes;
}

}  // namespace corridor
