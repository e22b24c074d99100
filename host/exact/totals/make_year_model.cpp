// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/totals/make_year_model.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "host/exact/group_means.hpp"
#include "host/exact/persons.hpp"
#include "host/exact/totals/frequency_years.hpp"

namespace corridor {
namespace {

/// A person before the laws are looked up.
struct Insured {
  LawKey key;
  double scale, exposure, count;
  double certain_usd = 0;
  Cents maximum = unlimited;
  std::uint32_t personal = AlikePersons::nobody;
};

double usd_of(Cents amount) {
  return amount >= unlimited ? std::numeric_limits<double>::infinity()
                             : static_cast<double>(amount) / 100;
}

double known_run_in_usd(const PersonalMember& person, const GroupView& group) {
  if (person.known_run_in < 0 || !has_run_in(group)) return 0;
  return std::min(static_cast<double>(person.known_run_in) / 100,
                  double{group.basis->run_in_limit_usd});
}

std::vector<Insured> insured_of(const ClaimsView& view) {
  const GroupView& group = view.group;
  std::vector<Insured> result;
  each_distinct_person(group, false, [&](const Person& person) {
    result.push_back({{person.table, view.basis},
                      double{person.scale},
                      exposure_of(person.inverse_exposure),
                      person.weight,
                      0,
                      group.maximum});
  });
  for (std::uint32_t p = 0; p < group.personal_count; ++p) {
    const PersonalMember& person = group.personal[p];
    const double certain = known_run_in_usd(person, group);
    if (!(person.terms.scale > 0) && certain <= 0) continue;
    result.push_back({law_of(person, view), double{person.terms.scale},
                      exposure_of(person.terms.inverse_exposure), 1, certain, person.maximum, p});
  }
  return result;
}

/// Builds the slices of one view.
class Maker {
 public:
  Maker(const ClaimsView& view, const YearFactors& factors, LawStore& laws, CutLaws& cut,
        double frequency_step)
      : view_(view),
        factors_(factors),
        laws_(laws),
        cut_(cut),
        frequency_step_(frequency_step),
        insured_(insured_of(view)) {}

  YearModel make() {
    if (has_run_in(view_.group)) {
      add_ratio_slices();
    } else {
      for (const FrequencyState& state : factors_.states) {
        if (state.probability > 0) add_year_slices(state);
      }
    }
    return std::move(model_);
  }

 private:
  /// Mean logarithm of the severity of one year.
  double severity_mean() const {
    return std::log(factors_.base) - factors_.sigma * factors_.sigma / 2;
  }

  std::uint32_t number_of(const TableLaw& law) {
    const auto [at, fresh] =
        numbers_.try_emplace(&law, static_cast<std::uint32_t>(model_.laws.size()));
    if (fresh) model_.laws.push_back(&law);
    return at->second;
  }

  void add_slice(double weight, double log_severity, double sigma, double frequency,
                 std::size_t ratio) {
    if (weight == 0) return;
    YearSlice slice{weight, log_severity, sigma, {}};
    for (const Insured& insured : insured_)
      slice.persons.push_back(alike(insured, frequency, ratio));
    model_.slices.push_back(std::move(slice));
  }

  AlikePersons alike(const Insured& insured, double frequency, std::size_t ratio) {
    AlikePersons persons;
    persons.scale = insured.scale;
    persons.count = insured.count;
    persons.certain_usd = insured.certain_usd;
    persons.maximum_usd = usd_of(insured.maximum);
    persons.personal = insured.personal;
    if (!(insured.scale > 0)) {
      persons.share_count = 0;
      persons.scale = 1;
    } else if (laws_.has_run_in(insured.key)) {
      share_years(insured, ratio, persons);
    } else {
      share_year(insured, insured.exposure * frequency, persons);
    }
    return persons;
  }

