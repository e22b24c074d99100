// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/year_claims.hpp"

namespace corridor {
namespace {

/// Dollars that claims above `above` cents exceed, whatever rounding does; exact cents decide. As
/// the lane's own listing floor.
float least_usd(Cents above, float severity) {
  return static_cast<float>(static_cast<double>(above) / 100.0) / severity * (1.0f - 0x1p-20f);
}

/// The claims of one group's year, as they are found.
class Finder {
 public:
  Finder(const GroupView& group, const Philox& draw, std::uint32_t year, Cents above,
         std::vector<YearClaim>& claims)
      : group_(group), draw_(draw), year_(year), above_(above), claims_(claims) {}

  void find(const YearEffect& effect) {
    const float least = least_usd(above_, effect.severity);
    const double cents_a_dollar = cents_per_usd(effect.severity);
    each_member([&](std::uint32_t member, std::uint32_t word) {
      const float usd = claim_usd(group_, group_.members[member], member, word, year_,
                                  effect.inverse_frequency, draw_);
      if (usd > least) add_member(member, usd, 0, cents_a_dollar);
    });
    add_persons(effect);
  }

  void find(const BasisEffects& effects) {
    const float least = least_usd(above_, 1.0f);
    each_member([&](std::uint32_t member, std::uint32_t word) {
      const EligibleClaim claim =
          eligible_claim(group_, group_.members[member], member, word, year_, effects, draw_);
      if (claim.total_usd > least) {
        add_member(member, claim.total_usd, claim.run_in_usd, cents_per_eligible_usd);
      }
    });
    add_persons(effects);
  }

 private:
  template <class Visit>
  void each_member(const Visit& visit) const {
    for (std::uint32_t first = 0; first < group_.member_count; first += 4) {
      const Words words = draw_(counter_of(Purpose::claim, year_, first, group_.key));
      for (std::uint32_t i = first; i < first + 4 && i < group_.member_count; ++i) {
        visit(i, words.w[i & 3]);
      }
    }
  }

  void add_member(std::uint32_t member, float usd, float run_in_usd, double cents_a_dollar) {
    const Cents cents = to_cents(static_cast<double>(usd) * cents_a_dollar);
    const Cents capped = smaller(cents, group_.maximum);
    const Cents run_in = to_cents(static_cast<double>(run_in_usd) * cents_a_dollar);
    add({member, YearClaim::main_loop, capped, smaller(run_in, capped), cents > capped});
  }

  template <class Effects>
  void add_persons(const Effects& effects) {
    for (std::uint32_t p = 0; p < group_.personal_count; ++p) {
      const PersonalMember& person = group_.personal[p];
      const Words words = draw_(counter_of(Purpose::claim, year_, person.member, group_.key));
      const PersonalClaim claim =
          personal_claim(group_, person, words.w[person.member & 3], year_, effects, draw_);
      add({person.member, p, claim.total, claim.run_in, claim.total == person.maximum});
    }
  }

  void add(const YearClaim& claim) {
    if (claim.claim > above_) claims_.push_back(claim);
  }

