// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/employer/liability.hpp"

#include <gtest/gtest.h>

namespace corridor {
namespace {

constexpr Cents k = 100'000;  ///< a thousand dollars

struct Contract {
  GroupJob job;
  GridRow row;
  Cents attachment = 410'400'00;
  std::vector<Cents> lasers{300 * k};

  Contract() {
    row.terms.deductible = 100 * k;
    row.terms.retention = 75 * k;
  }
  ClaimsMaximum maximum() const { return claims_maximum(job, row, attachment, lasers); }
};

// Attachment 410,400, an aggregating specific of 75,000 and a laser of 300,000 over a deductible of
// 100,000: a year that uses all three up costs 685,400.
TEST(ClaimsMaximum, IsAttachmentAggregatingSpecificAndLaserBand) {
  EXPECT_EQ(Contract().maximum().usd, 685'400);
}

TEST(ClaimsMaximum, LeavesOutWhatCountsToTheAggregate) {
  Contract contract;
  contract.row.terms.also = AggregateCounts::laser_band;
  EXPECT_EQ(contract.maximum().usd, 485'400);
  contract.row.terms.also = AggregateCounts::laser_band | AggregateCounts::asd_absorbed;
  EXPECT_EQ(contract.maximum().usd, 410'400);
}

TEST(ClaimsMaximum, TakesTheLargerWhereLasersUseTheRetentionUp) {
  Contract contract;
  contract.row.terms.counts_lasers = 1;
  EXPECT_EQ(contract.maximum().usd, 610'400);
  contract.lasers = {150 * k};
  EXPECT_EQ(contract.maximum().usd, 485'400);
}

TEST(ClaimsMaximum, HasNoLaserBandBelowTheDeductible) {
  Contract contract;
  contract.lasers = {80 * k};
  EXPECT_EQ(contract.maximum().usd, 485'400);
}

TEST(ClaimsMaximum, IsTheAttachmentWithoutASpecific) {
  Contract contract;
  contract.row.terms.deductible = unlimited;
  contract.lasers = {unlimited};
  EXPECT_EQ(contract.maximum().usd, 410'400);
}

void expect_unlimited(const Contract& contract, const std::string& why) {
  EXPECT_TRUE(std::isinf(contract.maximum().usd));
  EXPECT_NE(contract.maximum().unlimited_because.find(why), std::string::npos)
      << contract.maximum().unlimited_because;
}

TEST(ClaimsMaximum, IsInfiniteWhereSomethingLeaks) {
  Contract contract;
  contract.attachment = unlimited;
  expect_unlimited(contract, "no aggregate");
  contract = {};
  contract.row.terms.AggregateCover::limit = 1000 * k;
  expect_unlimited(contract, "up to its limit");
  EXPECT_EQ(contract.maximum().before_limit_usd, 685'400);
  contract = {};
  contract.row.terms.AggregateCover::share = 0.9;
  expect_unlimited(contract, "only a share");
  contract = {};
  contract.lasers = {unlimited};
  expect_unlimited(contract, "excluded");
  contract = {};
  contract.row.terms.SpecificReimbursement::share = 0.9;
  expect_unlimited(contract, "the specific pays only a share");
  contract.row.terms.also = AggregateCounts::coinsurance;
  EXPECT_TRUE(std::isfinite(contract.maximum().usd));
  contract = {};
  contract.row.terms.SpecificLimit::limit = 500 * k;
  expect_unlimited(contract, "the specific pays only up to");
  contract.row.terms.also = AggregateCounts::over_limit;
  EXPECT_TRUE(std::isfinite(contract.maximum().usd));
}

}  // namespace
}  // namespace corridor
