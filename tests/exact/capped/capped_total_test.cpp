// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/capped/capped_total.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>

#include "corridor/error.hpp"
#include "tests/exact/capped/made_years.hpp"
#include "tests/oracle/capped_total.hpp"

namespace corridor {
namespace {

using made::alike;

/// What a second program says of a total: a lattice a person, convolved, over the effect; the
/// limit of two grids, whose errors go with the square of their steps.
class Reference {
 public:
  Reference(const oracle::Group& group, double cv, double cap, double step, std::size_t points)
      : fine_(mixed(group, cv, cap, step, points)),
        coarse_(mixed(group, cv, cap, 2 * step, points / 2)) {}

  double excess(double amount) const {
    return (4 * excess(fine_, amount) - excess(coarse_, amount)) / 3;
  }
  double sd() const { return std::sqrt((4 * fine_.variance() - coarse_.variance()) / 3); }
  /// How far the fine grid is off, and a fiftieth of it, which the limit may be.
  double error(double amount) const {
    return std::abs(excess(fine_, amount) - excess(coarse_, amount)) / 150;
  }

 private:
  static oracle::Lattice mixed(const oracle::Group& group, double cv, double cap, double step,
                               std::size_t points) {
    oracle::Lattice mixed(step, points);
    oracle::over_factor(
        cv,
        [&](double weight, double factor) {
          const auto total = oracle::capped_total(group, factor, cap, step, points);
          for (std::size_t k = 0; k < points; ++k) mixed.mass[k] += weight * total.mass[k];
        },
        0.125);
    return mixed;
  }
  /// Between points the stop-loss of the law is a cubic, that of its lattice a straight line.
  static double excess(const oracle::Lattice& law, double amount) {
    const double at = amount / law.step, point = std::floor(at), t = at - point;
    const double weights[] = {t * (t - 1) * (t - 2) / -6, (t + 1) * (t - 1) * (t - 2) / 2,
                              (t + 1) * t * (t - 2) / -2, (t + 1) * t * (t - 1) / 6};
    double sum = 0;
    for (int q = 0; q < 4; ++q) sum += weights[q] * law.stop_loss((point - 1 + q) * law.step);
    return sum;
  }

  oracle::Lattice fine_, coarse_;
};

constexpr double corridors[] = {1.1, 1.25, 1.4, 1.6};

/// A group for both programs.
struct Case {
  made::Laws laws = made::four_laws();
  YearSlice slice;
  oracle::Group group;
  double cv = 0, certain_usd = 0;

  explicit Case(double effect_cv) : slice(made::years_of_cv(effect_cv)), cv(effect_cv) {}

