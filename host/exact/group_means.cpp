// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/group_means.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

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

/// Sum over the months of what is cut off each.
template <class CutOf>
double cut_over_months(const EligibleLaw& law, const CutOf& cut_of) {
  double sum = 0;
  for (const MonthLaw& month : law.months()) sum += month.weight * cut_of(month.law);
  return sum;
}

constexpr std::size_t exposure_degree_max = basis_years_max;

/// Weights of the nodes in the polynomial without a constant through them.
struct NodeWeights {
  NodeWeights(const SmoothedLaw& law, double exposure) {
    if (law.nodes.size() == 1) {
      at[0] = exposure;
      return;
    }
    for (std::size_t n = 0; n < law.degree; ++n) at[n] = exposure_weight(law.degree, n, exposure);
  }

  double at[exposure_degree_max] = {};
};

/// Expected claims of one person under a group's year factors, dollars; `certain_usd` come on top
/// of what is drawn.
class PersonMeans {
 public:
  PersonMeans(const SmoothedLaw& law, const YearFactors& factors, double scale,
              double inverse_exposure, double certain_usd = 0)
      : law_(law),
        factors_(factors),
        scale_(scale),
        exposure_(1 / inverse_exposure),
        certain_usd_(certain_usd),
        weights_(law, exposure_),
        centred_(factors.centre * scale),
        log_centred_(std::log(centred_)),
        cut_(factors.cuts_claims()) {}

  double mean() const { return certain_usd_ + drawn_mean(); }

  double excess(Threshold threshold) const {
    if (std::isinf(threshold.usd)) return 0;
    const Threshold left = less_certain(threshold);
    return left.usd > 0 ? drawn_excess(left) : drawn_mean() - left.usd;
  }

  /// Probability of passing a threshold.
  double survival(Threshold threshold) const {
    if (std::isinf(threshold.usd)) return 0;
    const Threshold left = less_certain(threshold);
    if (left.usd < 0) return 1;
    const double whole =
        left.usd > 0 ? drawn_at(left).survival : over_nodes(probability_of_a_claim);
    return cut_ ? whole - survival_cut(left.usd) : whole;
  }

  /// Excess over the threshold and probability of passing it, in one go.
  ExcessAt at(Threshold threshold) const {
    const Threshold left = less_certain(threshold);
    if (!(left.usd > 0) || std::isinf(left.usd)) return {excess(threshold), survival(threshold)};
    const ExcessAt whole = drawn_at(left);
    if (!cut_) return whole;
    return {whole.excess - excess_cut(left), whole.survival - survival_cut(left.usd)};
  }

 private:
  Threshold less_certain(Threshold threshold) const {
    if (certain_usd_ <= 0) return threshold;
    const double usd = threshold.usd - certain_usd_;
    return {usd, usd > 0 ? std::log(usd) : 0};
  }

  /// A figure at each node, weighted.
  template <class FigureOf>
  double over_nodes(const FigureOf& figure_of) const {
    double sum = 0;
    for (std::size_t n = 0; n < law_.nodes.size(); ++n) {
      sum += weights_.at[n] * figure_of(law_.nodes[n]);
    }
    return factors_.frequency_mean * sum;
  }

  double drawn_mean() const {
    const double whole =
        centred_ * over_nodes([](const LawAtExposure& node) { return node.law->mean(); });
    if (!cut_) return whole;
    return whole - scale_ * cut_over_months(*law_.eligible, [&](const TableLaw& law) {
                     return cut_mean(law, factors_, exposure_);
                   });
  }

  double drawn_excess(Threshold threshold) const {
    const double at = threshold.usd / centred_, log_at = threshold.log_usd - log_centred_;
    const double whole =
        centred_ * over_nodes([&](const LawAtExposure& node) { return node.excess(at, log_at); });
    return cut_ ? whole - excess_cut(threshold) : whole;
  }

  /// Both figures, nothing cut off.
  ExcessAt drawn_at(Threshold threshold) const {
    const double at = threshold.usd / centred_, log_at = threshold.log_usd - log_centred_;
    ExcessAt sum{0, 0};
    for (std::size_t n = 0; n < law_.nodes.size(); ++n) {
      const ExcessAt node = law_.nodes[n].excess.at(at, log_at);
      sum.excess += weights_.at[n] * node.excess;
      sum.survival += weights_.at[n] * node.survival;
    }
    return {centred_ * factors_.frequency_mean * sum.excess,
            factors_.frequency_mean * sum.survival};
  }

