// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/joint/joint_group.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "host/exact/capped/capped_total.hpp"
#include "host/exact/lattice/lattice_total.hpp"

namespace corridor {
namespace {

constexpr double end_points = 8;  ///< of what is paid
/// Steps in which a person's highest counted claims lie, for every point of what is paid. In large
/// groups that takes more points than what is paid has; they cost little, because few frequencies
/// matter. Of few persons all matter, and fewer points do.
constexpr double cap_steps = 3.0 / 64, least_counted = 0.5, most_counted = 4;

std::vector<JointSlice> slices_of(const YearModel& model, const JointCover& cover,
                                  double& paid_certain, double& counted_certain) {
  std::vector<JointSlice> slices;
  for (const YearSlice& years : model.slices) {
    JointSlice slice{{years.weight, years.log_severity, years.sigma, {}}, {}};
    paid_certain = counted_certain = 0;
    for (const AlikePersons& of : years.persons) {
      JointPerson person;
      const bool member = of.personal == AlikePersons::nobody;
      const PersonFunction counted{{{0, 1}, {cover.counted.of(of), 0}}};
      const PersonFunction& paid = member ? cover.of_members : cover.of_personal[of.personal];
      person.counted = paid_function(counted, of.certain_usd, of.maximum_usd);
      person.paid = paid_function(paid, of.certain_usd, of.maximum_usd);
      paid_certain += of.count * person.paid.certain_usd;
      counted_certain += of.count * person.counted.certain_usd;
      if (!(of.scale > 0)) continue;
      for (const LawShare& share : of.mixture()) {
        if (share.weight != 0) person.mixture.push_back({model.laws[share.law], share.weight});
      }
      person.scale = of.scale;
      person.count = of.count;
      if (!person.mixture.empty()) slice.persons.push_back(std::move(person));
    }
    slices.push_back(std::move(slice));
  }
  return slices;
}

/// Every second node, or those in between.
std::vector<EffectNode> shifted(const YearSlice& years, double cv, bool between) {
  const std::vector<EffectNode> fine = effect_nodes(years, cv, 0.5);
  if (fine.size() == 1) return fine;
  std::size_t centre = 0;
  while (fine[centre].log_severity < years.log_severity) ++centre;
  std::vector<EffectNode> some;
  double whole = 0;
  for (std::size_t i = (centre + (between ? 1 : 0)) % 2; i < fine.size(); i += 2) {
    some.push_back(fine[i]);
    whole += fine[i].weight;
  }
  for (EffectNode& node : some) node.weight /= whole;
  return some;
}

/// Of counted claims, which vary least.
double counted_cv(const JointSlice& slice) {
  const double high = slice.years.log_severity + 2.5 * slice.years.sigma;
  double mean = 0, variance = 0;
  for (const JointPerson& person : slice.persons) {
    double of_person = 0, square = 0;
    for (const LawPart& part : person.mixture) {
      const PaidMoments moments =
          paid_moments(person.counted, *part.law, std::exp(high) * person.scale);
      of_person += part.weight * moments.mean;
      square += part.weight * moments.square;
    }
    mean += person.count * of_person;
    variance += person.count * (square - of_person * of_person);
  }
  return mean > 0 ? std::sqrt(std::max(0.0, variance)) / mean : 1;
}

/// Mean over the persons of the most that is counted of each.
double mean_cap(const JointSlice& slice) {
  double sum = 0, persons = 0;
  for (const JointPerson& person : slice.persons) {
    const double cap = person.counted.highest();
    if (!(cap > 0) || !std::isfinite(cap)) continue;
    sum += person.count * cap;
    persons += person.count;
  }
  return persons > 0 ? sum / persons : 0;
}

std::unique_ptr<TotalLaw> counted_law(const YearModel& model, const JointCover& cover,
                                      std::span<const CountedCover> aggregates,
                                      JointTables tables) {
  std::vector<PersonFunction> personal;
  for (const double cap : cover.counted.personal_usd) personal.push_back({{{0, 1}, {cap, 0}}});
  TotalDemand demand{{}, {counted_level}};
  for (const CountedCover& aggregate : aggregates) {
    demand.amounts_usd.push_back(aggregate.attachment_usd);
    if (std::isfinite(aggregate.limit_usd)) {
      demand.amounts_usd.push_back(aggregate.exhaustion_usd());
    }
  }
  if (tables.moments && std::isfinite(cover.counted.group_usd)) {
    auto law = capped_total(model, cover.counted, *tables.moments, demand);
    if (law) return law;
  }
  return lattice_total(model, {{{0, 1}, {cover.counted.group_usd, 0}}}, personal, tables.rows,
                       demand);
}

}  // namespace

JointGroup::JointGroup(const YearModel& model, const JointCover& cover,
                       std::span<const CountedCover> aggregates, JointTables tables) {
  slices = slices_of(model, cover, paid_certain, counted_certain);
  if (!apart()) return;
  retained = std::max(0.0, cover.retained_usd - paid_certain);
  certain_left = std::max(0.0, paid_certain - cover.retained_usd);
  paid = lattice_total(model, cover.of_members, cover.of_personal, tables.rows,
                       {{paid_certain + retained}, {}});
  counted = counted_law(model, cover, aggregates, tables);
  counted_reach = std::max(counted->quantile(counted_level) - counted_certain, 1.0);
  counted_cap = mean_cap(slices.front());
  for (const JointSlice& slice : slices) {
    const double cv = counted_cv(slice);
    main.push_back(shifted(slice.years, cv, false));
    between.push_back(shifted(slice.years, cv, true));
  }
}

bool JointGroup::apart() const {
  for (const JointSlice& slice : slices) {
    for (const JointPerson& person : slice.persons) {
      if (!person.apart()) return false;
    }
  }
  return true;
}

std::size_t JointGroup::counted_points_for(double paid_points) const {
  const double wanted =
      counted_cap > 0 ? cap_steps * counted_reach / (JointGrid::counted_share * counted_cap) : 0;
  return std::bit_ceil(static_cast<std::size_t>(
      paid_points * std::clamp(wanted, least_counted, most_counted)));
}

JointGrid JointGroup::grid(double reach_usd, std::size_t paid_points) const {
  const std::size_t counted_points = counted_points_for(static_cast<double>(paid_points));
  JointGrid grid;
  grid.counted = {counted_points, 0};
  grid.paid = tilted(paid_points);
  grid.counted_step_usd =
      counted_reach / (JointGrid::counted_share * static_cast<double>(counted_points));
  grid.paid_step_usd = (reach_usd + retained) / (static_cast<double>(paid_points) - end_points);
  if (retained > 0) {
    grid.paid_step_usd = retained / std::ceil(retained / grid.paid_step_usd);
  }
  return grid;
}

std::size_t JointGroup::retained_steps(const JointGrid& grid) const {
  return static_cast<std::size_t>(std::lround(retained / grid.paid_step_usd));
}

}  // namespace corridor
