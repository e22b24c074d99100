// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/exact_means.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <memory>
#include <numbers>
#include <optional>

#include "host/exact/group_means.hpp"
#include "host/exact/law_claims.hpp"
#include "host/exact/law_use.hpp"
#include "host/exact/run_in_laws.hpp"

namespace corridor {
namespace {

YearFactors factors_of(const Book& book, std::size_t job) {
  return {book.effects[job], static_cast<double>(book.jobs[job].group.base_effect)};
}

bool needs_recentring(const EffectModel& model) { return model.group_moves_frequency(); }

/// A pandemic raises or lowers expected claims, which no base effect takes back.
EffectModel without_pandemic(EffectModel model) {
  model.pandemic_probability = 0;
  return model;
}

/// Of one basis of a table: every claim of the year, or what the basis takes of it.
EligibleLaw law_of_key(const Book& book, LawKey key, const BasisNumbers& bases) {
  const Basis* basis = bases.basis(key.basis);
  const TableLaw claims = law_claims(book, key.table, basis);
  return basis ? EligibleLaw(claims, *basis, 0) : EligibleLaw(claims);
}

/// The laws of single years that some job uses, made once; ascending by key.
class Laws {
 public:
  Laws(const Book& book, const BasisNumbers& bases, std::vector<LawKey> keys) {
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    laws_.resize(keys.size());
    tbb::parallel_for(std::size_t{0}, keys.size(), [&](std::size_t i) {
      laws_[i] = std::make_unique<EligibleLaw>(law_of_key(book, keys[i], bases));
    });
    for (std::size_t i = 0; i < keys.size(); ++i) keyed_.push_back({keys[i], laws_[i].get()});
  }

  const std::vector<KeyedLaw>& keyed() const { return keyed_; }
  const EligibleLaw& at(LawKey key) const {
    return *std::lower_bound(keyed_.begin(), keyed_.end(), key,
                             [](const KeyedLaw& law, LawKey wanted) { return law.key < wanted; })
                ->law;
  }

 private:
  std::vector<std::unique_ptr<EligibleLaw>> laws_;
  std::vector<KeyedLaw> keyed_;
};

/// What one job is asked for.
struct JobDemand {
  JobViews views;
  std::vector<bool> deductibles;
  std::vector<LawUse> uses;
};

JobDemand demand_of_job(const Book& book, std::size_t job, const BasisNumbers& bases) {
  JobDemand demand{job_views(book, job, bases), deductibles_of(book.jobs[job]), {}};
  each_view(demand.views, [&](const ClaimsView& view) {
    demand.uses = merged_uses(demand.uses, law_uses(view), 0);
  });
  return demand;
}

std::vector<JobDemand> demands_of(const Book& book, const BasisNumbers& bases) {
  std::vector<JobDemand> demands(book.jobs.size());
  tbb::parallel_for(std::size_t{0}, demands.size(),
                    [&](std::size_t job) { demands[job] = demand_of_job(book, job, bases); });
  return demands;
}

bool reaches_back(const BasisNumbers& bases, LawKey key) {
  const Basis* basis = bases.basis(key.basis);
  return basis != nullptr && basis->prior_years > 0;
}

std::vector<LawUse> all_uses(const std::vector<JobDemand>& demands) {
  std::vector<LawUse> uses;
  for (const JobDemand& demand : demands) uses = merged_uses(uses, demand.uses, 0);
  return uses;
}

/// Deviations of single years' effects of the jobs with run-in.
std::vector<double> run_in_sigmas(const Book& book, const BasisNumbers& bases,
                                  const std::vector<JobDemand>& demands) {
  std::vector<double> sigmas;
  for (std::size_t job = 0; job < demands.size(); ++job) {
    for (const LawUse& use : demands[job].uses) {
      if (!reaches_back(bases, use.key)) continue;
      sigmas.push_back(factors_of(book, job).yearly_sigma);
      break;
    }
  }
  return sigmas;
}

std::vector<LawKey> keys_of(const std::vector<JobDemand>& demands, const BasisNumbers& bases) {
  std::vector<LawKey> keys;
  for (const JobDemand& demand : demands) {
    for (const LawUse& use : demand.uses) {
      if (!reaches_back(bases, use.key)) keys.push_back(use.key);
    }
  }
  return keys;
}

/// Jobs whose severity has the same log-deviation share the smoothed excess of each law. Widths of
/// effects follow group sizes to three decimals, so a book has few classes.
using JobClass = std::vector<std::size_t>;

/// What the jobs of a class have in common.
using Deviations = std::array<double, 3>;

Deviations deviations_of(const Book& book, std::size_t job, bool apart) {
  const YearFactors factors = factors_of(book, job);
  if (!apart) return {factors.sigma, 0, 0};
  return {factors.sigma, factors.lasting_sigma, factors.yearly_sigma};
}

/// `apart`  the deviations over several years and of single years matter one by one
std::vector<JobClass> job_classes(const Book& book, bool apart) {
  std::vector<std::pair<Deviations, std::size_t>> order;
  for (std::size_t job = 0; job < book.jobs.size(); ++job) {
    order.emplace_back(deviations_of(book, job, apart), job);
  }
  std::sort(order.begin(), order.end());
  std::vector<JobClass> classes;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == 0 || order[i].first != order[i - 1].first) classes.emplace_back();
    classes.back().push_back(order[i].second);
  }
  return classes;
}

