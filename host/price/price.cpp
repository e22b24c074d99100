// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/price.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>

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
#include "host/rows/growing_rows.hpp"

namespace corridor {
namespace {

/// A group's own commission must leave something for losses.
void check_commissions(const Portfolio& portfolio, const std::vector<GroupFacts>& groups,
                       std::size_t first_group, const Premiums& premiums) {
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
    problem.row = first_group + g;
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

/// Means that an aggregating specific or an attachment makes of a group's total.
CheckedMean mean_of_total(const Cell& cell, double largest_usd) {
  const bool exact = cell.loss->source == FigureSource::exact;
  return {cell.loss, exact ? cell.exact_usd : std::nan(""), largest_usd,
          exact ? cell.loss->probability : 0};
}

/// Every mean with an exact one, once: rows that differ by their corridor share all but the
/// aggregate's. Calls visit(figure, mean).
template <class Visit>
void each_checked_mean(const QuoteRow& row, double largest_usd, const Visit& visit) {
  const double retained = largest_retained_usd(row, largest_usd);
  const double specific = largest_usd - std::min(largest_usd, row.key->specific_deductible_usd);
  if (row.key->has_aggregate) visit("aggregate", mean_of_total(row.aggregate, retained));
  if (row.key->attachment != 0) return;
  visit("retained", CheckedMean{row.retained.loss, row.retained.exact_usd, retained});
  visit("specific_before_asd",
        CheckedMean{row.specific_before_asd.loss, row.specific_before_asd.exact_usd, specific});
  if (row.group->aggregating_specific_usd > 0) {
    visit("specific", mean_of_total(row.specific, specific));
  }
}

/// The gate over rows that come in parts. Keeps names only of means that could still fail.
class BookGate {
 public:
  explicit BookGate(double largest_usd) : largest_usd_(largest_usd) {}

  void add(const std::vector<QuoteRow>& rows) {
    for (const QuoteRow& row : rows) {
      each_checked_mean(row, largest_usd_, [&](const char* figure, const CheckedMean& mean) {
        if (check_.add(mean)) doubtful_[means_] = {rows_, figure};
        ++means_;
      });
      ++rows_;
    }
  }

  /// Flags the rows of cells that fail.
  CredibilityGate judged(GrowingRows& rows, std::optional<Explanation>& explanation) const {
    GateResult result = check_.result();
    for (const GateFailure& failure : result.failures) {
      const Cell& cell = doubtful_.at(failure.cell);
      result.gate.failures.push_back(name_of(rows, cell) + ": " + failure.reason);
      flag(rows, cell.row, explanation);
    }
    return result.gate;
  }

 private:
  struct Cell {
    std::size_t row = 0;
    const char* figure = "";
  };

  static std::string name_of(const GrowingRows& rows, const Cell& cell) {
    return "group " + rows.text("group_id", cell.row) + ", deductible " +
           plain(rows.number("specific_deductible_usd", cell.row)) + ", " + cell.figure;
  }

  static void flag(GrowingRows& rows, std::size_t row, std::optional<Explanation>& explanation) {
    constexpr const char* name = "GATE_FAILED";
    std::string flags = rows.text("flags", row);
    if (flags.ends_with(name)) return;
    flags += (flags.empty() ? "" : ";") + std::string(name);
    rows.replace("flags", row, std::move(flags));
    if (explanation) explanation->options.at(row).flags.emplace_back(name);
  }

  double largest_usd_;
  GateCheck check_;
  std::map<std::size_t, Cell> doubtful_;  ///< by number of the mean
  std::size_t means_ = 0, rows_ = 0;
};

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

RunFacts facts_of(const Portfolio& book, const RunOptions& options, const Quotes& quotes,
                  const PricingBasis& basis) {
  RunFacts facts;
  facts.seed = options.seed;
  facts.years = options.years;
  facts.input_path = book.path;
  facts.input_digest = book.digest;
  const auto joined = [](const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ",") + part;
    return text;
  };
  facts.settings = described(basis);
  facts.settings.push_back({"principles", joined(quotes.principles)});
  facts.settings.push_back({"levels", joined(quotes.levels)});
  facts.settings.push_back({"method", method_name(options.method)});
  if (options.target_se > 0) {
    facts.settings.push_back({"target_se", shortest(options.target_se)});
    facts.settings.push_back({"max_years", std::to_string(options.max_years)});
  }
  return facts;
}

/// Groups whose quotes are being priced.
struct SliceFacts {
  const Portfolio& portfolio;
  const Plan& plan;
  std::vector<GroupFacts> groups;
  std::vector<GroupExperience> experience;
  std::size_t priced = 0;  ///< quotes of the plan so far
};

}  // namespace

struct BookPricer::State {
  State(const Portfolio& of_book, RunOptions of, PricingBasis on, const std::vector<Level>& asked)
      : book(of_book),
        options(std::move(of)),
        basis(std::move(on)),
        premiums(options.principles, basis, asked),
        largest_usd(largest_claim_usd(book)),
        levels(shown_levels(asked)),
        no_cover(zeros(levels.size())),
        gate(largest_usd),
        target(options.target_se, options.max_years),
        warnings(book),
        all_rows(quotes, options.rows_in_file) {
    for (const ShownLevel& level : levels) quotes.levels.push_back(level.suffix);
    for (const Principle* principle : premiums.principles()) {
      quotes.principles.emplace_back(principle->name);
    }
  }