  static double probability_of_a_claim(const LawAtExposure& node) { return node.law->survival(0); }

  double excess_cut(Threshold threshold) const {
    return scale_ * cut_over_months(*law_.eligible, [&](const TableLaw& law) {
             return cut_excess(law, factors_, exposure_, threshold.usd / scale_);
           });
  }
  double survival_cut(double threshold_usd) const {
    return cut_over_months(*law_.eligible, [&](const TableLaw& law) {
      return cut_survival(law, factors_, exposure_, threshold_usd / scale_);
    });
  }

  const SmoothedLaw& law_;
  const YearFactors& factors_;
  double scale_, exposure_, certain_usd_;
  NodeWeights weights_;
  double centred_, log_centred_;
  bool cut_;
};

template <class Law>
const Law& law_at(const std::vector<Law>& laws, LawKey key) {
  return *std::lower_bound(laws.begin(), laws.end(), key,
                           [](const Law& law, LawKey wanted) { return law.key < wanted; });
}

ExpectedSums no_sums(std::uint32_t threshold_count, bool with_claimants) {
  const std::vector<double> zeros(threshold_count);
  ExpectedSums sums{0, zeros, zeros};
  if (with_claimants) sums.claimants = sums.claimants_half = zeros;
  return sums;
}

Threshold half_of(Threshold threshold) {
  return {threshold.usd / 2, threshold.log_usd - std::numbers::ln2};
}

double survival_of(const PersonMeans& person, Threshold threshold, Threshold maximum) {
  return threshold.usd < maximum.usd ? person.survival(threshold) : 0;
}

/// Expected sums of one view, person by person.
class SumOfPersons {
 public:
  SumOfPersons(const ClaimsView& view, const YearFactors& factors,
               const std::vector<SmoothedLaw>& laws, const std::vector<bool>& deductibles)
      : view_(view),
        group_(view.group),
        factors_(factors),
        laws_(laws),
        deductibles_(deductibles),
        thresholds_(thresholds_of(group_.thresholds, group_.threshold_count)),
        sums_(no_sums(group_.threshold_count, !deductibles.empty())) {}

  ExpectedSums total() {
    const bool proportional = !factors_.cuts_claims() && !has_run_in(group_);
    const Threshold maximum = threshold_of(group_.maximum);
    each_distinct_person(group_, proportional, [&](const Person& distinct) {
      const PersonMeans person(law_at(laws_, {distinct.table, view_.basis}), factors_,
                               distinct.scale, distinct.inverse_exposure);
      add(person, distinct.weight, maximum);
    });
    for (std::uint32_t p = 0; p < group_.personal_count; ++p) add_personal(p);
    return std::move(sums_);
  }

 private:
  bool counts_claimants(std::size_t threshold) const {
    return !deductibles_.empty() && deductibles_[threshold];
  }

  /// Adds `weight` persons without terms of their own, their claims cut at `maximum`.
  void add(const PersonMeans& person, double weight, Threshold maximum) {
    const double over_maximum = person.excess(maximum);
    sums_.ground_up_usd += weight * (person.mean() - over_maximum);
    for (std::size_t k = 0; k < thresholds_.size() && thresholds_[k].usd < maximum.usd; ++k) {
      double excess = 0;
      if (counts_claimants(k)) {
        const ExcessAt at = person.at(thresholds_[k]);
        excess = at.excess;
        sums_.claimants[k] += weight * at.survival;
      } else {
        excess = person.excess(thresholds_[k]);
      }
      sums_.excess_usd[k] += weight * std::max(0.0, excess - over_maximum);
    }
    add_half_claimants(person, weight, maximum);
  }

  void add_half_claimants(const PersonMeans& person, double weight, Threshold maximum) {
    for (std::size_t k = 0; k < thresholds_.size(); ++k) {
      if (!counts_claimants(k)) continue;
      sums_.claimants_half[k] += weight * survival_of(person, half_of(thresholds_[k]), maximum);
    }
  }

  /// Claims of the years before the policy that are known for a person.
  double certain_usd(const PersonalMember& person) const {
    if (person.known_run_in < 0 || !has_run_in(group_)) return 0;
    return std::min(static_cast<double>(person.known_run_in) / 100,
                    double{group_.basis->run_in_limit_usd});
  }

