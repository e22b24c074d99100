// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/totals/frequency_years.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <tuple>

namespace corridor {
namespace {

/// A total's distribution function is summed well at steps of 1.2 of its deviations, as by the
/// nodes of severities.
constexpr double step_max = 0.6, step_min = 0.03, steps_per_width = 1.2, cv_min = 0.005;
/// Bends beyond this score, or smaller, do not show; each one that is split at costs some nodes.
constexpr double last_bend = 5, least_bend = 1e-5;
constexpr std::size_t bends_max = 6;
/// What a law falls by below the share of persons who claim is as good as a jump.
constexpr double near_first_claim = 0.9;
constexpr double reach = 6.5, error_factor = 2;

double normal_below(double z) { return std::erfc(-z / std::numbers::sqrt2) / 2; }

/// What lies above `amount` of a lognormal total.
std::array<double, 3> lognormal_tail(double mean, double cv, double amount) {
  const double sigma = std::sqrt(std::log1p(cv * cv));
  const double score = (std::log(mean / amount) - sigma * sigma / 2) / sigma;
  const double probability = normal_below(score), above = mean * normal_below(score + sigma);
  const double square = mean * mean * (1 + cv * cv) * normal_below(score + 2 * sigma);
  return {probability, above - amount * probability,
          square - amount * (2 * above - amount * probability)};
}

double relative_change(double now, double then) { return then > 0 ? std::abs(now / then - 1) : 0; }

}  // namespace

FrequencyYears::FrequencyYears(std::vector<FrequencyPersons> persons, const YearFactors& factors,
                               double threshold_usd, double step_factor)
    : factors_(factors), threshold_usd_(threshold_usd) {
  gather(persons);
  const double shared = factors.model.shared_sigma;
  cv_ =
      std::max(cv_min, std::hypot(conditional_cv(persons), std::sqrt(std::expm1(shared * shared))));
  step_ = step_factor *
          std::clamp(steps_per_width * cv_ / factors.model.group_sigma, step_min, step_max);
  bends_ = bends();
  nodes_ = nodes_at(step_);
}

void FrequencyYears::gather(const std::vector<FrequencyPersons>& persons) {
  std::map<std::pair<const EligibleLaw*, double>, std::size_t> class_of;
  for (const FrequencyPersons& some : persons) {
    const auto [at, made] = class_of.try_emplace({some.law, some.exposure}, classes_.size());
    if (made) classes_.push_back({some.law, some.exposure, 0, 0});
    classes_[at->second].scales += some.count * some.scale;
    classes_[at->second].count += some.count;
  }
}

/// Of persons' claims below the threshold, in years without effects.
double FrequencyYears::conditional_cv(const std::vector<FrequencyPersons>& persons) const {
  double mean = 0, variance = 0;
  for (const FrequencyPersons& some : persons) {
    const TableLaw& law = some.law->law();
    const double at = threshold_usd_ / some.scale, limited = law.limited(at);
    const double squares = law.excess_squared(0) - law.excess_squared(at) - 2 * at * law.excess(at);
    mean += some.count * some.exposure * some.scale * limited;
    variance += some.count * some.exposure * some.scale * some.scale *
                (squares - some.exposure * limited * limited);
  }
  return mean > 0 ? std::sqrt(std::max(0.0, variance)) / mean : 1;
}

double FrequencyYears::frequency(double score) const {
  const double sigma = factors_.model.group_sigma;
  return std::exp(factors_.model.frequency_share * sigma * (score - sigma / 2));
}

double FrequencyYears::log_severity(double score) const {
  const EffectModel& model = factors_.model;
  const double log_effect = model.group_sigma * (score - model.group_sigma / 2);
  return std::log(factors_.base) + (1 - model.frequency_share) * log_effect -
         model.shared_sigma * model.shared_sigma / 2;
}

/// Of the year's total, persons of a class at their middle size.
double FrequencyYears::mean_usd(double score) const {
  const double severity = std::exp(log_severity(score)), often = frequency(score);
  double sum = 0;
  for (const Class& some : classes_) {
    const double at = threshold_usd_ / (severity * some.mean_scale());
    for (const MonthLaw& month : some.law->months()) {
      sum += some.scales * month.weight * month.law.thinned_limited(at, some.exposure * often);
    }
  }
  return severity * sum;
}

void FrequencyYears::add_bends(const Class& persons, const MonthLaw& month,
                               std::vector<Bend>& bends) const {
  const EffectModel& model = factors_.model;
  const double on_frequency = model.frequency_share * model.group_sigma;
  const auto add = [&](double survival, double fall) {
    const double score =
        model.group_sigma / 2 - std::log(persons.exposure * survival) / on_frequency;
    if (!(fall > 0) || std::abs(score) > last_bend) return;
    const double severity = std::exp(log_severity(score));
    const double usd = std::min(persons.mean_scale() * severity * fall, threshold_usd_);
    bends.push_back(
        {score, persons.count * month.weight * on_frequency * usd * std::exp(-score * score / 2)});
  };
  const double claiming = month.law.survival(0);
  if (!(claiming > 0)) return;
  add(claiming, month.law.quantile(near_first_claim * claiming));
  for (int p = month.law.piece_count() - 1; p > 0; --p) {
    const double survival = month.law.piece(p).low;
    if (survival < claiming) {
      add(survival, month.law.piece(p - 1).bottom - month.law.piece(p).top);
    }
  }
}

/// The largest ones, ascending.
std::vector<double> FrequencyYears::bends() const {
  std::vector<Bend> all;
  for (const Class& some : classes_) {
    for (const MonthLaw& month : some.law->months()) add_bends(some, month, all);
  }
  std::sort(all.begin(), all.end(), [](const Bend& a, const Bend& b) { return a.score < b.score; });
  std::vector<Bend> apart;
  for (const Bend& bend : all) {
    constexpr double same = 1e-6;
    if (!apart.empty() && bend.score - apart.back().score < same) {
      apart.back().size += bend.size;
    } else {
      apart.push_back(bend);
    }
  }
  const double least = least_bend * mean_usd(0);
  std::erase_if(apart, [&](const Bend& bend) { return bend.size < least; });
  std::sort(apart.begin(), apart.end(), [](const Bend& a, const Bend& b) {
    return std::tuple(-a.size, a.score) < std::tuple(-b.size, b.score);
  });
  apart.resize(std::min(apart.size(), bends_max));
  std::vector<double> scores;
  for (const Bend& bend : apart) scores.push_back(bend.score);
  std::sort(scores.begin(), scores.end());
  return scores;
}

std::vector<FrequencyNode> FrequencyYears::nodes_at(double step) const {
  // Second moments weigh years by the square of the effect, whose mean score is twice sigma.
  return frequency_nodes(bends_, {-reach, reach + 2 * factors_.model.group_sigma}, step);
}

FrequencyYears::Means FrequencyYears::means_at(const std::vector<FrequencyNode>& nodes) const {
  Means means;
  for (const FrequencyNode& node : nodes) {
    means.weights.push_back(node.weight);
    means.usd.push_back(mean_usd(node.score));
  }
  return means;
}

SliceError FrequencyYears::error() const {
  const Means usual = means_at(nodes_), finer = means_at(nodes_at(step_ / 2));
  const auto sum = [](const Means& of, const auto& f) {
    double total = 0;
    for (std::size_t i = 0; i < of.usd.size(); ++i) total += of.weights[i] * f(of.usd[i]);
    return total;
  };
  const auto mean_of = [&](const Means& of) { return sum(of, [](double mean) { return mean; }); };
  const auto sd_of = [&](const Means& of) {
    const double mean = mean_of(of), growth = 1 + cv_ * cv_;
    return std::sqrt(sum(of, [&](double m) { return growth * m * m - mean * mean; }));
  };
  SliceError error;
  const double mean = mean_of(finer), sd = sd_of(finer);
  if (!(mean > 0)) return error;
  error.mean = error_factor * relative_change(mean_of(usual), mean);
  error.sd = error_factor * relative_change(sd_of(usual), sd);
  double largest[3] = {};
  for (int deviations = 0; deviations <= 3; ++deviations) {
    for (std::size_t of = 0; of < 3; ++of) {
      const auto tail = [&](double m) {
        return m > 0 ? lognormal_tail(m, cv_, mean + deviations * sd)[of] : 0.0;
      };
      largest[of] = std::max(largest[of], relative_change(sum(usual, tail), sum(finer, tail)));
    }
  }
  error.probability = error_factor * largest[0];
  error.excess = error_factor * largest[1];
  error.excess_squared = error_factor * largest[2];
  return error;
}

}  // namespace corridor
