// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/exact_means.hpp"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <random>

#include "host/exact/table_law.hpp"
#include "tests/exact/integrate.hpp"
#include "tests/exact/made_book.hpp"

namespace corridor {
namespace {

const std::vector<made::Table>& laws() {
  static const std::vector<made::Table> tables{
      made::table_of(made::lognormal(7000, 4, 0.1)), made::table_of(made::pareto(4000, 2.1, 0.8)),
      made::table_of(made::atoms({0, 400, 9000, 60000, 450000}, {.2, .5, .25, .04, .01}))};
  return tables;
}

std::vector<Cents> grid() {
  return {made::usd(25e3), made::usd(50e3), made::usd(100e3), made::usd(300e3), unlimited};
}

made::Group mixed_group(std::size_t members, unsigned seed, EffectModel effect) {
  std::mt19937 random(seed);
  std::lognormal_distribution<double> scale(0, 0.6);
  std::uniform_int_distribution<std::uint32_t> table(0, 2);
  std::uniform_real_distribution<double> uniform(0, 1);
  made::Group group;
  for (std::size_t i = 0; i < members; ++i) {
    const double exposure = uniform(random) < 0.15 ? 0.1 + 0.8 * uniform(random) : 1;
    group.members.push_back(made::member(scale(random), table(random), exposure));
  }
  group.thresholds = grid();
  for (std::uint32_t k = 0; k < group.thresholds.size(); ++k) {
    group.rows.push_back(made::plain_row(k));
  }
  group.maximum = made::usd(1.5e6);
  group.effect = effect;
  return group;
}

/// E(min(f scale X, maximum) - t)+ of one person over the normal score of one effect on severity.
double brute_excess(const std::vector<made::Table>& tables, const Member& member, double sigma,
                    double base, double threshold, double maximum) {
  const TableLaw law(tables[member.table].data());
  const double exposure = 1 / static_cast<double>(member.inverse_exposure);
  const auto at = [&](double z) {
    const double unit = base * member.scale * std::exp(sigma * z - sigma * sigma / 2);
    const double above = std::isinf(maximum) ? 0 : law.excess(maximum / unit);
    return exposure * unit * std::max(0.0, law.excess(threshold / unit) - above);
  };
  return sigma > 0 ? brute::over_normal(at, 1.0 / 512) : at(0);
}

double usd_of(Cents amount) {
  return amount >= unlimited ? INFINITY : static_cast<double>(amount) / 100;
}

void expect_brute_means(const made::Group& group, double base) {
  made::BookMaker maker(laws());
  maker.add(group);
  Book book = maker.book();
  book.jobs[0].group.base_effect = static_cast<float>(base);
  const ExactMeans means = exact_means(book);
  const double sigma = std::hypot(group.effect.shared_sigma, group.effect.group_sigma);
  const auto brute = [&](double threshold) {
    double sum = 0;
    for (const Member& member : group.members) {
      sum += brute_excess(laws(), member, sigma, static_cast<float>(base), threshold,
                          usd_of(group.maximum));
    }
    return sum;
  };
  const double ground_up = brute(0);
  EXPECT_NEAR(means.ground_up_usd.at(0), ground_up, 1e-6 * ground_up);
  for (std::size_t k = 0; k < group.thresholds.size(); ++k) {
    const ExactRow row = means.rows[0][k];
    const double specific =
        std::isinf(usd_of(group.thresholds[k])) ? 0 : brute(usd_of(group.thresholds[k]));
    EXPECT_NEAR(row.specific_before_asd_usd, specific, 1e-6 * specific) << k << " " << sigma;
    EXPECT_NEAR(row.retained_usd, ground_up - specific, 1e-6 * ground_up) << k << " " << sigma;
  }
}

TEST(ExactMeans, OfAMixedGroupAgreeWithABruteIntegral) {
  for (const EffectModel& effect : std::vector<EffectModel>{
           {0, 0, 0}, {0, 0.2, 0}, {0.05, 0.1, 0}, {0.3, 0.6, 0}, {0.002, 0, 0}}) {
    expect_brute_means(mixed_group(60, 7, effect), 1);
  }
}

TEST(ExactMeans, FollowTheBaseEffect) {
  expect_brute_means(mixed_group(40, 8, {0.1, 0.2, 0}), 1.07);
}

TEST(ExactMeans, OfLikeMembersWithAtomsAgreeWithABruteIntegral) {
  for (const double sigma : {0.03, 0.1, 0.25, 0.7}) {
    made::Group group;
    group.members.assign(20, made::member(1, 2));
    group.thresholds = {made::usd(50e3), made::usd(59e3), made::usd(61e3), made::usd(400e3)};
    for (std::uint32_t k = 0; k < 4; ++k) group.rows.push_back(made::plain_row(k));
    group.effect = {0, sigma, 0};
    expect_brute_means(group, 1);
  }
}

TEST(ExactMeans, OfManyGroupsAreThoseOfEachAlone) {
  made::BookMaker together(laws());
  std::vector<ExactMeans> alone;
  for (unsigned g = 0; g < 30; ++g) {
    const made::Group group = mixed_group(20 + 7 * g, g, {0.05, 0.1 + 0.02 * (g % 4), 0});
    made::BookMaker maker(laws());
    maker.add(group);
    together.add(group);
    alone.push_back(exact_means(maker.book()));
  }
  const ExactMeans means = exact_means(together.book());
  ASSERT_EQ(means.ground_up_usd.size(), 30u);
  for (std::size_t g = 0; g < 30; ++g) {
    EXPECT_NEAR(means.ground_up_usd[g] / alone[g].ground_up_usd[0], 1, 1e-7);
    for (std::size_t r = 0; r < 4; ++r) {
      EXPECT_NEAR(
          means.rows[g][r].specific_before_asd_usd / alone[g].rows[0][r].specific_before_asd_usd, 1,
          1e-6);
    }
  }
}

TEST(ExactMeans, HaveTheSameBitsOnAnyNumberOfThreads) {
  made::BookMaker maker(laws());
  for (unsigned g = 0; g < 20; ++g) maker.add(mixed_group(100, g, {0.05, 0.1 + 0.01 * (g % 3), 0}));
  const Book book = maker.book();
  const ExactMeans many = exact_means(book);
  const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  const ExactMeans single = exact_means(book);
  EXPECT_EQ(many.ground_up_usd, single.ground_up_usd);
  for (std::size_t job = 0; job < book.jobs.size(); ++job) {
    for (std::size_t r = 0; r < many.rows[job].size(); ++r) {
      EXPECT_EQ(many.rows[job][r].retained_usd, single.rows[job][r].retained_usd);
    }
  }
}

TEST(ExactMeans, DoNotDependOnTheOrderOfMembers) {
  made::Group group = mixed_group(200, 5, {0.1, 0.15, 0});
  made::BookMaker one(laws()), other(laws());
  one.add(group);
  std::reverse(group.members.begin(), group.members.end());
  other.add(group);
  const ExactMeans a = exact_means(one.book()), b = exact_means(other.book());
  EXPECT_EQ(a.ground_up_usd, b.ground_up_usd);
  EXPECT_EQ(a.rows[0][1].specific_before_asd_usd, b.rows[0][1].specific_before_asd_usd);
}

TEST(ExactMeans, APersonWithALaserLeavesTheBandWithTheEmployer) {
  const Member person = made::member(3, 1, 0.7);
  made::Group group;
  group.members.assign(10, made::member(1));
  group.members.push_back({0, 1, 1, 0});
  group.thresholds = {made::usd(50e3), made::usd(250e3)};
  group.personal = {{10, person, {made::usd(120e3), made::usd(320e3)}, made::usd(900e3)}};
  group.rows = {made::plain_row(0), made::plain_row(0), made::plain_row(0)};
  group.rows[1].limit_threshold = 1;
  group.rows[2].terms.also = AggregateCounts::laser_band;
  group.effect = {0, 0.2, 0};
  made::BookMaker maker(laws());
  maker.add(group);
  const ExactMeans means = exact_means(maker.book());
  const auto own = [&](double t) { return brute_excess(laws(), person, 0.2, 1, t, 900e3); };
  const auto others = [&](double t) {
    return 10 * brute_excess(laws(), made::member(1), 0.2, 1, t, INFINITY);
  };
  const auto& rows = means.rows[0];
  const double full = others(50e3) + own(120e3);
  EXPECT_NEAR(means.ground_up_usd[0], others(0) + own(0), 1e-6 * means.ground_up_usd[0]);
  EXPECT_NEAR(rows[0].specific_before_asd_usd, full, 1e-6 * full);
  EXPECT_NEAR(rows[1].specific_before_asd_usd, full - others(250e3) - own(320e3), 1e-6 * full);
  EXPECT_NEAR(rows[2].retained_usd - rows[0].retained_usd, own(50e3) - own(120e3), 1e-6 * full);
}

TEST(ExactMeans, AnExcludedPersonPutsNothingOnTheSpecific) {
  made::Group group;
  group.members = {made::member(1), {0, 0, 1, 0}};
  group.thresholds = {made::usd(50e3)};
  group.personal = {{1, made::member(9), {unlimited}, unlimited}};
  group.rows = {made::plain_row(0)};
  made::BookMaker maker(laws());
  maker.add(group);
  const double specific = exact_means(maker.book()).rows[0][0].specific_before_asd_usd;
  const double one = brute_excess(laws(), made::member(1), 0, 1, 50e3, INFINITY);
  EXPECT_NEAR(specific, one, 1e-9 * one);
}

// Klugman, Panjer, Willmot, Loss Models, example 9.16: fourteen lives with the face amounts (in
// thousands) and the mortality below; expected claims 2,054.41. A life is a constant law thinned by
// an exposure, so the published mean checks scale and exposure together.
TEST(ExactMeans, OfAGroupLifeScheduleAreThePublishedOnes) {
  const double face[] = {15, 16, 20, 28, 31, 18, 26, 24, 60, 14, 17, 19, 30, 55};
  const double death[] = {.00149, .00142, .00128, .00122, .00123, .00353, .00394,
                          .00484, .02182, .0005,  .0005,  .00054, .00103, .00479};
  made::Group group;
  for (int i = 0; i < 14; ++i) group.members.push_back(made::member(face[i], 0, death[i]));
  made::BookMaker maker({made::table_of(made::constant(1000))});
  maker.add(group);
  EXPECT_NEAR(exact_means(maker.book()).ground_up_usd[0], 2054.41, 0.005);
}

TEST(ExactMeans, OfAGroupWithoutMembersAreZero) {
  made::Group group;
  group.thresholds = {made::usd(50e3)};
  group.rows = {made::plain_row(0)};
  group.effect = {0.1, 0.1, 0};
  made::BookMaker maker(laws());
  maker.add(group);
  const ExactMeans means = exact_means(maker.book());
  EXPECT_EQ(means.ground_up_usd[0], 0);
  EXPECT_EQ(means.rows[0][0].retained_usd, 0);
}

TEST(ExactMeans, ADeductibleOfNothingCoversEverything) {
  made::Group group = mixed_group(30, 2, {0.1, 0.2, 0.7, 0.4});
  group.thresholds = {0};
  group.rows = {made::plain_row(0)};
  made::BookMaker maker(laws());
  maker.add(group);
  const ExactMeans means = exact_means(maker.book());
  EXPECT_NEAR(means.rows[0][0].specific_before_asd_usd / means.ground_up_usd[0], 1, 1e-12);
  EXPECT_NEAR(means.rows[0][0].retained_usd, 0, 1e-9 * means.ground_up_usd[0]);
}

TEST(ExactMeans, EveryPassOfAGroupHasItsOwnRows) {
  made::Group first = mixed_group(30, 2, {0, 0.2, 0}), second = first;
  second.thresholds = {made::usd(75e3)};
  second.rows = {made::plain_row(0)};
  made::BookMaker maker(laws());
  maker.add(first);
  maker.add(second);
  Book book = maker.book();
  book.group_of_job = {0, 0};
  const ExactMeans means = exact_means(book);
  EXPECT_EQ(means.ground_up_usd.size(), 1u);
  EXPECT_EQ(means.rows[0].size(), 5u);
  EXPECT_EQ(means.rows[1].size(), 1u);
  EXPECT_GT(means.rows[1][0].specific_before_asd_usd, means.rows[0][2].specific_before_asd_usd);
  EXPECT_LT(means.rows[1][0].specific_before_asd_usd, means.rows[0][1].specific_before_asd_usd);
}

TEST(Recentre, LeavesGroundUpClaimsWhereTheyAreWithoutEffects) {
  for (const double share : {0.2, 0.5, 1.0}) {
    made::Group group = mixed_group(80, 3, {0.1, 0.4, 0.7, share});
    group.maximum = unlimited;
    made::BookMaker maker(laws());
    maker.add(group);
    Book book = maker.book();
    const double before = exact_means(book).ground_up_usd[0];
    recentre(book);
    double without = 0;
    for (const Member& member : group.members) {
      without += brute_excess(laws(), member, 0, 1, 0, INFINITY);
    }
    EXPECT_NEAR(exact_means(book).ground_up_usd[0] / without, 1, 1e-7);
    EXPECT_GT(std::abs(before / without - 1), 1e-5) << "nothing to set right";
  }
}

TEST(Recentre, LeavesAnEffectOnSeverityAlone) {
  made::BookMaker maker(laws());
  maker.add(mixed_group(30, 3, {0.1, 0.3, 0.7, 0}));
  maker.add(mixed_group(30, 4, {0.1, 0.3, 0.7, 0.5}));
  Book book = maker.book();
  recentre(book);
  EXPECT_EQ(book.jobs[0].group.base_effect, 1.0f);
  EXPECT_NE(book.jobs[1].group.base_effect, 1.0f);
}

}  // namespace
}  // namespace corridor