  const GroupView& group_;
  const Philox& draw_;
  std::uint32_t year_;
  Cents above_;
  std::vector<YearClaim>& claims_;
};

BasisEffects effects_of(const GroupView& group, const Philox& draw, std::uint32_t year) {
  if (group.basis != nullptr) return basis_effects(group, year, draw);
  BasisEffects effects;
  effects.year[0] = year_effect(group, year, draw);
  return effects;
}

double factor(const Bucket* table, float survival) {
  return table != nullptr ? static_cast<double>(quantile(table, survival)) : 1.0;
}

Cents threshold_of(const GroupView& group, std::uint32_t threshold, const YearClaim& claim) {
  if (!claim.has_own_terms()) return group.thresholds[threshold];
  return group.personal_thresholds[claim.person * group.threshold_count + threshold];
}

/// Claims as the aggregate counts them, by member.
std::vector<Cents> claims_by_member(const GroupView& group, const Philox& draw,
                                    std::uint32_t year) {
  std::vector<YearClaim> claims;
  add_claims_above(group, draw, year, 0, claims);
  std::vector<Cents> by_member(group.member_count);
  for (const YearClaim& claim : claims) by_member[claim.member] = claim.claim;
  return by_member;
}

PersonReplay person_of(const GroupJob& job, const GridRow& row, const YearClaim& claim,
                       Cents counted) {
  PersonReplay person{claim};
  person.deductible = threshold_of(job.group, row.deductible_threshold, claim);
  person.excess = excess_over(claim.claim, person.deductible);
  person.covered = person.excess;
  if (row.limit_threshold != GridRow::no_limit) {
    person.covered -=
        excess_over(claim.claim, threshold_of(job.group, row.limit_threshold, claim));
  }
  person.countable = smaller(counted, job.group.thresholds[row.deductible_threshold]);
  return person;
}

}  // namespace

void add_claims_above(const GroupView& group, const Philox& draw, std::uint32_t year, Cents above,
                      std::vector<YearClaim>& claims) {
  Finder finder(group, draw, year, above, claims);
  if (group.basis != nullptr) return finder.find(basis_effects(group, year, draw));
  finder.find(year_effect(group, year, draw));
}

std::vector<EffectFactors> effect_factors(const GroupView& group, const Philox& draw,
                                          std::uint32_t year) {
  std::vector<EffectFactors> factors;
  const std::uint32_t prior_years = group.basis != nullptr ? group.basis->prior_years : 0;
  for (std::uint32_t back = 0; back <= prior_years; ++back) {
    for (std::uint32_t e = 0; e < group.effect_count; ++e) {
      const Effect effect = back == 0 ? group.effects[e] : effect_before(group.effects[e], back);
      const float survival = effect_survival(effect, year, draw);
      factors.push_back({back, group.effects[e].purpose, factor(effect.severity, survival),
                         1.0 / factor(effect.inverse_frequency, survival)});
    }
  }
  return factors;
}

GroupReplay replayed(const GroupJob& job, const GridRow& row, const Philox& draw,
                     std::uint32_t year) {
  GroupReplay replay;
  replay.effects = effects_of(job.group, draw, year);
  replay.sums.resize(job_columns(job));
  store(job.group, simulate_year(job.group, year, draw), replay.view(), 0);
  if (job.counted != nullptr) {
    const SumsView behind{replay.sums.data() + sums_columns(job.group), 1};
    store(*job.counted, simulate_year(*job.counted, year, draw), behind, 0);
  }
  replay.drawn = year_state(job.group, row, replay.view(), 0, job.counted);
  replay.state = replay.drawn;
  row.terms.apply(replay.state);
  return replay;
}

std::vector<PersonReplay> replayed_persons(const GroupJob& job, const GridRow& row,
                                           const Philox& draw, std::uint32_t year) {
  std::vector<YearClaim> claims;
  add_claims_above(job.group, draw, year, 0, claims);
  std::vector<Cents> counted;
  if (job.counted != nullptr) counted = claims_by_member(*job.counted, draw, year);
  std::vector<PersonReplay> persons;
  for (const YearClaim& claim : claims) {
    persons.push_back(
        person_of(job, row, claim, counted.empty() ? claim.claim : counted[claim.member]));
  }
  return persons;
}

std::vector<FamilyReplay> replayed_families(const GroupView& group, const GridRow& row,
                                            std::span<const PersonReplay> persons) {
  std::vector<FamilyReplay> families;
  if (!has_families(group)) return families;
  const Cents deductible =
      larger(group.family_deductible, group.thresholds[row.deductible_threshold]);
  for (const PersonReplay& person : persons) {
    if (!person.claim.has_own_terms()) continue;
    const std::uint32_t family = group.personal[person.claim.person].family;
    if (family == 0) continue;
    if (families.empty() || families.back().family != family) {
      families.push_back({family, 0, deductible, 0});
    }
    families.back().kept += person.claim.claim - person.excess;
  }
  for (FamilyReplay& family : families) {
    family.covered = excess_over(family.kept, family.deductible);
  }
  std::erase_if(families, [](const FamilyReplay& family) { return family.covered == 0; });
  return families;
}

}  // namespace corridor
