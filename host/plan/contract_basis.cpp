// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/contract_basis.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "host/plan/effects.hpp"

namespace corridor {
namespace {

constexpr int year_months = months_per_year;
constexpr double default_persistence = 0.18;  // MEPS: 14 to 20% of the top percent stay there
constexpr double persistence_unit = 65536;

Windows windows_of(const Portfolio& portfolio, std::size_t group, double run_in, double run_out) {
  const Table& groups = portfolio.groups;
  const double since = groups.number("months_since_original_effective", group, 255);
  Windows windows;
  windows.run_in = static_cast<int>(std::min(run_in, since));
  windows.run_out = static_cast<int>(run_out);
  windows.policy_months = static_cast<int>(groups.number("policy_months", group, year_months));
  windows.run_in_limit_usd = groups.number("run_in_limit_person_usd", group, HUGE_VAL);
  return windows;
}

/// Share paid by the end of `months` months after the month of incurral.
double paid_by(const std::vector<double>& curve, int months) {
  if (months < 0) return 0;
  const auto at = static_cast<std::size_t>(months);
  return at < curve.size() ? curve[at] : 1;
}

/// Years before the policy's with claims that may still be unpaid when it begins.
int years_reached(const Windows& windows, const Lag& lag) {
  const int months = std::min(windows.run_in, static_cast<int>(lag.months()));
  return (months + year_months - 1) / year_months;
}

/// Part of the shares of a year's months that every claim gets, whenever its own month.
double spread_share(const Lag& lag, const std::array<double, months_per_year>& share) {
  double mean = 0;
  for (std::size_t month = 0; month < months_per_year; ++month) {
    mean += lag.month_slots[month] * share[month];
  }
  return mean / month_slots;
}

std::array<double, months_per_year> shares_of(const Windows& windows, const Lag& lag,
                                              const std::vector<double>& curve, int back) {
  std::array<double, months_per_year> share{};
  for (int month = 0; month < year_months; ++month) {
    share[static_cast<std::size_t>(month)] = paid_share_of(windows, curve, back, month);
  }
  const double mean = spread_share(lag, share);
  for (double& value : share) value = lag.spread * mean + (1 - lag.spread) * value;
  return share;
}

/// Below this part of the small claims' share, eligible dollars would fall as claims rise.
constexpr double large_share_least = 0.4;

PaidShares year_shares(const Windows& windows, const Lag& lag, int back) {
  const auto small = shares_of(windows, lag, lag.paid_small, back);
  const auto large = shares_of(windows, lag, lag.paid_large, back);
  PaidShares shares{};
  for (std::size_t month = 0; month < months_per_year; ++month) {
    shares.small[month] = static_cast<float>(small[month]);
    const double kept = std::max(large[month], large_share_least * small[month]);
    shares.large_less_small[month] = static_cast<float>(kept - small[month]);
  }
  return shares;
}

/// Walker's alias method in whole slots: the cell with the fewest slots left, which never has more
/// than a cell takes, keeps them and is topped up from the one with the most.
MonthTable month_table(const std::array<int, months_per_year>& month_slots_of) {
  constexpr int cell = slots_per_cell, filled = month_slots + 1;
  std::array<int, month_cells> left{};
  std::copy(month_slots_of.begin(), month_slots_of.end(), left.begin());
  std::array<int, month_cells> open = left;  // those of filled cells stand above all others
  MonthTable table{};
  for (std::uint32_t i = 0; i < month_cells; ++i) {
    const auto c =
        static_cast<std::size_t>(std::min_element(open.begin(), open.end()) - open.begin());
    const auto most =
        static_cast<std::size_t>(std::max_element(left.begin(), left.end()) - left.begin());
    table.cut[c] = static_cast<std::uint32_t>(left[c]);
    table.other[c] = static_cast<std::uint32_t>(most);
    if (most != c) {
      left[most] -= cell - left[c];
      open[most] = left[most];
    }
    left[c] = 0;
    open[c] = filled;
  }
  return table;
}

bool takes_everything(const Basis& basis) {
  if (basis.prior_years > 0) return false;
  for (std::size_t month = 0; month < months_per_year; ++month) {
    if (basis.shares[0].small[month] != 1 || basis.shares[0].large_less_small[month] != 0) {
      return false;
    }
  }
  return true;
}

/// Effects on frequency thin the years before the policy as well, and no closed form is at hand.
bool thins_run_in(const Portfolio& portfolio, std::size_t group, const Windows& windows,
                  const Lag& lag) {
  if (years_reached(windows, lag) == 0) return false;
  const EffectModel model = group_effect_model(portfolio, group);
  return model.group_moves_frequency() || model.has_pandemic();
}

Problem problem_of(const Portfolio& portfolio, std::size_t group, std::string code,
                   std::string column, std::string value) {
  Problem problem;
  problem.code = std::move(code);
  problem.file = portfolio.path;
  problem.dataset = "/groups/" + column;
  problem.row = group;
  problem.group = portfolio.groups.text("group_id", group);
  problem.value = std::move(value);
  return problem;
}

std::string number_text(double number) {
  std::ostringstream text;
  text << number;
  return text.str();
}

Problem thinned_run_in(const Portfolio& portfolio, std::size_t group) {
  if (!group_effect_model(portfolio, group).group_moves_frequency()) {
    Problem problem = problem_of(portfolio, group, "E_NOT_PRICED", "run_in_months",
                                 number_text(portfolio.groups.number("run_in_months", group, 0)));
    problem.message =
        "a pandemic (/market@pandemic_probability) is not priced together with run-in claims";
    problem.fix = "Give the group no run-in, or set pandemic_probability to 0";
    return problem;
  }
  Problem problem =
      problem_of(portfolio, group, "E_NOT_PRICED", "effect_frequency_share",
                 number_text(portfolio.groups.number("effect_frequency_share", group, 0)));
  problem.message = "a group effect on frequency is not priced together with run-in claims";
  problem.fix = "Set it to 0: the effect then acts on the size of claims";
  return problem;
}

std::string months_text(int months) {
  return months == Windows::without_end ? "no end" : std::to_string(months);
}

}  // namespace

Windows specific_windows(const Portfolio& portfolio, std::size_t group) {
  const Table& groups = portfolio.groups;
  return windows_of(portfolio, group, groups.number("run_in_months", group, 0),
                    groups.number("run_out_months", group, Windows::without_end));
}

Windows aggregate_windows(const Portfolio& portfolio, std::size_t group) {
  const Table& groups = portfolio.groups;
  const double run_in = groups.number("run_in_months", group, 0);
  const double run_out = groups.number("run_out_months", group, Windows::without_end);
  return windows_of(portfolio, group, groups.number("aggregate_run_in_months", group, run_in),
                    groups.number("aggregate_run_out_months", group, run_out));
}

Windows mature(Windows windows) {
  windows.run_in = 0;
  windows.run_out = Windows::without_end;
  windows.run_in_limit_usd = HUGE_VAL;
  return windows;
}

Windows paid_through(Windows windows, int month) {
  windows.run_out = month - windows.policy_months;
  return windows;
}

YearLink year_link_of(const Portfolio& portfolio) {
  return {portfolio.market_value("trend", 0),
          portfolio.market_value("persistence", default_persistence)};
}

double paid_share_of(const Windows& windows, const std::vector<double>& curve, int back,
                     int month) {
  const int incurred = month + 1 - back * year_months;  // the policy's first month is 1
  if (incurred > windows.policy_months || incurred < 1 - windows.run_in) return 0;
  const double before = paid_by(curve, 0 - incurred);
  if (windows.run_out == Windows::without_end) return 1 - before;
  return paid_by(curve, windows.policy_months + windows.run_out - incurred) - before;
}

std::optional<Basis> make_basis(const Windows& windows, const Lag& lag, const YearLink& link) {
  Basis basis;
  basis.months = month_table(lag.month_slots);
  basis.prior_years = static_cast<std::uint32_t>(years_reached(windows, lag));
  basis.persistence = static_cast<std::uint32_t>(std::lround(link.persistence * persistence_unit));
  basis.run_in_limit_usd = static_cast<float>(windows.run_in_limit_usd);
  for (std::uint32_t back = 0; back <= basis.prior_years; ++back) {
    basis.shares[back] = year_shares(windows, lag, static_cast<int>(back));
    basis.relative_scale[back] = static_cast<float>(std::pow(1 + link.trend, -double{1} * back));
  }
  if (takes_everything(basis)) return std::nullopt;
  return basis;
}

BasisList::BasisList(const Portfolio& portfolio, std::deque<Basis>& store)
    : lag_(lag_of(portfolio)), link_(year_link_of(portfolio)), store_(store) {}

const Basis* BasisList::of(const Windows& windows) {
  const auto [place, is_new] = made_.try_emplace(windows, nullptr);
  if (!is_new) return place->second;
  const std::optional<Basis> basis = make_basis(windows, lag_, link_);
  if (basis) place->second = &store_.emplace_back(*basis);
  return place->second;
}

std::string basis_name(const Windows& windows) {
  const std::string length = std::to_string(windows.policy_months);
  if (windows.run_in == Windows::without_end && windows.run_out == 0) return "paid";
  if (windows.run_in == 0 && windows.run_out == Windows::without_end) return "incurred";
  const bool endless = windows.run_out == Windows::without_end;
  return (windows.run_in == Windows::without_end
              ? "all"
              : std::to_string(windows.policy_months + windows.run_in)) +
         "/" + (endless ? "all" : std::to_string(windows.policy_months + windows.run_out));
}

std::vector<Problem> window_problems(const Portfolio& portfolio) {
  const Lag lag = lag_of(portfolio);
  std::vector<Problem> problems;
  for (std::size_t group = 0; group < portfolio.group_count(); ++group) {
    for (const Windows& windows :
         {specific_windows(portfolio, group), aggregate_windows(portfolio, group)}) {
      if (thins_run_in(portfolio, group, windows, lag)) {
        problems.push_back(thinned_run_in(portfolio, group));
        break;
      }
      if (years_reached(windows, lag) < static_cast<int>(basis_years_max)) continue;
      problems.push_back(
          problem_of(portfolio, group, "E_RUN_IN", "run_in_months", months_text(windows.run_in)));
      problems.back().message = "with a lag of " + std::to_string(lag.months()) +
                                " months the run-in reaches claims of more than three years "
                                "before the policy";
      problems.back().fix = "Give a run-in of at most 36 months, or a lag curve of at most 37";
      break;
    }
  }
  return problems;
}

}  // namespace corridor
