// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/employer/threshold_rows.hpp"

#include <set>

namespace corridor {

ThresholdRows::ThresholdRows(const Book& book) : book_(book) {
  for (std::size_t job = 0; job < book.jobs.size(); ++job) {
    for (std::size_t row = 0; row < book.jobs[job].row_count; ++row) {
      places_[book.jobs[job].rows[row].terms.deductible] = {job, row};
    }
  }
}

YearState ThresholdRows::state(Cents threshold, std::span<const SumsView> sums,
                               std::uint64_t year) const {
  const Place place = places_.at(threshold);
  const GroupJob& job = book_.jobs[place.job];
  return year_state(job.group, job.rows[place.row], sums[place.job], year, job.counted);
}

std::uint64_t ThresholdRows::persons_above(Cents threshold, std::span<const SumsView> sums,
                                           std::uint64_t year) const {
  return static_cast<std::uint64_t>(state(threshold, sums, year).excess -
                                    state(threshold + 1, sums, year).excess);
}

MembersShare ThresholdRows::members_share(const DesignThresholds& design,
                                          std::span<const SumsView> sums,
                                          std::uint64_t year) const {
  if (design.neutral()) return {};
  const YearState top = state(design.maximum, sums, year);
  YearState low;
  if (design.deductible > 0) low = state(design.deductible, sums, year);
  const auto share = [&](Cents below_deductible, Cents below_maximum) {
    return corridor::members_share(below_deductible, below_maximum, design.coinsurance);
  };
  return {share(low.ground_up - low.excess, top.ground_up - top.excess),
          share(low.countable, top.countable)};
}

ThresholdRows::Expected ThresholdRows::expected_share(const DesignThresholds& design,
                                                      const ExactMeans& means) const {
  if (design.neutral()) return {};
  const double eligible = means.ground_up_usd.at(0);
  const auto row = [&](Cents threshold) -> const ExactRow& {
    const Place place = places_.at(threshold);
    return means.rows[place.job][place.row];
  };
  const auto below = [&](const ExactRow& at) {
    return eligible - at.specific_before_asd_usd - at.laser_band_usd;
  };
  const ExactRow& top = row(design.maximum);
  ExactRow nothing;
  nothing.specific_before_asd_usd = eligible;
  const ExactRow& low = design.deductible > 0 ? row(design.deductible) : nothing;
  const double c = design.coinsurance;
  return {members_share_usd(below(low), below(top), c),
          members_share_usd(low.retained_usd, top.retained_usd, c),
          members_share_usd(low.mature_retained_usd, top.mature_retained_usd, c)};
}

std::vector<double> measured_thresholds(const DesignThresholds& design,
                                        const std::vector<Cents>& deductibles) {
  std::set<Cents> amounts;
  if (!design.neutral()) {
    if (design.deductible > 0) amounts.insert(design.deductible);
    amounts.insert(design.maximum);
  }
  for (const Cents deductible : deductibles) {
    if (deductible >= unlimited) continue;
    amounts.insert(deductible);
    amounts.insert(deductible + 1);
  }
  std::vector<double> usd;
  for (const Cents amount : amounts) usd.push_back(static_cast<double>(amount) / 100);
  return usd;
}

}  // namespace corridor
