// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/lane/basis.hpp"

#include <gmock/gmock.h>

#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "tests/lane/injected_words.hpp"
#include "tests/lane/made_up.hpp"

namespace corridor {
namespace {

using made_up::Group;

/// How many standard errors a count may lie from what is expected of it, in tests of some dozens.
constexpr double errors_allowed = 4.5;

std::array<std::uint32_t, 12> slots_of(const MonthTable& months) {
  std::array<std::uint32_t, 12> slots{};
  for (std::uint32_t cell = 0; cell < month_cells; ++cell) {
    if (cell < slots.size()) slots[cell] += months.cut[cell];
    slots[months.other[cell]] += slots_per_cell - months.cut[cell];
  }
  return slots;
}

TEST(MonthOf, GivesEveryMonthItsSlots) {
  std::mt19937_64 rng(1);
  for (int round = 0; round < 20; ++round) {
    const MonthTable months = made_up::random_months(rng);
    std::array<std::uint32_t, 12> seen{};
    for (std::uint32_t slot = 0; slot < month_slots; ++slot) ++seen[month_of(months, slot)];
    EXPECT_EQ(seen, slots_of(months));
  }
}

TEST(LargeWeight, IsHalfTheOctavesBetweenTheTwoSizes) {
  for (double usd = 1; usd < 1e9; usd *= 1.0007) {
    const double octaves = std::log2(usd / 25'000);
    const double exact = std::clamp(octaves / 2, 0.0, 1.0);
    EXPECT_NEAR(large_weight(static_cast<float>(usd)), exact, 0.004) << usd;
  }
  EXPECT_EQ(large_weight(0.0f), 0.0f);
  EXPECT_EQ(large_weight(small_claim_usd), 0.0f);
  EXPECT_EQ(large_weight(large_claim_usd), 1.0f);
}

TEST(LargeWeight, NeverFallsFromOneClaimToTheNext) {
  float last = 0;
  for (float usd = 24'999; usd < 100'001; usd = std::nextafter(usd, 1e9f)) {
    const float weight = large_weight(usd);
    ASSERT_GE(weight, last) << usd;
    last = weight;
  }
}

TEST(PaidShare, LetsALargerClaimPayMoreWhereLargeClaimsArePaidLater) {
  PaidShares shares{};
  shares.small[4] = 0.9f;
  shares.large_less_small[4] = -0.35f;
  float last = 0;
  for (float usd = 100; usd < 1e6f; usd *= 1.0005f) {
    const float paid = usd * paid_share(shares, 4, usd);
    EXPECT_GT(paid, last) << usd;
    last = paid;
  }
}

TEST(PaidShare, IsThatOfSmallAndOfLargeClaimsAtTheEnds) {
  PaidShares shares{};
  shares.small[7] = 0.75f;
  shares.large_less_small[7] = -0.25f;
  EXPECT_EQ(paid_share(shares, 7, 24'000.0f), 0.75f);
  EXPECT_EQ(paid_share(shares, 7, 200'000.0f), 0.5f);
}

TEST(Persistence, RepeatsTheTopDrawsAndStretchesTheOthersOverTheUnitInterval) {
  constexpr std::uint32_t lattice = 1u << 23;
  for (const std::uint32_t chance : {0u, 1u, 11'796u, 32'768u, 65'000u, 65'535u, 65'536u}) {
    SCOPED_TRACE(chance);
    const Persistence persistence = chance;
    const std::uint32_t fresh = (65'536 - chance) * (lattice / 65'536);
    for (std::uint32_t k = 0; k < lattice; k += k % 4'096 == 17 ? 4'079 : 1) {
      const float survival = persistence.survival(survival_of(k << 9), 2.0f);
      if (k >= fresh) {
        ASSERT_EQ(survival, 2.0f) << k;
        continue;
      }
      const double uniform = (k + 0.5) / fresh;
      ASSERT_NEAR(static_cast<double>(survival) / uniform, 1, 2e-7) << k;
      ASSERT_LT(survival, 1.0f) << k;
    }
  }
}

TEST(Persistence, DecidesOfARefinedTailAsOfItsWord) {
  for (const std::uint32_t chance : {65'533u, 65'534u, 65'535u}) {
    const Persistence persistence = chance;
    const std::uint32_t first = 0u - (chance << 16);
    EXPECT_EQ(persistence.survival(refined_survival(first, 0), 2.0f), 2.0f);
    EXPECT_LT(persistence.survival(refined_survival(first - 1, ~0u), 2.0f), 1.0f);
  }
}

using Place = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>;
Place place(Counter c) { return {c.x, c.y, c.z, c.w}; }

TEST(EffectBefore, KeepsTheLastingPartAndDrawsAllOthersAnew) {
  const StreamKey key{3, 4};
  for (const Purpose purpose : {Purpose::group_effect, Purpose::book_effect, Purpose::region_effect,
                                Purpose::industry_effect, Purpose::group_effect_year}) {
    const bool of_group = purpose == Purpose::group_effect || purpose == Purpose::group_effect_year;
    const Effect effect{purpose, of_group ? key : StreamKey{3, 0}, nullptr, nullptr};
    std::set<Place> seen{place(counter_of(effect.purpose, 1, 0, effect.key))};
    for (std::uint32_t back = 1; back < basis_years_max; ++back) {
      const Effect before = effect_before(effect, back);
      seen.insert(place(counter_of(before.purpose, 1, 0, before.key)));
    }
    EXPECT_EQ(seen.size(), purpose == Purpose::group_effect ? 1u : 4u);
  }
}

TEST(Counters, OfAllPurposesNeverCollide) {
  std::set<Place> seen;
  std::size_t calls = 0;
  const auto note = [&](Counter counter) {
    seen.insert(place(counter));
    ++calls;
  };
  const StreamKey group{5, 0};  // as a shared effect's key looks
  for (std::uint32_t year = 0; year < 3; ++year) {
    for (std::uint32_t back = 0; back < basis_years_max; ++back) {
      for (std::uint32_t member = 0; member < 4'000; member += 4) {
        for (const Purpose purpose : {Purpose::claim, Purpose::claim_tail, Purpose::claim_month}) {
          note(counter_of(claim_purpose(purpose, back), year, member, group));
        }
      }
      for (const Purpose purpose : {Purpose::book_effect, Purpose::region_effect,
                                    Purpose::industry_effect, Purpose::group_effect_year}) {
        const Effect effect{purpose, {5, 0}, nullptr, nullptr};
        const Effect then = back == 0 ? effect : effect_before(effect, back);
        note(counter_of(then.purpose, year, 0, then.key));
      }
    }
    note(counter_of(Purpose::group_effect, year, 0, group));
  }
  EXPECT_EQ(seen.size(), calls);
}

/// Counts of months by quarter of the claim's survival, over many persons and years.
using MonthCounts = std::array<std::array<double, 12>, 4>;

void expect_independent(const MonthCounts& counts, const MonthTable& months) {
  const std::array<std::uint32_t, 12> slots = slots_of(months);
  for (const auto& quarter : counts) {
    double draws = 0;
    for (const double count : quarter) draws += count;
    ASSERT_GT(draws, 10'000);
    for (std::size_t month = 0; month < 12; ++month) {
      const double chance = slots[month] / 512.0;
      const double error = std::sqrt(draws * chance * (1 - chance));
      EXPECT_LE(std::abs(quarter[month] - draws * chance), errors_allowed * error) << month;
    }
  }
}

TEST(PersonYear, HasAMonthThatDoesNotDependOnTheClaim) {
  std::mt19937_64 rng(3);
  Group group = made_up::plain_group(1, 1, 0);
  group.basis = made_up::random_basis(rng, 3);
  const GroupView view = group.view();
  const Philox draw{round_keys(7)};
  for (std::uint32_t back = 0; back < basis_years_max; ++back) {
    MonthCounts counts{};
    for (std::uint32_t call = 0; call < 50'000; ++call) {
      const Purpose purpose = claim_purpose(Purpose::claim, back);
      const Words words = draw(counter_of(purpose, 1, 4 * call, view.key));
      for (std::uint32_t i = 0; i < 4; ++i) {
        const PersonYear person = person_year(view, 4 * call + i, words.w[i], 1, back, draw);
        ++counts[static_cast<std::size_t>(person.survival * 4)][person.month];
      }
    }
    expect_independent(counts, group.basis->months);
  }
}

TEST(PersonYear, HasAMonthThatDoesNotDependOnTheClaimInTheRefinedTail) {
  std::mt19937_64 rng(4);
  Group group = made_up::plain_group(1, 1, 0);
  group.basis = made_up::random_basis(rng, 1);
  const GroupView view = group.view();
  const Philox draw{round_keys(8)};
  MonthCounts counts{};
  for (std::uint32_t member = 0; member < 200'000; ++member) {
    const auto word = static_cast<std::uint32_t>(rng() % refine_below);
    const PersonYear person = person_year(view, member, word, 1, 1, draw);
    ++counts[word / (refine_below / 4)][person.month];
  }
  expect_independent(counts, group.basis->months);
}

/// One member of law 0 whose contract pays by month 0 alone.
Group one_member(std::uint32_t prior_years) {
  Group group;
  group.members.push_back({2, 0, 1, 0});
  group.thresholds = {unlimited};
  Basis& basis = group.basis.emplace();
  basis.months.cut[0] = slots_per_cell;  // and of the others no slot: all others are 0
  basis.prior_years = prior_years;
  constexpr float shares[] = {0.75f, 0.5f, 0.25f, 0.125f};
  for (std::uint32_t back = 0; back < basis_years_max; ++back) {
    basis.shares[back].small[0] = shares[back];
    basis.relative_scale[back] = 1.0f - 0.0625f * static_cast<float>(back);
  }
  return group;
}

float claim_at(std::uint32_t word) { return quantile(made_up::tables().at(0), survival_of(word)); }

constexpr std::uint32_t own_word = 1u << 30, word_before = 1u << 29;

InjectedWords words_of_two_years(const Group& group, std::uint32_t before) {
  InjectedWords draw;
  draw.set(Purpose::claim, 0, 0, group.key, own_word);
  draw.set(claim_purpose(Purpose::claim, 1), 0, 0, group.key, before);
  return draw;
}

StopLossSums sums_of(const Group& group, std::uint32_t before = word_before) {
  return simulate_year(group.view(), 0, words_of_two_years(group, before));
}

TEST(BasisYear, PaysShareScaleAndLevelOfEachYear) {
  Group group = one_member(1);
  const float own = 2.0f * 1.0f * claim_at(own_word) * 0.75f;
  const float before = 2.0f * 0.9375f * claim_at(word_before) * 0.5f;
  const StopLossSums sums = sums_of(group);
  EXPECT_EQ(sums.run_in, to_cents(static_cast<double>(before) * 100));
  EXPECT_EQ(sums.ground_up, to_cents(static_cast<double>(own + before) * 100));
}

TEST(BasisYear, RepeatsAPersonsSurvivalForTheTopDrawsAndStretchesOthers) {
  Group group = one_member(1);
  group.basis->persistence = 1u << 14;  // words from 0.75 * 2^32 on
  const auto cents = [](float claim) {
    return to_cents(static_cast<double>(2.0f * 0.9375f * claim * 0.5f) * 100);
  };
  const Bucket* law = made_up::tables().at(0);
  const float stretched =
      quantile(law, survival_of(word_before) * group.basis->persistence.stretch);
  EXPECT_EQ(sums_of(group, 3u << 30).run_in, cents(claim_at(own_word)));
  EXPECT_EQ(sums_of(group, word_before).run_in, cents(stretched));
}

TEST(BasisYear, CountsAPersonsRunInClaimsUpToTheLimit) {
  Group group = one_member(1);
  const float own = claim_at(own_word) * 0.75f * 2.0f;
  group.basis->run_in_limit_usd = 12.5f;
  const StopLossSums sums = sums_of(group);
  EXPECT_EQ(sums.run_in, 1'250);
  EXPECT_EQ(sums.ground_up, to_cents(static_cast<double>(own + 12.5f) * 100));
}

TEST(BasisYear, OfAnImmatureContractHasNoRunIn) {
  const Group group = one_member(0);
  const StopLossSums sums = sums_of(group);
  EXPECT_EQ(sums.run_in, 0);
  EXPECT_EQ(sums.ground_up, to_cents(static_cast<double>(claim_at(own_word) * 0.75f * 2.0f) * 100));
}

TEST(BasisYear, TakesKnownRunInClaimsInsteadOfDrawnOnes) {
  Group group = one_member(1);
  group.basis->run_in_limit_usd = 1'000.0f;
  made_up::give_own_terms(group, 0, 1, unlimited);
  const Cents own = to_cents(static_cast<double>(claim_at(own_word) * 0.75f * 2.0f) * 100);
  for (const Cents known : {Cents{0}, Cents{700'00}, Cents{90'000'00}}) {
    group.personal[0].known_run_in = known;
    const StopLossSums sums = sums_of(group);
    EXPECT_EQ(sums.run_in, smaller(known, 1'000'00));
    EXPECT_NEAR(static_cast<double>(sums.ground_up),
                static_cast<double>(own + smaller(known, 1'000'00)), 2);
  }
}

}  // namespace
}  // namespace corridor