  void add(AlikePersons persons, double own_cap = 0) {
    slice.persons.push_back(persons);
    const LawShare& share = persons.shares[0];
    group.push_back({oracle::parts_of(laws.table(share.law), share.weight), persons.scale,
                     persons.count, own_cap});
  }
  YearModel model() const {
    YearModel model = laws.model();
    model.slices.push_back(slice);
    return model;
  }
};

void expect_agrees(const Case& made, const CapOfPersons& cap, double step, std::size_t points) {
  const auto total = made::capped_total_of(made.model(), cap);
  ASSERT_NE(total, nullptr);
  const Reference reference(made.group, made.cv, cap.group_usd, step, points);
  EXPECT_NEAR(total->sd_usd() / reference.sd(), 1, 3e-6);
  for (const double corridor : corridors) {
    const double amount = corridor * total->mean_usd();
    const double exact = reference.excess(amount - made.certain_usd);
    const double excess = total->at(amount).excess, estimate = total->error_at(amount).excess;
    EXPECT_NEAR(excess, exact, 3 * estimate + reference.error(amount)) << corridor;
    EXPECT_NEAR(excess / exact, 1, 1e-5) << corridor;
    EXPECT_LT(estimate, 2e-5 * exact) << corridor;
  }
}

/// Persons of four laws and some scales, `count` of each.
Case mixed_group(double cv, double count, double part_weight) {
  Case made(cv);
  for (std::uint32_t law = 0; law < 4; ++law) made.add(alike(law, 1, 0.7 + 0.37 * law, count));
  made.add(alike(2, part_weight, 1.3, count));
  return made;
}

TEST(CappedTotal, AgreesWithALatticeWithoutAnEffect) {
  expect_agrees(mixed_group(0, 12, 0.25), {50'000, {}}, 100, 1 << 14);
  expect_agrees(mixed_group(0, 50, 7.0 / 12), {250'000, {}}, 500, 1 << 14);
}

TEST(CappedTotal, AgreesWithALatticeUnderAGroupEffect) {
  expect_agrees(mixed_group(0.2, 12, 0.25), {100'000, {}}, 200, 1 << 14);
  expect_agrees(mixed_group(0.2, 50, 7.0 / 12), {50'000, {}}, 200, 1 << 15);
}

TEST(CappedTotal, AgreesWithALatticeUnderAVeryWideEffect) {
  expect_agrees(mixed_group(1, 10, 0.5), {50'000, {}}, 100, 1 << 15);
}

TEST(CappedTotal, AgreesWithALatticeForFewLives) {
  expect_agrees(mixed_group(0, 3, 1), {50'000, {}}, 25, 1 << 16);
  expect_agrees(mixed_group(0, 3, 0.5), {100'000, {}}, 50, 1 << 16);
  expect_agrees(mixed_group(0, 5, 0.5), {250'000, {}}, 125, 1 << 16);
  expect_agrees(mixed_group(0.2, 5, 0.5), {100'000, {}}, 100, 1 << 15);
}

TEST(CappedTotal, OwnCapsLimitTheirPersonsAlone) {
  Case made = mixed_group(0.2, 12, 0.5);
  const std::vector<double> own{20'000, 230'000, 0};
  for (std::uint32_t i = 0; i < 3; ++i) {
    AlikePersons persons = alike(i, 1, 2, 1);
    persons.personal = i;
    made.slice.persons.push_back(persons);
    if (own[i] > 0) made.group.push_back({oracle::parts_of(made.laws.table(i)), 2, 1, own[i]});
  }
  expect_agrees(made, {100'000, own}, 200, 1 << 14);
}

TEST(CappedTotal, WhatIsCertainUsesUpACapAndAMaximumIsAnotherOne) {
  Case made = mixed_group(0.2, 12, 0.5);
  AlikePersons certain = alike(0, 1, 1.5, 2);
  certain.certain_usd = 30'000;
  made.add(certain, 70'000);
  AlikePersons above = alike(1, 1, 1, 3);
  above.certain_usd = 140'000;
  made.slice.persons.push_back(above);
  AlikePersons limited = alike(2, 1, 1.1, 4);
  limited.maximum_usd = 40'000;
  made.add(limited, 40'000);
  made.certain_usd = 2 * 30'000 + 3 * 100'000;
  expect_agrees(made, {100'000, {}}, 200, 1 << 14);
}

TEST(CappedTotal, MixturesMayTakeMoreThanTheWholeOfALawWithZeros) {
  Case made(0);
  made.add(alike(3, 1.3, 1, 40));  // a third of the law is at 0
  made.add(alike(1, 1.2, 1.4, 40));
  expect_agrees(made, {50'000, {}}, 100, 1 << 14);
}

TEST(CappedTotal, SlicesAddUp) {
  Case often(0.2), seldom(0.2);
  for (std::uint32_t law = 0; law < 4; ++law) {
    often.add(alike(law, 1.1, 1, 15));
    seldom.add(alike(law, 0.8, 1, 15));
  }
  YearModel both = often.model();
  both.slices.push_back(seldom.slice);
  both.slices[0].weight = 0.3;
  both.slices[1].weight = 0.7;
  const CapOfPersons cap{75'000, {}};
  const auto total = made::capped_total_of(both, cap);
  YearModel high = often.model(), low = often.model();
  low.slices[0] = seldom.slice;
  const auto first = made::capped_total_of(high, cap), second = made::capped_total_of(low, cap);
  ASSERT_TRUE(total != nullptr && first != nullptr && second != nullptr);
  EXPECT_NEAR(total->mean_usd(), 0.3 * first->mean_usd() + 0.7 * second->mean_usd(), 1e-6);
  const double amount = 1.25 * total->mean_usd();
  const double parts = 0.3 * first->at(amount).excess + 0.7 * second->at(amount).excess;
  EXPECT_NEAR(total->at(amount).excess, parts, 1e-9 * total->mean_usd());
}

TEST(CappedTotal, TenThousandAlikePersonsAreAPower) {
  Case made(0);
  made.add(alike(0, 1, 1, 10'000));
  const auto total = made::capped_total_of(made.model(), {25'000, {}});
  ASSERT_NE(total, nullptr);
  Case split(0);
  for (int i = 0; i < 100; ++i) split.add(alike(0, 1, 1, 100));
  const auto same = made::capped_total_of(split.model(), {25'000, {}});
  ASSERT_NE(same, nullptr);
  for (const double corridor : {0.98, 1.0, 1.02}) {
    const double amount = corridor * total->mean_usd();
    EXPECT_NEAR(total->at(amount).excess / same->at(amount).excess, 1, 1e-9);
  }
}

TEST(CappedTotal, TailsAreTheIntegralsOfOneAnother) {
  const auto total = made::capped_total_of(mixed_group(0.2, 12, 0.5).model(), {50'000, {}});
  ASSERT_NE(total, nullptr);
  const double amount = 1.3 * total->mean_usd(), step = 1e-3 * total->sd_usd();
  const TailAt at = total->at(amount), before = total->at(amount - step),
               after = total->at(amount + step);
  EXPECT_NEAR((before.excess - after.excess) / (2 * step) / at.probability, 1, 1e-5);
  EXPECT_NEAR((before.excess_squared - after.excess_squared) / (4 * step) / at.excess, 1, 1e-5);
}

TEST(CappedTotal, BelowAllAmountsTheTailIsTheWholeLaw) {
  const auto total = made::capped_total_of(mixed_group(0.2, 30, 0.5).model(), {50'000, {}});
  ASSERT_NE(total, nullptr);
  const TailAt at = total->at(-1'000);
  const double mean = total->mean_usd() + 1'000;
  EXPECT_NEAR(at.probability, 1, 1e-9);
  EXPECT_NEAR(at.excess / mean, 1, 1e-9);
  EXPECT_NEAR(at.excess_squared / (mean * mean + total->sd_usd() * total->sd_usd()), 1, 1e-9);
}

TEST(CappedTotal, QuantilesAreWhereTheProbabilityIsLeft) {
  const auto total = made::capped_total_of(mixed_group(0.2, 12, 0.5).model(), {50'000, {}});
  ASSERT_NE(total, nullptr);
  for (const double level : {0.05, 0.5, 0.9, 0.99, 0.999}) {
    const double amount = total->quantile(level);
    EXPECT_NEAR(total->at(amount).probability / (1 - level), 1, 1e-8) << level;
    EXPECT_LT(total->quantile_error(level), 1e-5 * amount) << level;
  }
}

TEST(CappedTotal, TotalsThatDoNotSpreadAreLeftToALattice) {
  Case one(0.2), few(0.2), low(0.2), unlikely(0.2);
  one.add(alike(0, 1, 1, 1));
  few.add(alike(0, 1, 1, 4));
  low.add(alike(0, 1, 1, 200));
  unlikely.add(alike(0, 1e-6, 1, 200));
  const TotalDemand demand{{1'000}, {}};
  EXPECT_EQ(made::capped_total_of(one.model(), {50'000, {}}, demand), nullptr);
  EXPECT_EQ(made::capped_total_of(few.model(), {50'000, {}}, demand), nullptr);
  EXPECT_EQ(made::capped_total_of(low.model(), {0.5, {}}, demand), nullptr);
  EXPECT_EQ(made::capped_total_of(unlikely.model(), {50'000, {}}, demand), nullptr);
}

TEST(CappedTotal, LawsOfOneAmountAreLeftToALattice) {
  const made::Laws laws({made::atoms({0, 10'000}, {0.7, 0.3})});
  YearModel model = laws.model();
  model.slices.push_back(made::years_of_cv(0));
  model.slices[0].persons.push_back(alike(0, 1, 1, 500));
  EXPECT_EQ(made::capped_total_of(model, {100'000, {}}, {{1.6e6}, {}}), nullptr);
}

TEST(CappedTotal, WhatIsCertainForAllIsOneAmount) {
  Case nothing(0.2);
  nothing.add(alike(0, 1, 1, 30));
  nothing.slice.persons[0].certain_usd = 500;
  const auto total = made::capped_total_of(nothing.model(), {0, {}});
  ASSERT_NE(total, nullptr);
  EXPECT_EQ(total->mean_usd(), 0);
  EXPECT_EQ(total->sd_usd(), 0);
  EXPECT_EQ(total->at(0).probability, 0);
  nothing.slice.persons[0].maximum_usd = 400;
  const auto some = made::capped_total_of(nothing.model(), {450, {}});
  ASSERT_NE(some, nullptr);
  EXPECT_EQ(some->mean_usd(), 30 * 400);
  EXPECT_EQ(some->at(11'000).excess, 1'000);
  EXPECT_EQ(some->quantile(0.5), 12'000);
}

TEST(CappedTotal, AnInfiniteCapIsAMistake) {
  Case made(0.2);
  made.add(alike(0, 1, 1, 100));
  const double infinite = std::numeric_limits<double>::infinity();
  EXPECT_THROW(made::capped_total_of(made.model(), {infinite, {}}), Error);
}

TEST(CappedTotal, TablesThatWereNotAskedForAreAMistake) {
  Case made(0.2);
  made.add(alike(0, 1, 1, 100));
  MomentDemand moments;
  moments.add(made.model(), {50'000, {}});
  const MomentTables tables(moments);
  EXPECT_THROW(capped_total(made.model(), {5'000'000, {}}, tables, {}), Error);
  EXPECT_THROW(capped_total(made.model(), {500, {}}, tables, {}), Error);
}

}  // namespace
}  // namespace corridor
