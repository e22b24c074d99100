// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/risk/contribution_years.hpp"

#include <algorithm>
#include <cmath>

#include "host/risk/exact_sums.hpp"
#include "host/risk/risk.hpp"

namespace corridor {
namespace {

constexpr std::uint64_t near_least = 5, near_most = 250, near_part = 10;

/// All years between VaR and a bound, and the first so many of those at the bound.
struct Nearest {
  Cents bound = 0;
  std::uint64_t at_bound = 0;
};

/// VaR and how the years lie about it.
struct Cut {
  Cents value_at_risk = 0;
  std::uint64_t above = 0, ties = 0;
  Unsigned128 excess = 0;  ///< over VaR, cents
  Nearest below_var, above_var;
};

/// Of amounts that all lie on one side of VaR. `before(a, b)`: a lies nearer VaR.
template <class Amounts, class Before>
Nearest nearest_of(Amounts first, Amounts last, std::uint64_t count, Cents var, Before before) {
  count = std::min(count, static_cast<std::uint64_t>(last - first));
  if (count == 0) return {var, 0};
  const Amounts bound = first + static_cast<std::ptrdiff_t>(count - 1);
  std::nth_element(first, bound, last, before);
  const auto at = std::count(first, bound + 1, *bound);
  return {*bound, static_cast<std::uint64_t>(at)};
}

Cut cut_at(std::span<const Cents> amounts, std::uint64_t rank, std::uint64_t near) {
  std::vector<Cents> sorted(amounts.begin(), amounts.end());
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::nth_element(sorted.begin(), middle, sorted.end());
  Cut cut;
  const Cents var = cut.value_at_risk = *middle;
  const auto below = std::partition(sorted.begin(), middle, [&](Cents x) { return x < var; });
  const auto above = std::partition(middle, sorted.end(), [&](Cents x) { return x == var; });
  cut.above = static_cast<std::uint64_t>(sorted.end() - above);
  cut.ties = static_cast<std::uint64_t>(above - below);
  for (auto x = above; x != sorted.end(); ++x) cut.excess += distance(*x, var);
  if (cut.ties > 2 * near) near = 0;
  cut.below_var = nearest_of(sorted.begin(), below, near, var, std::greater<>());
  cut.above_var = nearest_of(above, sorted.end(), near, var, std::less<>());
  return cut;
}

/// Takes the first `left` of those that ask.
bool takes(std::uint64_t& left) {
  if (left == 0) return false;
  --left;
  return true;
}

class Roles {
 public:
  Roles(const Cut& cut, std::uint64_t ties)
      : cut_(cut), ties_(ties), below_(cut.below_var.at_bound), above_(cut.above_var.at_bound) {}

  TailRole next(Cents amount) {
    const Cents var = cut_.value_at_risk;
    if (amount < var) {
      const Cents bound = cut_.below_var.bound;
      return {false, false, is_near(amount > bound, amount == bound, below_)};
    }
    if (amount > var) {
      const Cents bound = cut_.above_var.bound;
      return {true, false, is_near(amount < bound, amount == bound, above_)};
    }
    const bool tie = takes(ties_);
    return {false, tie, tie};
  }

 private:
  static bool is_near(bool inside, bool at_bound, std::uint64_t& left) {
    return inside || (at_bound && takes(left));
  }

  const Cut& cut_;
  std::uint64_t ties_, below_, above_;
};

}  // namespace

double ContributionYears::outside() const {
  return static_cast<double>(outside_parts) / double{level_parts};
}

std::size_t ContributionYears::index_of(std::uint32_t year) const {
  return static_cast<std::size_t>(std::lower_bound(years.begin(), years.end(), year) -
                                  years.begin());
}

ContributionYears contribution_years(std::span<const Cents> amounts, const Level& level) {
  ContributionYears result;
  result.all_years = amounts.size();
  result.outside_parts = level_parts - level.rank(level_parts);
  const auto tail = static_cast<std::uint64_t>(std::ceil(result.tail()));
  const std::uint64_t near = std::clamp(tail / near_part, near_least, near_most);
  const Cut cut = cut_at(amounts, level.rank(amounts.size()), near);
  result.above = cut.above;
  const Unsigned128 tail_parts = Unsigned128{result.outside_parts} * result.all_years;
  result.tvar_usd = ratio(Signed128{cut.value_at_risk} * static_cast<Signed128>(tail_parts) +
                              static_cast<Signed128>(cut.excess * level_parts),
                          tail_parts * cents_per_dollar);
  Roles roles(cut, std::min(cut.ties, tail));
  for (std::size_t year = 0; year < amounts.size(); ++year) {
    const TailRole role = roles.next(amounts[year]);
    if (!role.above && !role.tie && !role.near) continue;
    result.years.push_back(static_cast<std::uint32_t>(year));
    result.roles.push_back(role);
    result.ties += role.tie ? 1 : 0;
    result.near += role.near ? 1 : 0;
  }
  return result;
}

TailYears tail_years(std::span<const Cents> amounts, const Level& level) {
  const ContributionYears years = contribution_years(amounts, level);
  TailYears result;
  for (std::size_t i = 0; i < years.years.size(); ++i) {
    if (!years.roles[i].above && !years.roles[i].tie) continue;
    result.years.push_back(years.years[i]);
    result.weights.push_back(years.roles[i].above
                                 ? 1 / years.tail()
                                 : years.ties_weight() / static_cast<double>(years.ties));
  }
  return result;
}

}  // namespace corridor