  std::vector<QuoteRow> next_rows(std::size_t count, const Losses& losses) {
    const RowSources sources{
        slice->plan,
        losses,
        slice->groups,
        slice->experience,
        relativity_or(book.quote_specific_relativity, default_specific_relativity),
        relativity_or(book.quote_factor_relativity, default_factor_relativity),
        premiums,
        no_cover,
        largest_usd};
    std::vector<QuoteRow> rows;
    rows.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      rows.push_back(quote_row(slice->plan.quotes.at(slice->priced++), sources));
    }
    return rows;
  }

  const Portfolio& book;
  RunOptions options;
  PricingBasis basis;
  std::optional<SliceFacts> slice;
  std::vector<Problem> of_plans;  ///< warnings of the slices so far
  std::string table_digest;
  std::uint64_t member_years = 0;
  Premiums premiums;
  double largest_usd;
  std::vector<ShownLevel> levels;
  FigureLoss no_cover;
  BookGate gate;
  TargetCount target;
  PriceWarnings warnings;
  Quotes quotes;
  GrowingRows all_rows;
};

BookPricer::BookPricer(const Portfolio& book, const RunOptions& options, const PricingBasis& basis,
                       const std::vector<Level>& levels)
    : state_(std::make_unique<State>(book, options, basis, levels)) {}

BookPricer::~BookPricer() = default;

void BookPricer::check(const Portfolio& portfolio, std::size_t first_group) const {
  check_commissions(portfolio, group_facts(portfolio), first_group, state_->premiums);
}

void BookPricer::begin(const Portfolio& portfolio, const Plan& plan,
                       const ExperienceMeans& experience) {
  State& state = *state_;
  std::vector<GroupFacts> groups = group_facts(portfolio);
  std::vector<GroupExperience> own =
      group_experience(portfolio, groups, experience, state.basis.credibility_life_years);
  state.slice.emplace(portfolio, plan, std::move(groups), std::move(own));
  state.of_plans.insert(state.of_plans.end(), plan.warnings.begin(), plan.warnings.end());
  state.table_digest = plan.table_digest;
  state.member_years += plan.member_years;
}

void BookPricer::add(std::size_t count, const Losses& losses, std::vector<QuoteColumn> studies) {
  State& state = *state_;
  std::vector<QuoteRow> rows = state.next_rows(count, losses);
  state.gate.add(rows);
  if (state.options.target_se > 0) state.target.add(rows);
  state.warnings.add(rows);
  std::vector<QuoteColumn> columns =
      quote_columns(rows, state.levels, state.quotes.principles, state.options.target_se);
  std::move(studies.begin(), studies.end(), std::back_inserter(columns));
  const Plan& plan = state.slice->plan;
  if (!state.options.explain_group.empty()) {
    state.quotes.explanation = explained(rows, state.premiums, plan);
  }
  state.all_rows.add(std::move(columns), plan.quotes.size());
}

Quotes BookPricer::finish(const std::vector<Problem>& warnings) {
  State& state = *state_;
  Quotes& quotes = state.quotes;
  quotes.warnings = state.book.warnings;
  quotes.warnings.insert(quotes.warnings.end(), warnings.begin(), warnings.end());
  quotes.warnings.insert(quotes.warnings.end(), state.of_plans.begin(), state.of_plans.end());
  quotes.gate = state.gate.judged(state.all_rows, quotes.explanation);
  if (state.options.target_se > 0) {
    quotes.target = state.target.report();
    state.target.append_warning(state.book, quotes.warnings);
  }
  state.warnings.append_to(quotes.warnings);
  quotes.run = facts_of(state.book, state.options, quotes, state.basis);
  quotes.run.table_digest = state.table_digest;
  quotes.run.member_years = state.member_years;
  return std::move(quotes);
}

Quotes price(const Portfolio& portfolio, const Plan& plan, const Losses& losses,
             const PricingBasis& basis, const ExperienceMeans& means) {
  BookPricer pricer(portfolio, plan.options, basis, losses.levels);
  pricer.check(portfolio);
  pricer.begin(portfolio, plan, means);
  pricer.add(plan.quotes.size(), losses);
  return pricer.finish();
}

}  // namespace corridor
