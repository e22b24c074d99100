// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/lane/terms/terms.hpp"

#include <gmock/gmock.h>

#include <random>
#include <set>
#include <string>
#include <vector>

namespace corridor {
namespace {

constexpr Cents usd = 100;

/// A person's claims and the deductible that holds for them.
struct Claim {
  Cents amount;
  Cents own_deductible;
};

/// What the draws of these persons give the terms.
YearState drawn(const std::vector<Claim>& claims, const Terms& terms) {
  const auto limit_over = [&](Cents deductible) {
    return terms.threshold(deductible, terms.SpecificReimbursement::share);
  };
  YearState year;
  for (const Claim& claim : claims) {
    const Cents own = excess_over(claim.amount, claim.own_deductible);
    year.ground_up += claim.amount;
    year.excess += excess_over(claim.amount, terms.deductible);
    year.laser_band += excess_over(claim.amount, terms.deductible) - own;
    year.excess_over_limit += excess_over(claim.amount, limit_over(claim.own_deductible));
  }
  year.countable = year.ground_up - year.excess;
  return year;
}

YearState applied(const std::vector<Claim>& claims, const Terms& terms) {
  YearState year = drawn(claims, terms);
  terms.apply(year);
  return year;
}

/// Five persons, one of them lasered at 300,000.
std::vector<Claim> five_persons(Cents deductible) {
  return {{40'000 * usd, deductible},
          {130'000 * usd, deductible},
          {620'000 * usd, 300'000 * usd},
          {95'000 * usd, deductible},
          {310'000 * usd, deductible}};
}

Terms first_contract() {
  Terms terms;
  terms.deductible = 100'000 * usd;
  terms.retention = 75'000 * usd;
  terms.attachment = 410'400 * usd;
  terms.AggregateCover::limit = 1'000'000 * usd;
  return terms;
}

TEST(Terms, GiveTheFirstWorkedContractToTheCent) {
  const Terms terms = first_contract();
  const YearState year = applied(five_persons(terms.deductible), terms);
  EXPECT_EQ(year.ground_up, 1'195'000 * usd);
  EXPECT_EQ(year.specific, 485'000 * usd);
  EXPECT_EQ(year.counted, 435'000 * usd);
  EXPECT_EQ(year.aggregate, 24'600 * usd);
  EXPECT_EQ(employer(year), 685'400 * usd);
}

TEST(Terms, CountTheLaserBandOnlyWhereTheContractSaysSo) {
  Terms terms = first_contract();
  terms.also = AggregateCounts::laser_band;
  const YearState year = applied(five_persons(terms.deductible), terms);
  EXPECT_EQ(year.counted, 635'000 * usd);
  EXPECT_EQ(year.aggregate, 224'600 * usd);
}

Terms second_contract() {
  Terms terms = first_contract();
  terms.SpecificReimbursement::share = 0.9;
  terms.SpecificLimit::limit = 180'000 * usd;
  terms.AggregateCover::share = 0.9;
  terms.AggregateCover::limit = 20'000 * usd;
  return terms;
}

TEST(Terms, GiveTheSecondWorkedContractToTheCent) {
  const Terms terms = second_contract();
  const YearState year = applied(five_persons(terms.deductible), terms);
  EXPECT_EQ(year.specific, 312'000 * usd);
  EXPECT_EQ(year.counted, 435'000 * usd);
  EXPECT_EQ(year.aggregate, 20'000 * usd);
  EXPECT_EQ(employer(year), 863'000 * usd);
}

TEST(Terms, GiveTheSecondContractWithItsLimitOnTheLayer) {
  Terms terms = second_contract();
  terms.basis = SpecificLimit::layer;
  terms.limit_is_on_payment = 0;
  EXPECT_EQ(applied(five_persons(terms.deductible), terms).specific, 276'000 * usd);
}

TEST(Terms, LeaveTheSecondContractsRetentionInTheNamedParts) {
  const YearState year = applied(five_persons(100'000 * usd), second_contract());
  EXPECT_EQ(year.counted, 435'000 * usd);
  EXPECT_EQ(year.laser_band, 200'000 * usd);
  EXPECT_EQ(year.asd_absorbed, 75'000 * usd);
  EXPECT_EQ(year.coinsurance + year.over_limit, (56'000 + 117'000) * usd);
}

/// Terms drawn over their whole ranges.
Terms any_terms(std::mt19937_64& rng) {
  Terms terms;
  terms.deductible = static_cast<Cents>(rng() % 30'000'000);
  if (rng() % 2) terms.SpecificLimit::limit = static_cast<Cents>(1 + rng() % 30'000'000);
  terms.basis = static_cast<std::uint8_t>(rng() % 3);
  if (rng() % 2) {
    terms.SpecificReimbursement::share = 0.01 * static_cast<double>(1 + rng() % 100);
  }
  terms.limit_is_on_payment = terms.basis == SpecificLimit::paid ? 1 : 0;
  if (rng() % 2) terms.retention = static_cast<Cents>(rng() % 20'000'000);
  terms.counts_lasers = static_cast<std::uint8_t>(rng() % 2);
  terms.also = static_cast<std::uint8_t>(rng() % 16);
  if (rng() % 2) terms.AggregateCover::share = 0.01 * static_cast<double>(1 + rng() % 100);
  if (rng() % 2) terms.AggregateCover::limit = static_cast<Cents>(rng() % 50'000'000);
  if (rng() % 4) terms.attachment = static_cast<Cents>(rng() % 100'000'000);
  return terms;
}

std::vector<Claim> any_claims(std::mt19937_64& rng, Cents deductible) {
  std::vector<Claim> claims;
  for (std::uint64_t i = rng() % 8; i > 0; --i) {
    const Cents laser = rng() % 4 == 0 ? static_cast<Cents>(rng() % 30'000'000) : 0;
    claims.push_back({static_cast<Cents>(rng() % 60'000'000), deductible + laser});
  }
  return claims;
}

class AnyContract : public testing::Test {
 protected:
  template <class Check>
  void for_contracts(Check&& check) {
    std::mt19937_64 rng(11);
    for (int i = 0; i < 20'000; ++i) {
      const Terms terms = any_terms(rng);
      check(any_claims(rng, terms.deductible), terms);
    }
  }
};

TEST_F(AnyContract, SplitsGroundUpClaimsBetweenThePayers) {
  for_contracts([](const std::vector<Claim>& claims, const Terms& terms) {
    const YearState year = applied(claims, terms);
    EXPECT_EQ(employer(year) + year.specific + year.aggregate, year.ground_up);
    EXPECT_EQ(
        year.layer + year.laser_band + (year.ground_up - year.excess) + year.excess_over_limit,
        year.ground_up);
    EXPECT_EQ(year.specific + year.asd_absorbed, year.specific_before_asd);
    EXPECT_EQ(year.specific_before_asd + year.coinsurance + year.over_limit,
              year.excess - year.laser_band);
  });
}

TEST_F(AnyContract, PaysBetweenNothingAndTheLoss) {
  for_contracts([](const std::vector<Claim>& claims, const Terms& terms) {
    const YearState year = applied(claims, terms);
    EXPECT_GE(year.specific, 0);
    EXPECT_LE(year.specific, year.excess);
    EXPECT_GE(year.counted, 0);
    EXPECT_LE(year.counted, year.ground_up);
    EXPECT_GE(year.aggregate, 0);
    EXPECT_LE(year.aggregate, year.counted);
    EXPECT_GE(year.coinsurance, 0);
    EXPECT_LE(carrier(year), year.ground_up);
  });
}

TEST_F(AnyContract, IsLeftAsItIsByTermsThatABookLeavesOut) {
  for_contracts([](const std::vector<Claim>& claims, const Terms& terms) {
    Terms plain;
    plain.deductible = terms.deductible;
    const YearState year = applied(claims, plain);
    EXPECT_EQ(year.specific, year.excess - year.laser_band);
    EXPECT_EQ(year.counted, year.ground_up - year.excess);
    EXPECT_EQ(year.aggregate, 0);
    EXPECT_EQ(year.coinsurance + year.asd_absorbed + year.over_limit, 0);
  });
}

TEST_F(AnyContract, PaysNoLessForALargerClaim) {
  for_contracts([](std::vector<Claim> claims, Terms terms) {
    if (claims.empty()) return;
    terms.also = 0;
    const YearState before = applied(claims, terms);
    claims.front().amount += 5'000'000;
    const YearState after = applied(claims, terms);
    EXPECT_GE(after.specific, before.specific);
    EXPECT_GE(after.counted, before.counted);
    EXPECT_GE(after.aggregate, before.aggregate);
  });
}

TEST(PlainTerms, PayLessAndLessSteeplyAsTheDeductibleRises) {
  std::mt19937_64 rng(12);
  for (int i = 0; i < 500; ++i) {
    std::vector<Claim> claims;
    for (int person = 0; person < 20; ++person) {
      claims.push_back({static_cast<Cents>(rng() % 60'000'000), 0});
    }
    std::vector<Cents> paid;
    for (int step = 0; step <= 30; ++step) {
      Terms terms;
      terms.deductible = 2'000'000 * step;
      for (Claim& claim : claims) claim.own_deductible = terms.deductible;
      paid.push_back(applied(claims, terms).specific);
    }
    for (std::size_t d = 1; d < paid.size(); ++d) EXPECT_LE(paid[d], paid[d - 1]);
    for (std::size_t d = 2; d < paid.size(); ++d) {
      EXPECT_GE(paid[d - 2] - paid[d - 1], paid[d - 1] - paid[d]);
    }
  }
}

TEST(PlainTerms, PayLessAndLessSteeplyAsTheAttachmentRises) {
  AggregateCover cover;
  const Cents counted = 123'456'789;
  Cents last = counted, last_step = counted;
  for (Cents attachment = 10'000'000; attachment < 200'000'000; attachment += 10'000'000) {
    cover.attachment = attachment;
    EXPECT_LE(cover.ceded(counted), last);
    EXPECT_LE(last - cover.ceded(counted), last_step);
    last_step = last - cover.ceded(counted);
    last = cover.ceded(counted);
  }
}

TEST(AggregatingSpecific, IsUsedUpByLaserBandsFirstWhereItCountsThem) {
  AggregatingSpecific term;
  term.retention = 100;
  YearState year;
  year.laser_band = 70;
  year.specific_before_asd = 500;
  term.apply(year);
  EXPECT_EQ(year.specific, 400);
  term.counts_lasers = 1;
  term.apply(year);
  EXPECT_EQ(year.specific, 470);
}

TEST(SpecificLimit, StandsWhereItsBasisPutsIt) {
  SpecificLimit term;
  term.limit = 900;
  term.basis = SpecificLimit::paid;
  EXPECT_EQ(term.threshold(1'000, 0.9), 2'000);
  term.basis = SpecificLimit::layer;
  EXPECT_EQ(term.threshold(1'000, 0.9), 1'900);
  term.basis = SpecificLimit::total_claim;
  EXPECT_EQ(term.threshold(1'000, 0.9), 1'000);
  EXPECT_EQ(term.threshold(500, 0.9), 900);
  term.limit = unlimited;
  EXPECT_EQ(term.threshold(500, 0.9), unlimited);
}

/// Runs over the list itself: a new term is tested without a line here.
TEST(EveryField, IsNeutralInABookWithoutItsColumn) {
  const Terms neutral;
  std::set<std::string> columns;
  Terms::each_field([&](const auto& field) {
    EXPECT_TRUE(columns.insert(field.spec.column).second) << field.spec.column << " is read twice";
    EXPECT_LE(field.spec.least, field.spec.most) << field.spec.column;
    const auto value = neutral.*field.value;
    if (field.spec.unit == Unit::usd && std::isinf(field.spec.neutral)) {
      EXPECT_EQ(static_cast<Cents>(value), unlimited) << field.spec.column;
    } else {
      const double unit = field.spec.unit == Unit::usd ? 100 : 1;
      EXPECT_EQ(static_cast<double>(value), unit * field.spec.neutral) << field.spec.column;
    }
  });
  EXPECT_GE(columns.size(), 9u);
}

}  // namespace
}  // namespace corridor
