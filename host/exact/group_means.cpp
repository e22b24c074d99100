// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/group_means.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/exact/frequency_cut.hpp"
#include "host/exact/persons.hpp"

namespace corridor {
namespace {

/// A threshold in dollars and its logarithm, infinite where the amount is no limit.
struct Threshold {
  double usd, log_usd;
};

Threshold threshold_of(Cents amount) {
  if (amount >= unlimited) {
    return {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  }
  const double usd = static_cast<double>(amount) / 100;
  return {usd, std::log(usd)};
}

std::vector<Threshold> thresholds_of(const Cents* amounts, std::uint32_t count) {
  std::vector<Threshold> result;
  for (std::uint32_t k = 0; k < count; ++k) result.push_back(threshold_of(amounts[k]));
  return result;
}

bool has_frequency_effect(const YearFactors& factors) {
  return factors.model.frequency_share > 0 && factors.model.group_sigma > 0;
}

/// Expected claims of one person under a group's year factors, dollars.
class PersonMeans {
 public:
  PersonMeans(const SmoothedLaw& law, const YearFactors& factors, double scale,
              double inverse_exposure)
      : law_(law),
        factors_(factors),
        scale_(scale),
        exposure_(1 / inverse_exposure),
        centred_(factors.centre * scale),
        log_centred_(std::log(centred_)) {}

  double mean() const {
    const double whole = exposure_ * factors_.frequency_mean * centred_ * law_.law->mean();
    if (!has_frequency_effect(factors_)) return whole;
    return whole - scale_ * cut_mean(*law_.law, factors_, exposure_);
  }

  double excess(Threshold threshold) const {
    if (threshold.usd <= 0) return mean();
    if (std::isinf(threshold.usd)) return 0;
    const double whole = exposure_ * factors_.frequency_mean * centred_ *
                         law_.excess(threshold.usd / centred_, threshold.log_usd - log_centred_);
    if (!has_frequency_effect(factors_)) return whole;
    return whole - scale_ * cut_excess(*law_.law, factors_, exposure_, threshold.usd / scale_);
  }

 private:
  const SmoothedLaw& law_;
  const YearFactors& factors_;
  double scale_, exposure_, centred_, log_centred_;
};

const SmoothedLaw& law_at(const std::vector<SmoothedLaw>& laws, std::uint32_t table) {
  return *std::lower_bound(laws.begin(), laws.end(), table,
                           [](const SmoothedLaw& law, std::uint32_t t) { return law.table < t; });
}

/// Adds `weight` persons to ground-up and excess, their claims cut at `maximum`.
void add_person(const PersonMeans& person, double weight, Threshold maximum,
                const std::vector<Threshold>& thresholds, ExpectedSums& sums) {
  const double over_maximum = person.excess(maximum);
  sums.ground_up_usd += weight * (person.mean() - over_maximum);
  for (std::size_t k = 0; k < thresholds.size() && thresholds[k].usd < maximum.usd; ++k) {
    sums.excess_usd[k] += weight * std::max(0.0, person.excess(thresholds[k]) - over_maximum);
  }
}

ExpectedSums no_sums(std::uint32_t threshold_count) {
  return {0, std::vector<double>(threshold_count), std::vector<double>(threshold_count)};
}

/// Persons with own terms: what they add over the group's thresholds, less what stays over theirs.
void add_personal(const GroupView& group, const YearFactors& factors,
                  const std::vector<SmoothedLaw>& laws, ExpectedSums& sums) {
  const std::vector<Threshold> thresholds = thresholds_of(group.thresholds, group.threshold_count);
  for (std::uint32_t p = 0; p < group.personal_count; ++p) {
    const Member& terms = group.personal[p].terms;
    if (!(terms.scale > 0)) continue;
    const PersonMeans person(law_at(laws, terms.table), factors, terms.scale,
                             terms.inverse_exposure);
    const Threshold maximum = threshold_of(group.personal[p].maximum);
    const Cents* own = group.personal_thresholds + p * group.threshold_count;
    ExpectedSums added = no_sums(group.threshold_count);
    add_person(person, 1, maximum, thresholds, added);
    sums.ground_up_usd += added.ground_up_usd;
    for (std::uint32_t k = 0; k < group.threshold_count; ++k) {
      const double over_own =
          std::max(0.0, person.excess(threshold_of(own[k])) - person.excess(maximum));
      sums.excess_usd[k] += added.excess_usd[k];
      sums.band_usd[k] += added.excess_usd[k] - over_own;
    }
  }
}

/// Expected ground-up claims of a law at scale 1 and base 1, as a share of what exposure alone
/// gives.
double mean_kept(const TableLaw& law, const YearFactors& factors, double exposure) {
  const double alone = exposure * law.mean();
  return factors.frequency_mean * factors.centre - cut_mean(law, factors, exposure) / alone;
}

/// Sums of expected claims without and with effects, for the ratio of the two.
class Recentring {
 public:
  Recentring(const YearFactors& factors, const std::vector<const TableLaw*>& laws)
      : factors_(factors), laws_(laws) {}

  void add(std::uint32_t table, float scale, float inverse_exposure, double weight) {
    const TableLaw& law = *laws_[table];
    const double exposure = exposure_of(inverse_exposure);
    const double alone = weight * exposure * static_cast<double>(scale) * law.mean();
    if (alone <= 0) return;
    if (table != last_table_ || inverse_exposure != last_inverse_exposure_) {
      kept_ = mean_kept(law, factors_, exposure);
      last_table_ = table;
      last_inverse_exposure_ = inverse_exposure;
    }
    without_ += alone;
    with_ += alone * kept_;
  }

  double base() const { return with_ > 0 ? without_ / with_ : 1; }

 private:
  const YearFactors& factors_;
  const std::vector<const TableLaw*>& laws_;
  double without_ = 0, with_ = 0;
  std::uint32_t last_table_ = ~0u;
  float last_inverse_exposure_ = 0;
  double kept_ = 1;
};

}  // namespace

ExpectedSums expected_sums(const GroupJob& job, const YearFactors& factors,
                           const std::vector<SmoothedLaw>& laws) {
  const GroupView& group = job.group;
  const std::vector<Threshold> thresholds = thresholds_of(group.thresholds, group.threshold_count);
  const Threshold maximum = threshold_of(group.maximum);
  ExpectedSums sums = no_sums(group.threshold_count);
  for (const Person& distinct : distinct_persons(group, !has_frequency_effect(factors))) {
    const PersonMeans person(law_at(laws, distinct.table), factors, distinct.scale,
                             distinct.inverse_exposure);
    add_person(person, distinct.weight, maximum, thresholds, sums);
  }
  add_personal(group, factors, laws, sums);
  return sums;
}

double recentred_base(const GroupJob& job, const YearFactors& factors,
                      const std::vector<const TableLaw*>& law_of_table) {
  Recentring recentring(factors, law_of_table);
  for (const Person& person : distinct_persons(job.group, false)) {
    recentring.add(person.table, person.scale, person.inverse_exposure, person.weight);
  }
  for (std::uint32_t p = 0; p < job.group.personal_count; ++p) {
    const Member& terms = job.group.personal[p].terms;
    recentring.add(terms.table, terms.scale, terms.inverse_exposure, 1);
  }
  return recentring.base();
}

}  // namespace corridor
