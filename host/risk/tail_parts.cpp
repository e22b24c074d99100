// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
#include <utility>

#include "host/risk/contributions.hpp"
#include "host/risk/quantile.hpp"

namespace corridor {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Variance, with count - 1, about the mean.
double variance(Signed128 sum, Unsigned128 squares, std::uint64_t count) {
  if (count < 2) return 0;
  const auto all = static_cast<double>(count);
  const double mean = static_cast<double>(sum) / all;
  return std::fmax(static_cast<double>(squares) - all * mean * mean, 0) / (all - 1);
}

/// In cents.
double standard_error(const PartSums& sums, const ContributionYears& years) {
  if (years.tail() < static_cast<double>(quantile_years)) return none;
  const auto all = static_cast<double>(years.all_years), above = static_cast<double>(years.above);
  const double at_var = static_cast<double>(sums.near) / static_cast<double>(years.near);
  const auto first = static_cast<double>(sums.above);
  const double off = (first - above * at_var) / all;
  const double squares =
      static_cast<double>(sums.above_squares) - at_var * (2 * first - above * at_var);
  const double outside = years.outside(), weight = years.ties_weight();
  const double influence = std::fmax(squares / all - off * off, 0) / (outside * outside * all);
  const double of_ties = weight * weight * variance(sums.ties, sums.ties_squares, years.ties) /
                         static_cast<double>(years.ties);
  return std::sqrt(influence + of_ties);
}

}  // namespace

void PartSums::add(const TailRole& role, Cents amount) {
  const auto size = static_cast<Unsigned128>(amount < 0 ? -amount : amount);
  if (role.above) {
    above += amount;
    above_squares += size * size;
  }
  if (role.tie) {
    ties += amount;
    ties_squares += size * size;
  }
  if (role.near) near += amount;
}

void PartSums::merge(const PartSums& other) {
  above += other.above;
  ties += other.ties;
  near += other.near;
  above_squares += other.above_squares;
  ties_squares += other.ties_squares;
}

TailParts::TailParts(ContributionYears years, std::size_t parts, std::vector<PartKeys> groupings)
    : years_(std::move(years)), part_count_(parts), sums_(std::vector<PartSums>(parts)) {
  for (PartKeys& keys : groupings) {
    const std::size_t cells = keys.keys.size() * years_.years.size();
    groupings_.push_back({std::move(keys), std::vector<Cents>(cells)});
  }
}

void TailParts::next_parts(std::size_t count) {
  append_present(complete_);
  part_count_ = count;
  sums_ = Sums(std::vector<PartSums>(count));
}

void TailParts::add(std::size_t year_index, std::size_t part, Cents amount) {
  if (amount == 0) return;
  sums_.local()[part - complete_.size()].add(years_.roles[year_index], amount);
  for (Grouping& grouping : groupings_) {
    const std::size_t row = year_index * grouping.keys.keys.size();
    grouping.sums[row + grouping.keys.key_of[part]] += amount;
  }
}

void TailParts::append_present(std::vector<Contribution>& to) const {
  std::vector<PartSums> sums(part_count_);
  for (const std::vector<PartSums>& of_thread : sums_) {
    for (std::size_t part = 0; part < part_count_; ++part) sums[part].merge(of_thread[part]);
  }
  for (const PartSums& part : sums) to.push_back(contribution(part));
}

std::vector<Contribution> TailParts::parts() const {
  std::vector<Contribution> result = complete_;
  append_present(result);
  return result;
}

std::vector<Contribution> TailParts::keys(std::size_t index) const {
  const Grouping& grouping = groupings_.at(index);
  const std::size_t count = grouping.keys.keys.size();
  std::vector<PartSums> sums(count);
  for (std::size_t year = 0; year < years_.years.size(); ++year) {
    for (std::size_t key = 0; key < count; ++key) {
      sums[key].add(years_.roles[year], grouping.sums[year * count + key]);
    }
  }
  std::vector<Contribution> result;
  result.reserve(count);
  for (const PartSums& key : sums) result.push_back(contribution(key));
  return result;
}

Contribution TailParts::contribution(const PartSums& sums) const {
  const Unsigned128 tail_parts = Unsigned128{years_.outside_parts} * years_.all_years;
  Contribution result;
  result.tvar_usd =
      ratio(sums.above * static_cast<Signed128>(level_parts), tail_parts * cents_per_dollar) +
      years_.ties_weight() * ratio(sums.ties, Unsigned128{years_.ties} * cents_per_dollar);
  result.tvar_se_usd = standard_error(sums, years_) / double{cents_per_dollar};
  result.share = years_.tvar_usd != 0 ? result.tvar_usd / years_.tvar_usd : none;
  return result;
}

}  // namespace corridor