/// Everything a class asks of the laws.
struct ClassDemand {
  std::vector<LawUse> uses;
  LogRange thresholds{INFINITY, -INFINITY};
};

ClassDemand demand_of(const Book& book, const JobClass& jobs,
                      const std::vector<JobDemand>& demands) {
  ClassDemand demand;
  for (const std::size_t job : jobs) {
    const double log_centre = std::log(factors_of(book, job).centre);
    demand.uses = merged_uses(demand.uses, demands[job].uses, log_centre);
    demand.thresholds = joined(demand.thresholds, threshold_range(book.jobs[job]));
  }
  demand.thresholds.low -= std::numbers::ln2;  // half of a deductible
  return demand;
}

SmoothedExcess smoothed_excess(const TableLaw& law, double sigma, const LawUse& use,
                               LogRange thresholds) {
  if (thresholds.low > thresholds.high) return {law, sigma, thresholds};
  return {law, sigma, {thresholds.low - use.scales.high, thresholds.high - use.scales.low}};
}

/// The laws as a class uses them.
class SmoothedLaws {
 public:
  SmoothedLaws(const ClassDemand& demand, const YearFactors& factors, const Laws& laws,
               const RunInLaws& run_in)
      : demand_(demand), factors_(factors), laws_(laws), run_in_(run_in) {}

  std::vector<SmoothedLaw> make() const {
    std::vector<SmoothedLaw> made(demand_.uses.size());
    tbb::parallel_for(std::size_t{0}, made.size(), [&](std::size_t i) {
      const LawUse& use = demand_.uses[i];
      made[i] = run_in_.has(use.key) ? of_several_years(use) : of_a_year(use);
    });
    return made;
  }

 private:
  SmoothedLaw of_a_year(const LawUse& use) const {
    SmoothedLaw result{use.key, &laws_.at(use.key), 1, {}, {}};
    const TableLaw& law = result.eligible->law();
    result.nodes.push_back({&law, smoothed_excess(law, factors_.sigma, use, demand_.thresholds)});
    return result;
  }

  SmoothedLaw of_several_years(const LawUse& use) const {
    SmoothedLaw result{use.key, nullptr, run_in_.degree(use.key), {}, {}};
    result.own_laws = run_in_.laws(use.key, factors_.yearly_sigma);
    for (const auto& law : result.own_laws) {
      result.nodes.push_back(
          {law.get(), smoothed_excess(*law, factors_.lasting_sigma, use, demand_.thresholds)});
    }
    return result;
  }

  const ClassDemand& demand_;
  const YearFactors& factors_;
  const Laws& laws_;
  const RunInLaws& run_in_;
};

/// Whether a limit holds for what years before the policy add of a person.
bool limits_persons(const GroupView& group) {
  return has_run_in(group) && std::isfinite(group.basis->run_in_limit_usd);
}

/// Expected sums of a job's views.
class JobSums {
 public:
  JobSums(const JobDemand& demand, const YearFactors& factors, const std::vector<SmoothedLaw>& laws)
      : demand_(demand), factors_(factors), laws_(laws) {
    const JobViews& views = demand.views;
    specific_ = expected_sums(views.specific, factors, laws, demand.deductibles);
    counted_ = sums_of(views.counted);
    mature_ = sums_of(views.mature);
    mature_counted_ = sums_of(views.mature_counted);
  }

  double ground_up_usd() const { return specific_.ground_up_usd; }

  /// Claims incurred in the policy's months that the windows leave out.
  double outside_basis_usd() const {
    const std::optional<ExpectedSums> own = sums_of(demand_.views.own_year);
    const double taken = own ? own->ground_up_usd : specific_.ground_up_usd;
    return mature_ ? std::max(0.0, mature_->ground_up_usd - taken) : 0.0;
  }

  ExactRow row(const GridRow& row) const {
    ExactRow result = expected_row(row, specific_, counted_ ? &*counted_ : nullptr);
    const ExpectedSums& mature = mature_ ? *mature_ : specific_;
    const ExactRow later = expected_row(row, mature, mature_counted_ ? &*mature_counted_ : nullptr);
    result.mature_retained_usd = later.retained_usd;
    result.mature_specific_before_asd_usd = later.specific_before_asd_usd;
    leave_out_unknown(row, result);
    return result;
  }