  void share_year(const Insured& insured, double weight, AlikePersons& persons) {
    const EligibleLaw& law = laws_.of_year(insured.key);
    const auto claims_too_often = [&](const MonthLaw& month) {
      return weight * month.law.survival(0) > 1;
    };
    const bool cut = std::any_of(law.months().begin(), law.months().end(), claims_too_often);
    persons.shares[0] = cut ? LawShare{number_of(cut_.of(law, insured.key, weight)), 1}
                            : LawShare{number_of(law.law()), weight};
  }

  /// The law of several years as the polynomial in the exposure through its nodes.
  void share_years(const Insured& insured, std::size_t ratio, AlikePersons& persons) {
    const LawStore::RunIn& made = laws_.of_years(insured.key, factors_.yearly_sigma);
    const auto& nodes = made.at[ratio];
    persons.share_count = static_cast<std::uint32_t>(nodes.size());
    for (std::size_t n = 0; n < nodes.size(); ++n) {
      const double weight =
          nodes.size() == 1 ? 1 : exposure_weight(made.degree, n, insured.exposure);
      persons.shares[n] = {number_of(*nodes[n]), weight};
    }
  }

  // The mean of the yearly effects' logarithms is independent of how they lie about it.
  void add_ratio_slices() {
    const std::uint32_t years = view_.group.basis->prior_years + 1;
    const double yearly = factors_.yearly_sigma, lasting = factors_.lasting_sigma;
    const double sigma = std::sqrt(lasting * lasting + yearly * yearly / years);
    const RatioNodes* ratios = laws_.ratios(years, yearly);
    const std::vector<double> weights = ratios ? ratios->weights(yearly) : std::vector<double>{1};
    for (std::size_t r = 0; r < weights.size(); ++r) {
      add_slice(weights[r], severity_mean(), sigma, 1, r);
    }
  }

  void add_year_slices(const FrequencyState& state) {
    if (factors_.model.group_moves_frequency()) return add_frequency_slices(state);
    add_slice(state.probability, severity_mean(), factors_.sigma, state.frequency, 0);
  }

  /// By the group's effect, which moves severity and frequency together.
  void add_frequency_slices(const FrequencyState& state) {
    std::vector<FrequencyPersons> persons;
    for (const Insured& insured : insured_) {
      if (!(insured.scale > 0)) continue;
      persons.push_back(
          {&laws_.of_year(insured.key), insured.scale, insured.exposure * state.frequency,
           insured.count});
    }
    const FrequencyYears years(std::move(persons), factors_, smallest_threshold_usd(),
                               frequency_step_);
    for (const FrequencyNode& node : years.nodes()) {
      add_slice(state.probability * node.weight, years.log_severity(node.score),
                factors_.model.shared_sigma, state.frequency * years.frequency(node.score), 0);
    }
    model_.slice_error = larger(model_.slice_error, years.error());
  }

  double smallest_threshold_usd() const {
    const GroupView& group = view_.group;
    double least = std::max(1.0, usd_of(group.maximum));
    for (std::uint32_t k = 0; k < group.threshold_count; ++k) {
      if (group.thresholds[k] > 0) least = std::min(least, usd_of(group.thresholds[k]));
    }
    return std::isfinite(least) ? least : 1e9;
  }

  const ClaimsView& view_;
  const YearFactors& factors_;
  LawStore& laws_;
  CutLaws& cut_;
  double frequency_step_;
  std::vector<Insured> insured_;
  YearModel model_;
  std::map<const TableLaw*, std::uint32_t> numbers_;
};

}  // namespace

YearModel make_year_model(const ClaimsView& view, const YearFactors& factors, LawStore& laws,
                          CutLaws& cut, double frequency_step) {
  return Maker(view, factors, laws, cut, frequency_step).make();
}

YearModel make_year_model(const ClaimsView& view, const YearFactors& factors, LawStore& laws,
                          double frequency_step) {
  return make_year_model(view, factors, laws, laws.cut(), frequency_step);
}

}  // namespace corridor
