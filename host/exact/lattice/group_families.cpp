// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/group_families.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace corridor {
namespace {

/// Gathers persons into families, and functions that occur often into one.
class Gathering {
 public:
  Gathering(const YearModel& model, const PersonFunction& of_members,
            std::span<const PersonFunction> of_personal)
      : model_(model), of_members_(of_members), of_personal_(of_personal) {}

  FamilySlice slice(const YearSlice& from, double& certain_usd) {
    FamilySlice slice{{from.weight, from.log_severity, from.sigma, {}}, {}};
    std::map<std::pair<std::size_t, std::vector<std::pair<std::uint32_t, double>>>, std::size_t>
        family_of;
    for (const AlikePersons& persons : from.persons) {
      const auto [paid, certain] = paid_of(persons);
      certain_usd += persons.count * certain;
      if (paid_[paid].nothing() || !(persons.scale > 0) || !(persons.count > 0)) continue;
      std::vector<std::pair<std::uint32_t, double>> shares;
      for (const LawShare& share : persons.mixture()) {
        if (share.weight != 0) shares.emplace_back(share.law, share.weight);
      }
      if (shares.empty()) continue;
      const auto [at, made] = family_of.try_emplace({paid, shares}, slice.families.size());
      if (made) slice.families.push_back(family(paid, shares));
      slice.families[at->second].persons.push_back({std::log(persons.scale), persons.count});
    }
    return slice;
  }

  std::vector<PaidFunction> paid() && { return std::move(paid_); }

 private:
  Family family(std::size_t paid, const std::vector<std::pair<std::uint32_t, double>>& shares) {
    Family made;
    made.paid = paid;
    for (const auto& [law, weight] : shares) made.mixture.push_back({model_.laws[law], weight});
    return made;
  }

  struct Paid {
    std::size_t index = 0;
    double certain_usd = 0;
  };
  Paid paid_of(const AlikePersons& persons) {
    const auto [at, made] =
        index_.try_emplace({persons.personal, persons.certain_usd, persons.maximum_usd}, Paid{});
    if (made) {
      const bool member = persons.personal == AlikePersons::nobody;
      PaidFunction paid = paid_function(member ? of_members_ : of_personal_[persons.personal],
                                        persons.certain_usd, persons.maximum_usd);
      at->second.certain_usd = paid.certain_usd;
      at->second.index = index_of(std::move(paid));
    }
    return at->second;
  }

  std::size_t index_of(PaidFunction paid) {
    std::vector<std::pair<double, double>> key;
    for (const PersonFunction::Line& line : paid.lines) key.emplace_back(line.from_usd, line.slope);
    const auto [at, made] = by_lines_.try_emplace(std::move(key), paid_.size());
    if (made) paid_.push_back(std::move(paid));
    return at->second;
  }

  const YearModel& model_;
  const PersonFunction& of_members_;
  std::span<const PersonFunction> of_personal_;
  std::vector<PaidFunction> paid_;
  std::map<std::tuple<std::uint32_t, double, double>, Paid> index_;
  std::map<std::vector<std::pair<double, double>>, std::size_t> by_lines_;
};

}  // namespace

double Family::persons_count() const {
  double sum = 0;
  for (const Like& like : persons) sum += like.count;
  return sum;
}

// What certain claims pay depends on no effect, so that every slice has the same.
GroupFamilies group_families(const YearModel& model, const PersonFunction& of_members,
                             std::span<const PersonFunction> of_personal) {
  Gathering gathering(model, of_members, of_personal);
  GroupFamilies group;
  for (const YearSlice& years : model.slices) {
    group.certain_usd = 0;
    group.slices.push_back(gathering.slice(years, group.certain_usd));
  }
  group.paid = std::move(gathering).paid();
  return group;
}

TotalMoments moments_given(const GroupFamilies& group, const FamilySlice& slice,
                           double log_severity) {
  TotalMoments total;
  for (const Family& family : slice.families) {
    for (const Family::Like& like : family.persons) {
      double mean = 0, square = 0;
      for (const LawPart& part : family.mixture) {
        const PaidMoments of_law = paid_moments(group.paid[family.paid], *part.law,
                                                std::exp(log_severity + like.log_scale));
        mean += part.weight * of_law.mean;
        square += part.weight * of_law.square;
      }
      total.mean += like.count * mean;
      total.variance += like.count * (square - mean * mean);
    }
  }
  return total;
}

double highest_total(const GroupFamilies& group) {
  double highest = 0;
  for (const FamilySlice& slice : group.slices) {
    double sum = 0;
    for (const Family& family : slice.families) {
      sum += family.persons_count() * group.paid[family.paid].highest();
    }
    highest = std::max(highest, sum);
  }
  return highest;
}

}  // namespace corridor
