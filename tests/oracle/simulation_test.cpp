// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "host/exact/exact_means.hpp"
#include "tests/exact/made_book.hpp"
#include "tests/oracle/expect_aggregate.hpp"

namespace corridor::oracle {
namespace {

TEST(SimulatedAggregate, OfLikeMembersMatchesTheConvolution) {
  expect_silver_group(25, 0, 400'000, {25, 1u << 16});
  expect_silver_group(100, 0, 200'000, {25, 1u << 17});
  expect_silver_group(250, 0, 100'000, {50, 1u << 17});
}

TEST(SimulatedAggregate, WithAGroupEffectInsideTheCapMatchesTheConvolution) {
  expect_silver_group(100, 0.10, 200'000, {50, 1u << 16});
  expect_silver_group(250, 0.10, 100'000, {100, 1u << 16});
}

// Lattice-free payouts in percent of expected retained claims, the group with effect last; see
// published_test.cpp. The shipped table of the atoms is up to 0.0055 away (next test).
TEST(SimulatedAggregate, GivesThePublishedPrices) {
  expect_published(25, 0, {15.4968, 11.3766, 8.1582, 6.8486, 5.7156});
  expect_published(250, 0, {4.8958, 1.5243, .3315, .1347, .0500});
  expect_published(100, 0.10, {NAN, NAN, NAN, 1.3759, NAN});
  expect_published(250, 0.10, {NAN, NAN, NAN, .2977, NAN});
}

// The table keeps every bucket's mean, but the bucket in which two atoms meet is one line from the
// one to the other: where the cap lies between the two, a little less is cut off. So the table's
// group is a group of almost the same law, and each is priced at corridors of its own expectation.
TEST(SimulatedAggregate, TheSilverTablePricesLikeItsAtoms) {
  const std::vector<Bucket> table = silver_table();
  for (const double members : {25.0, 250.0, 1000.0}) {
    const Aggregate atoms({{silver_atoms(), 1, members}}, 0, 50e3, 100, 1u << 17);
    const Aggregate drawn({{parts_of(table.data()), 1, members}}, 0, 50e3, 100, 1u << 17);
    EXPECT_NEAR(drawn.mean() / atoms.mean(), 1, 1e-3);
    for (const double corridor : {1.0, 1.1, 1.2, 1.25, 1.3}) {
      const double atoms_payout = atoms.at(corridor * atoms.mean()).payout_usd / atoms.mean();
      const double drawn_payout = drawn.at(corridor * drawn.mean()).payout_usd / drawn.mean();
      EXPECT_NEAR(drawn_payout, atoms_payout, 1e-4) << members << " " << corridor;
    }
  }
}

/// Kinds of persons of a mixed group: laws, scales and exposures.
struct Kind {
  std::uint32_t table;
  double scale, exposure;
  std::uint32_t count;
};
constexpr Kind kinds[] = {
    {0, 0.6, 1, 40}, {0, 1.4, 0.5, 30}, {1, 1, 1, 20}, {1, 2.2, 0.25, 10}, {1, 3.7, 1, 3}};

std::vector<made::Table> mixed_tables() { return {silver_table(), lognormal_table(7000, 3, 0.1)}; }

made::Group mixed_group() {
  made::Group group;
  for (const Kind& kind : kinds) {
    group.members.insert(group.members.end(), kind.count,
                         made::member(kind.scale, kind.table, kind.exposure));
  }
  group.thresholds = {made::usd(50e3)};
  group.rows = {made::plain_row(0)};
  return group;
}

/// The same persons for the convolution, in a year of these factors.
Group mixed_persons(const std::vector<made::Table>& tables, double severity, double frequency) {
  Group group;
  for (const Kind& kind : kinds) {
    group.push_back({parts_of(tables[kind.table].data(), kind.exposure * frequency),
                     kind.scale * severity, double(kind.count)});
  }
  return group;
}

TEST(SimulatedAggregate, OfMixedMembersMatchesTheConvolution) {
  const std::vector<made::Table> tables = mixed_tables();
  for (const double cv : {0.0, 0.2}) {
    made::Group group = mixed_group();
    group.effect.group_sigma = std::sqrt(std::log1p(cv * cv));
    made::BookMaker maker(tables);
    maker.add(group);
    const Book book = maker.book();
    const Aggregate exact(mixed_persons(tables, 1, 1), cv, 50e3, 50, 1u << 16);
    SCOPED_TRACE(cv);
    expect_aggregate(SimulatedYears(book, 0, 200'000), book.jobs[0].rows[0], exact);
  }
}

TEST(SimulatedAggregate, WithAnEffectOnFrequencyMatchesTheConvolution) {
  const std::vector<made::Table> tables = mixed_tables();
  constexpr double cv = 0.25, share = 0.6;
  made::Group group = mixed_group();
  group.effect = {0, std::sqrt(std::log1p(cv * cv)), 0.7, share};
  made::BookMaker maker(tables);
  maker.add(group);
  Book book = maker.book();
  recentre(book);
  const double base = book.jobs[0].group.base_effect;
  const auto group_at = [&](double effect) {
    return mixed_persons(tables, base * std::pow(effect, 1 - share), std::pow(effect, share));
  };
  const Aggregate exact(group_at, cv, 50e3, 50, 1u << 16);
  expect_aggregate(SimulatedYears(book, 0, 200'000), book.jobs[0].rows[0], exact);
}

TEST(SimulatedAggregate, CapsALaseredPersonAtTheGroupsDeductibleUnlessTheBandCounts) {
  const std::vector<made::Table> tables = mixed_tables();
  made::Group group = mixed_group();
  const Member known = made::member(9, 1);
  group.personal = {{std::uint32_t(group.members.size()), known, {made::usd(300e3)}, unlimited}};
  group.members.push_back({0, 1, 1, 0});
  group.rows.push_back(made::plain_row(0));
  group.rows[1].terms.also = AggregateCounts::laser_band;
  made::BookMaker maker(tables);
  maker.add(group);
  const Book book = maker.book();
  const SimulatedYears years(book, 0, 200'000);
  Group persons = mixed_persons(tables, 1, 1);
  persons.push_back({parts_of(tables[1].data()), 9, 1});
  expect_aggregate(years, book.jobs[0].rows[0], Aggregate(persons, 0, 50e3, 50, 1u << 16));
  persons.back().own_cap = 300e3;
  const Aggregate with_band(persons, 0, 50e3, 50, 1u << 16);
  expect_aggregate(years, book.jobs[0].rows[1], with_band);
  persons.back().own_cap = 0;
  const double ground_up = capped_mean(persons, 1, INFINITY);
  expect_within(years.mean(book.jobs[0].rows[0], unlimited, specific_of),
                ground_up - with_band.mean(), "specific");
}

}  // namespace
}  // namespace corridor::oracle
