// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/layers/person_classes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/exact/persons.hpp"

namespace corridor {
namespace {

double usd_of(Cents amount) {
  if (amount >= unlimited) return std::numeric_limits<double>::infinity();
  return static_cast<double>(amount) / 100;
}

}  // namespace

double PersonClass::chance_above(double usd, YearFactor year) const {
  if (usd >= maximum_usd) return 0;
  const double at = usd / (scale * year.severity), thinning = exposure * year.frequency;
  double chance = 0;
  for (const MonthLaw& month : law->months()) {
    chance += month.weight * month.law.thinned_survival(at, thinning);
  }
  return std::min(chance, 1.0);
}

double PersonClass::claim_usd(double part, double usd, YearFactor bound, YearFactor year) const {
  const std::vector<MonthLaw>& months = law->months();
  const double at = usd / (scale * bound.severity), thinning = exposure * bound.frequency;
  double survival = part * chance_above(usd, bound);
  std::size_t month = 0;
  while (month + 1 < months.size()) {
    const MonthLaw& here = months[month];
    const double chance = here.weight * here.law.thinned_survival(at, thinning);
    if (survival < chance) break;
    survival -= chance;
    ++month;
  }
  // Of a month's claims: uniform below the chance at the bound, and a claim where it is below the
  // year's own chance of having any.
  const double of_month = survival / months[month].weight;
  const double thinned = of_month / (exposure * year.frequency);
  if (!(thinned < 1) || !(of_month < 1)) return 0;
  return std::min(months[month].law.quantile(thinned) * scale * year.severity, maximum_usd);
}

const EligibleLaw& ClaimLaws::law(std::uint32_t table, const Basis* basis) {
  std::unique_ptr<EligibleLaw>& law = laws_[{table, basis}];
  if (!law) {
    TableLaw claims(book_.tables->data() + table * std::size_t{bucket_count});
    law = basis == nullptr ? std::make_unique<EligibleLaw>(std::move(claims))
                           : std::make_unique<EligibleLaw>(claims, *basis, 0);
  }
  return *law;
}

std::vector<PersonClass> person_classes(const GroupView& group, ClaimLaws& laws) {
  std::vector<PersonClass> classes;
  const auto add = [&](std::uint32_t table, double scale, float inverse_exposure, Cents maximum,
                       double count) {
    classes.push_back({&laws.law(table, group.basis), scale, exposure_of(inverse_exposure),
                       usd_of(maximum), count});
  };
  each_distinct_person(group, false, [&](const Person& person) {
    add(person.table, double{person.scale}, person.inverse_exposure, group.maximum, person.weight);
  });
  for (std::uint32_t p = 0; p < group.personal_count; ++p) {
    const PersonalMember& person = group.personal[p];
    if (!(person.terms.scale > 0)) continue;
    add(person.terms.table, double{person.terms.scale}, person.terms.inverse_exposure,
        person.maximum, 1);
  }
  return classes;
}

}  // namespace corridor
