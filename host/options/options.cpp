// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/options/options.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/options/accommodation.hpp"
#include "host/options/renewal.hpp"
#include "host/options/terminal.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

/// A column under way: NaN until a quote of a group with the option fills it in.
struct Draft {
  Draft(std::string name, std::string description, std::size_t rows)
      : column{std::move(name), "USD", std::move(description),
               std::vector<double>(rows, std::numeric_limits<double>::quiet_NaN())} {}

  double& operator[](std::size_t row) { return std::get<std::vector<double>>(column.values)[row]; }

  QuoteColumn column;
};

std::string two_digits(std::size_t month) {
  return (month < 10 ? "0" : "") + std::to_string(month);
}

bool any_group(const Portfolio& portfolio, bool (*asks)(const Portfolio&, std::size_t)) {
  for (std::size_t group = 0; group < portfolio.group_count(); ++group) {
    if (asks(portfolio, group)) return true;
  }
  return false;
}

/// Calls visit(job, its quotes) for the jobs of groups that ask for an option.
template <class Visit>
void each_asking_job(const OptionRun& run, bool (*asks)(const Portfolio&, std::size_t),
                     Visit visit) {
  const std::vector<std::vector<std::size_t>> quotes = quotes_of_jobs(run.plan);
  for (std::size_t job = 0; job < quotes.size(); ++job) {
    if (quotes[job].empty()) continue;
    if (asks(run.portfolio, run.plan.book->group_of_job[job])) visit(job, quotes[job]);
  }
}

void append(std::vector<Draft>& drafts, Quotes& quotes) {
  for (Draft& draft : drafts) quotes.columns.push_back(std::move(draft.column));
}

void add_accommodation(const Portfolio& book, const OptionRun& run, Quotes& quotes) {
  if (!any_group(book, has_accommodation)) return;
  constexpr std::size_t months = 12;
  const std::size_t figures = 1 + quotes.levels.size();
  std::vector<Draft> drafts;
  for (std::size_t month = 1; month <= months; ++month) {
    const std::string name = "advance_" + two_digits(month);
    const std::string end = " at the end of policy month " + std::to_string(month);
    drafts.emplace_back(name + "_mean_usd", "expected advance outstanding" + end, quotes.rows);
    for (const std::string& level : quotes.levels) {
      drafts.emplace_back(name + "_var_" + level + "_usd",
                          "percentile " + level + " of the advance outstanding" + end, quotes.rows);
    }
  }
  each_asking_job(run, has_accommodation,
                  [&](std::size_t job, const std::vector<std::size_t>& of_job) {
                    const auto advances = monthly_advances(run, job, of_job);
                    for (std::size_t i = 0; i < of_job.size(); ++i) {
                      if (!run.plan.quotes[of_job[i]].has_aggregate) continue;
                      for (std::size_t month = 0; month < advances[i].size(); ++month) {
                        const Advance& advance = advances[i][month];
                        drafts[month * figures][of_job[i]] = advance.mean_usd;
                        for (std::size_t l = 0; l < advance.percentile_usd.size(); ++l) {
                          drafts[month * figures + 1 + l][of_job[i]] = advance.percentile_usd[l];
                        }
                      }
                    }
                  });
  append(drafts, quotes);
}

double loaded(const Quotes& quotes, std::size_t row, double cost_usd) {
  return cost_usd / quotes.number("target_loss_ratio", row);
}

void add_terminal(const Portfolio& book, const OptionRun& run, Quotes& quotes) {
  if (!any_group(book, has_terminal_liability)) return;
  enum { attachment, exercised, exercised_se, added, added_se, cost, premium };
  std::vector<Draft> drafts;
  const auto declare = [&](const char* name, const char* description) {
    drafts.emplace_back(std::string("terminal_") + name, description, quotes.rows);
  };
  declare("attachment_usd", "attachment with three months' factors more");
  declare("exercised_mean_usd", "what the aggregate pays when terminal liability is exercised");
  declare("exercised_se_usd", "standard error of the same");
  declare("added_mean_usd", "what that exceeds the aggregate without the option");
  declare("added_se_usd", "standard error of the same");
  declare("cost_usd", "added payout times the probability of termination");
  declare("premium_usd", "cost over the target loss ratio");
  each_asking_job(run, has_terminal_liability,
                  [&](std::size_t job, const std::vector<std::size_t>& of_job) {
                    const auto results = terminal_liabilities(run, job, of_job);
                    for (std::size_t i = 0; i < of_job.size(); ++i) {
                      const std::size_t q = of_job[i];
                      if (!run.plan.quotes[q].has_aggregate) continue;
                      drafts[attachment][q] = results[i].attachment_usd;
                      drafts[exercised][q] = results[i].exercised.mean_usd;
                      drafts[exercised_se][q] = results[i].exercised.se_usd;
                      drafts[added][q] = results[i].added.mean_usd;
                      drafts[added_se][q] = results[i].added.se_usd;
                      drafts[cost][q] = results[i].cost_usd;
                      drafts[premium][q] = loaded(quotes, q, results[i].cost_usd);
                    }
                  });
  append(drafts, quotes);
}

void add_renewal(const Portfolio& book, const OptionRun& run, Quotes& quotes) {
  if (!any_group(book, has_renewal_promise)) return;
  enum { next_year, new_laser, cost, cost_se, premium };
  std::vector<Draft> drafts;
  const auto declare = [&](const char* name, const char* description) {
    drafts.emplace_back(std::string("renewal_") + name, description, quotes.rows);
  };
  declare("expected_usd", "expected specific of the next year, on claims as incurred");
  declare("new_laser_usd", "part of it that new lasers would leave with the employer");
  declare("promise_mean_usd", "expected cost of the group's renewal promises");
  declare("promise_se_usd", "standard error of the same");
  declare("promise_premium_usd", "cost of the promises over the target loss ratio");
  each_asking_job(run, has_renewal_promise,
                  [&](std::size_t job, const std::vector<std::size_t>& of_job) {
                    const auto promises = renewal_promises(run, job);
                    for (const std::size_t q : of_job) {
                      const QuoteKey& quote = run.plan.quotes[q];
                      if (!std::isfinite(quote.specific_deductible_usd)) continue;
                      const RenewalPromise& promise = promises[quote.row];
                      drafts[next_year][q] = promise.next_year_usd;
                      drafts[new_laser][q] = promise.new_laser_usd;
                      drafts[cost][q] = promise.cost.mean_usd;
                      drafts[cost_se][q] = promise.cost.se_usd;
                      drafts[premium][q] = loaded(quotes, q, promise.cost.mean_usd);
                    }
                  });
  append(drafts, quotes);
}

}  // namespace

bool has_options(const Portfolio& portfolio) {
  return any_group(portfolio, has_accommodation) || any_group(portfolio, has_terminal_liability) ||
         any_group(portfolio, has_renewal_promise);
}

void add_options(const Portfolio& book, const Portfolio& portfolio, const Plan& plan,
                 Backend& backend, Quotes& quotes) {
  const OptionRun run{portfolio, plan, backend, std::min(plan.options.years, option_years_most)};
  add_accommodation(book, run, quotes);
  add_terminal(book, run, quotes);
  add_renewal(book, run, quotes);
}

}  // namespace corridor