  /// A person with own terms: what they add over the group's thresholds, less what stays over
  /// theirs.
  void add_personal(std::uint32_t p) {
    const PersonalMember& personal = group_.personal[p];
    const Member& terms = personal.terms;
    if (!(terms.scale > 0)) return;
    const PersonMeans person(law_at(laws_, law_of(personal, view_)), factors_, terms.scale,
                             terms.inverse_exposure, certain_usd(personal));
    const Threshold maximum = threshold_of(personal.maximum);
    const double over_maximum = person.excess(maximum);
    const auto layer = [&](Threshold threshold) {
      if (!(threshold.usd < maximum.usd)) return 0.0;
      return std::max(0.0, person.excess(threshold) - over_maximum);
    };
    sums_.ground_up_usd += person.mean() - over_maximum;
    const Cents* own = group_.personal_thresholds + p * group_.threshold_count;
    for (std::uint32_t k = 0; k < group_.threshold_count; ++k) {
      const Threshold own_threshold = threshold_of(own[k]);
      const double excess = layer(thresholds_[k]);
      sums_.excess_usd[k] += excess;
      sums_.band_usd[k] += excess - layer(own_threshold);
      if (!counts_claimants(k)) continue;
      sums_.claimants[k] += survival_of(person, own_threshold, maximum);
      sums_.claimants_half[k] += survival_of(person, half_of(own_threshold), maximum);
    }
  }

  const ClaimsView& view_;
  const GroupView& group_;
  const YearFactors& factors_;
  const std::vector<SmoothedLaw>& laws_;
  const std::vector<bool>& deductibles_;
  std::vector<Threshold> thresholds_;
  ExpectedSums sums_;
};

/// Expected ground-up claims of a law at scale 1 and base 1, as a share of what exposure alone
/// gives.
double mean_kept(const EligibleLaw& law, const YearFactors& factors, double exposure) {
  const double alone = exposure * law.law().mean();
  const double cut = cut_over_months(
      law, [&](const TableLaw& month) { return cut_mean(month, factors, exposure); });
  return factors.frequency_mean * factors.centre - cut / alone;
}

/// Sums of expected claims without and with effects, for the ratio of the two.
class Recentring {
 public:
  Recentring(const YearFactors& factors, const std::vector<KeyedLaw>& laws)
      : factors_(factors), laws_(laws) {}

  void add(LawKey key, float scale, float inverse_exposure, double weight) {
    const EligibleLaw& law = *law_at(laws_, key).law;
    const double exposure = exposure_of(inverse_exposure);
    const double alone = weight * exposure * static_cast<double>(scale) * law.law().mean();
    if (alone <= 0) return;
    if (key != last_key_ || inverse_exposure != last_inverse_exposure_) {
      kept_ = mean_kept(law, factors_, exposure);
      last_key_ = key;
      last_inverse_exposure_ = inverse_exposure;
    }
    without_ += alone;
    with_ += alone * kept_;
  }

  double base() const { return with_ > 0 ? without_ / with_ : 1; }

 private:
  const YearFactors& factors_;
  const std::vector<KeyedLaw>& laws_;
  double without_ = 0, with_ = 0;
  LawKey last_key_{~0u, 0};
  float last_inverse_exposure_ = 0;
  double kept_ = 1;
};

}  // namespace

double exposure_node(std::size_t degree, std::size_t node) {
  return static_cast<double>(degree - node) / static_cast<double>(degree);
}

double exposure_weight(std::size_t degree, std::size_t node, double exposure) {
  const double own = exposure_node(degree, node);
  double weight = exposure / own;
  for (std::size_t m = 0; m < degree; ++m) {
    const double other = exposure_node(degree, m);
    if (m != node) weight *= (exposure - other) / (own - other);
  }
  return weight;
}

ExpectedSums expected_sums(const ClaimsView& view, const YearFactors& factors,
                           const std::vector<SmoothedLaw>& laws,
                           const std::vector<bool>& deductibles) {
  return SumOfPersons(view, factors, laws, deductibles).total();
}

double recentred_base(const ClaimsView& view, const YearFactors& factors,
                      const std::vector<KeyedLaw>& laws) {
  Recentring recentring(factors, laws);
  each_distinct_person(view.group, false, [&](const Person& person) {
    recentring.add({person.table, view.basis}, person.scale, person.inverse_exposure,
                   person.weight);
  });
  for (std::uint32_t p = 0; p < view.group.personal_count; ++p) {
    const Member& terms = view.group.personal[p].terms;
    if (terms.scale > 0) {
      recentring.add(law_of(view.group.personal[p], view), terms.scale, terms.inverse_exposure, 1);
    }
  }
  return recentring.base();
}

}  // namespace corridor
