// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include "corridor/portfolio.hpp"
#include "host/plan/lag.hpp"
#include "kernels/lane/basis.hpp"

namespace corridor {

/// The windows of a cover, in months. The policy's year is months 1 to 12; claims incurred from
/// month 1 - run_in to policy_months and paid from month 1 to policy_months + run_out are eligible.
struct Windows {
  static constexpr int without_end = 255;

  int run_in = 0;
  int run_out = without_end;
  int policy_months = 12;
  double run_in_limit_usd = 0;  ///< a person's; infinite for none

  auto operator<=>(const Windows&) const = default;
};

/// The windows of a group's specific and aggregate. "Paid" reaches back to the first policy only:
/// run-in is at most the months since the original effective date.
Windows specific_windows(const Portfolio& portfolio, std::size_t group);
Windows aggregate_windows(const Portfolio& portfolio, std::size_t group);

/// A mature contract of the same length: incurred in the policy's months, paid whenever.
Windows mature(Windows windows);

/// The windows as they stand at the end of a policy month, 1 up: nothing is paid later.
Windows paid_through(Windows windows, int month);

/// How claims of years before the policy relate to the policy's.
struct YearLink {
  double trend = 0;        ///< claims of the year before are lower by 1 + trend
  double persistence = 0;  ///< chance that a person's year repeats
};
YearLink year_link_of(const Portfolio& portfolio);

/// The lane's basis for the windows, or none where every claim of the year is eligible.
/// Expects windows and a lag that reach back at most three years: check_windows says which do not.
std::optional<Basis> make_basis(const Windows& windows, const Lag& lag, const YearLink& link);

/// The distinct bases of a book, made as they are asked for.
class BasisList {
 public:
  /// Keeps the bases in `store`, whose elements must not move.
  BasisList(const Portfolio& portfolio, std::deque<Basis>& store);

  /// nullptr where every claim of the year is eligible.
  const Basis* of(const Windows& windows);

 private:
  Lag lag_;
  YearLink link_;
  std::deque<Basis>& store_;
  std::map<Windows, const Basis*> made_;
};

/// Share of a claim of `curve` incurred in month `month` (0 to 11) of the year `back` years before
/// the policy's that is paid inside the windows, 0 where the month is outside.
double paid_share_of(const Windows& windows, const std::vector<double>& curve, int back, int month);

/// "12/15", "24/12", "paid", "incurred": as the field names a basis.
std::string basis_name(const Windows& windows);

/// Problems of windows that reach back further than three years.
std::vector<Problem> window_problems(const Portfolio& portfolio);

}  // namespace corridor
