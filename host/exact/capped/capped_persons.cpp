// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/capped/capped_persons.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "corridor/error.hpp"

namespace corridor {
namespace {

CappedPerson checked_person(const AlikePersons& persons, const CapOfPersons& cap) {
  const CappedPerson person = capped_person(persons, cap);
  if (person.limit_usd >= 0 && std::isfinite(person.certain_usd + person.limit_usd)) return person;
  throw Error(ErrorKind::internal,
              "the law of a capped total: a person's cap is not a finite amount. This is a mistake "
              "in the program; please report it");
}

bool same_kind(const PersonKind& a, const PersonKind& b) {
  if (a.ratio != b.ratio || a.law_count != b.law_count) return false;
  for (std::uint32_t i = 0; i < a.law_count; ++i) {
    if (a.laws[i].moments != b.laws[i].moments || a.laws[i].weight != b.laws[i].weight) {
      return false;
    }
  }
  return true;
}

/// Sorts persons into kinds; persons alike tend to stand together.
class Sorting {
 public:
  Sorting(const YearModel& model, const MomentTables& tables) {
    for (const TableLaw* law : model.laws) laws_.push_back(law);
    moments_.resize(laws_.size());
    tables_ = &tables;
  }

  void add(const AlikePersons& persons, double limit_usd) {
    PersonKind kind;
    kind.rest = 1;
    for (const LawShare& share : persons.mixture()) {
      if (share.weight == 0) continue;
      kind.laws[kind.law_count++] = {moments(share.law), share.weight};
      kind.rest -= share.weight;
    }
    kind.ratio = ratio(limit_usd);
    PersonKind& found = find(kind);
    found.places.push_back({std::log(limit_usd / persons.scale) / kappa_step, persons.count});
    counts_[kind.ratio] += persons.count;
  }

  /// Limits become ratios to the commonest one.
  void finish(CappedPersons& persons) {
    if (counts_.empty()) return;
    const auto most = std::max_element(counts_.begin(), counts_.end()) - counts_.begin();
    persons.unit_usd = limits_[static_cast<std::size_t>(most)];
    for (std::size_t r = 0; r < limits_.size(); ++r) {
      persons.ratios.push_back(limits_[r] / persons.unit_usd);
      persons.count += counts_[r];
      persons.most += counts_[r] * persons.ratios[r];
    }
    for (PersonKind& kind : kinds_) {
      const auto [low, high] =
          std::minmax_element(kind.places.begin(), kind.places.end(),
                              [](const auto& a, const auto& b) { return a.row < b.row; });
      kind.low_row = low->row;
      kind.high_row = high->row;
    }
    persons.kinds = std::move(kinds_);
  }

 private:
  const LawMoments* moments(std::uint32_t law) {
    if (moments_[law] == nullptr) moments_[law] = &tables_->of(laws_[law]);
    return moments_[law];
  }

  std::size_t ratio(double limit_usd) {
    const auto [at, made] = ratio_of_.try_emplace(limit_usd, limits_.size());
    if (made) {
      limits_.push_back(limit_usd);
      counts_.push_back(0);
    }
    return at->second;
  }

  PersonKind& find(const PersonKind& kind) {
    if (last_ < kinds_.size() && same_kind(kinds_[last_], kind)) return kinds_[last_];
    last_ = 0;
    while (last_ < kinds_.size() && !same_kind(kinds_[last_], kind)) ++last_;
    if (last_ == kinds_.size()) kinds_.push_back(kind);
    return kinds_[last_];
  }

  std::vector<const TableLaw*> laws_;
  const MomentTables* tables_;
  std::vector<const LawMoments*> moments_;
  std::map<double, std::size_t> ratio_of_;
  std::vector<double> limits_, counts_;
  std::vector<PersonKind> kinds_;
  std::size_t last_ = 0;
};

}  // namespace

double CappedPersons::largest_ratio() const {
  return ratios.empty() ? 0 : *std::max_element(ratios.begin(), ratios.end());
}

CappedPersons capped_persons(const YearModel& model, const YearSlice& slice,
                             const CapOfPersons& cap, const MomentTables& tables) {
  CappedPersons result;
  Sorting sorting(model, tables);
  double certain_usd = 0;
  for (const AlikePersons& persons : slice.persons) {
    if (persons.count <= 0) continue;
    const CappedPerson person = checked_person(persons, cap);
    certain_usd += persons.count * person.certain_usd;
    if (person.limit_usd > 0) sorting.add(persons, person.limit_usd);
  }
  sorting.finish(result);
  result.certain = certain_usd / result.unit_usd;
  return result;
}

LawMoments::Limited limited(const PersonKind& kind, double row) {
  LawMoments::Limited sum{0, 0};
  for (const PersonKind::Law& law : kind.mixture()) {
    const LawMoments::Limited part = law.moments->limited(row);
    sum.mean += law.weight * part.mean;
    sum.square += law.weight * part.square;
  }
  return sum;
}

namespace {

/// A kind's, in units of its limit.
NodeMoments kind_moments(const PersonKind& kind, double log_severity) {
  const double rows_down = log_severity / kappa_step;
  NodeMoments sum;
  for (const PersonKind::Place& place : kind.places) {
    const LawMoments::Limited one = limited(kind, place.row - rows_down);
    sum.mean += place.count * one.mean;
    sum.variance += place.count * (one.square - one.mean * one.mean);
    sum.squares += place.count * one.square;
  }
  return sum;
}

}  // namespace

NodeMoments node_moments(const CappedPersons& persons, double log_severity,
                         std::vector<double>* kind_means) {
  NodeMoments sum;
  for (const PersonKind& kind : persons.kinds) {
    const double ratio = persons.ratios[kind.ratio];
    const NodeMoments of_kind = kind_moments(kind, log_severity);
    if (kind_means != nullptr) kind_means->push_back(of_kind.mean);
    sum.mean += ratio * of_kind.mean;
    sum.variance += ratio * ratio * of_kind.variance;
    sum.squares += ratio * ratio * of_kind.squares;
  }
  return sum;
}

}  // namespace corridor