 private:
  /// What run-in limits take off and what families add have no mean here.
  void leave_out_unknown(const GridRow& row, ExactRow& result) const {
    const GroupView& own = demand_.views.specific.group;
    const GroupView& counted = demand_.views.counted ? demand_.views.counted->group : own;
    const bool limited = row.terms.group_limit < unlimited && has_run_in(counted);
    result.retained_is_bound = limited || limits_persons(counted) || has_families(counted) ||
                               has_families(own);
    if (limits_persons(own) || has_families(own)) result.specific_before_asd_usd = NAN;
    if (has_families(own)) result.mature_specific_before_asd_usd = NAN;
  }

  std::optional<ExpectedSums> sums_of(const std::optional<ClaimsView>& view) const {
    if (!view) return std::nullopt;
    return expected_sums(*view, factors_, laws_, {});
  }

  const JobDemand& demand_;
  const YearFactors& factors_;
  const std::vector<SmoothedLaw>& laws_;
  ExpectedSums specific_;
  std::optional<ExpectedSums> counted_, mature_, mature_counted_;
};

void fill_job(const Book& book, std::size_t job, const JobDemand& demand,
              const std::vector<SmoothedLaw>& laws, ExactMeans& means) {
  const GroupJob& at = book.jobs[job];
  const YearFactors factors = factors_of(book, job);
  const JobSums sums(demand, factors, laws);
  const std::uint32_t group = book.group_of_job[job];
  // Every pass of a group has the same ground-up claims; the first one speaks for all.
  if (job == 0 || book.group_of_job[job - 1] != group) {
    means.ground_up_usd[group] = sums.ground_up_usd();
    means.outside_basis_usd[group] = sums.outside_basis_usd();
  }
  for (std::uint32_t row = 0; row < at.row_count; ++row) {
    means.rows[job].push_back(sums.row(at.rows[row]));
  }
}

ExactMeans empty_means(const Book& book) {
  ExactMeans means;
  const auto last = std::max_element(book.group_of_job.begin(), book.group_of_job.end());
  means.ground_up_usd.resize(last == book.group_of_job.end() ? 0 : *last + std::size_t{1});
  means.outside_basis_usd.resize(means.ground_up_usd.size());
  means.rows.resize(book.jobs.size());
  return means;
}

}  // namespace

void recentre(Book& book) {
  const auto any = std::any_of(book.effects.begin(), book.effects.end(), needs_recentring);
  if (!any) return;
  const BasisNumbers bases(book);
  // All claims of the year, whatever part of them a contract takes.
  std::vector<ClaimsView> views;
  std::vector<LawKey> keys;
  for (const GroupJob& job : book.jobs) {
    views.push_back({job.group, 0, 0});
    views.back().group.basis = nullptr;
    for (const LawUse& use : law_uses(views.back())) keys.push_back(use.key);
  }
  const Laws laws(book, bases, std::move(keys));
  tbb::parallel_for(std::size_t{0}, book.jobs.size(), [&](std::size_t job) {
    if (!needs_recentring(book.effects[job])) return;
    const YearFactors factors(without_pandemic(book.effects[job]), 1);
    book.jobs[job].group.base_effect =
        static_cast<float>(recentred_base(views[job], factors, laws.keyed()));
  });
  std::map<const GroupView*, float> base_of_counted;
  for (const GroupJob& job : book.jobs) base_of_counted[job.counted] = job.group.base_effect;
  for (GroupView& counted : book.counted) counted.base_effect = base_of_counted.at(&counted);
}

ExactMeans exact_means(const Book& book) {
  const BasisNumbers bases(book);
  const std::vector<JobDemand> demands = demands_of(book, bases);
  const Laws laws(book, bases, keys_of(demands, bases));
  const RunInLaws run_in(book, bases, all_uses(demands), run_in_sigmas(book, bases, demands));
  const std::vector<JobClass> classes = job_classes(book, !run_in.empty());
  ExactMeans means = empty_means(book);
  tbb::parallel_for(std::size_t{0}, classes.size(), [&](std::size_t c) {
    const JobClass& jobs = classes[c];
    const YearFactors factors = factors_of(book, jobs.front());
    const ClassDemand demand = demand_of(book, jobs, demands);
    const std::vector<SmoothedLaw> smoothed = SmoothedLaws(demand, factors, laws, run_in).make();
    tbb::parallel_for(std::size_t{0}, jobs.size(), [&](std::size_t i) {
      fill_job(book, jobs[i], demands[jobs[i]], smoothed, means);
    });
  });
  return means;
}

}  // namespace corridor
