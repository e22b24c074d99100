// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/totals/job_totals.hpp"

#include <gtest/gtest.h>

#include "kernels/lane/group_year.hpp"
#include "tests/exact/made_book.hpp"

namespace corridor {
namespace {

constexpr double deductible_usd = 50e3, laser_usd = 120e3, limit_usd = 200e3;

/// A plain member and a lasered one, a limit on what the policy pays, a share of 0.8.
class OneGroup {
 public:
  explicit OneGroup(std::uint8_t also = 0) : thresholds_{made::usd(deductible_usd), 0} {
    GridRow& row = row_;
    row.deductible_threshold = 0;
    row.limit_threshold = 1;
    row.terms.SpecificLimit::limit = made::usd(limit_usd);
    row.terms.SpecificReimbursement::share = 0.8;
    row.terms.also = also;
    thresholds_[1] = row.terms.threshold(thresholds_[0], 0.8);
    own_[0] = made::usd(laser_usd);
    own_[1] = row.terms.threshold(own_[0], 0.8);
    person_.terms = made::member(1);
    GroupView& group = views_.specific.group;
    group.thresholds = thresholds_;
    group.threshold_count = 2;
    group.personal = &person_;
    group.personal_thresholds = own_;
    group.personal_count = 1;
  }

  /// A year in which a plain member and the lasered one claim these amounts, through the lane's own
  /// terms.
  YearState year(double plain_usd, double lasered_usd) const {
    StopLossSums sums;
    for (const double usd : {plain_usd, lasered_usd}) {
      const Cents claim = made::usd(usd);
      sums.ground_up += claim;
      for (std::size_t k = 0; k < 2; ++k) sums.excess[k] += excess_over(claim, thresholds_[k]);
    }
    for (std::size_t k = 0; k < 2; ++k) {
      const Cents claim = made::usd(lasered_usd);
      sums.band[k] = excess_over(claim, thresholds_[k]) - excess_over(claim, own_[k]);
    }
    Cents columns[5];
    const SumsView view{columns, 1};
    store(views_.specific.group, sums, view, 0);
    YearState state = year_state(views_.specific.group, row_, view, 0);
    row_.terms.apply(state);
    return state;
  }

  JobViews views_{};
  GridRow row_{};

 private:
  Cents thresholds_[2];
  Cents own_[2];
  PersonalMember person_{};
};

constexpr double claims_usd[] = {0, 30e3, 50e3, 90e3, 120e3, 180e3, 299e3, 300e3, 400e3, 2e6};

TEST(JobTotals, AddUpToWhatTheLanesTermsPay) {
  const OneGroup group;
  const auto functions = specific_functions(group.views_, group.row_);
  ASSERT_TRUE(functions);
  for (const double plain : claims_usd) {
    for (const double lasered : claims_usd) {
      const double paid = functions->members(plain) + functions->personal[0](lasered);
      EXPECT_NEAR(paid, static_cast<double>(group.year(plain, lasered).specific_before_asd) / 100,
                  0.01)
          << plain << " " << lasered;
    }
  }
}

TEST(JobTotals, AddUpToWhatTheLanesTermsCount) {
  for (const int also : {0, 1, 4, 5, 8, 12, 13}) {
    const OneGroup group(static_cast<std::uint8_t>(also));
    const auto functions = counted_functions(group.views_, group.row_);
    ASSERT_TRUE(functions);
    for (const double plain : claims_usd) {
      for (const double lasered : claims_usd) {
        const double counted = functions->members(plain) + functions->personal[0](lasered);
        EXPECT_NEAR(counted, static_cast<double>(group.year(plain, lasered).counted) / 100, 0.02)
            << also << " " << plain << " " << lasered;
      }
    }
  }
}

TEST(JobTotals, AreCappedWhereNothingCountsAboveTheDeductible) {
  const OneGroup plain, with_band(AggregateCounts::laser_band), with_share(8);
  const auto caps = counted_functions(plain.views_, plain.row_)->caps();
  ASSERT_TRUE(caps);
  EXPECT_EQ(caps->members_usd, deductible_usd);
  EXPECT_EQ(caps->personal_usd[0], deductible_usd);
  EXPECT_EQ(counted_functions(with_band.views_, with_band.row_)->caps()->personal_usd[0],
            laser_usd);
  EXPECT_FALSE(counted_functions(with_share.views_, with_share.row_)->caps());
}

TEST(JobTotals, AreNoneWhereTheyAreNoSumOverPersons) {
  OneGroup families;
  families.views_.specific.group.family_deductible = made::usd(100e3);
  EXPECT_FALSE(specific_functions(families.views_, families.row_));
  EXPECT_FALSE(counted_functions(families.views_, families.row_));
  OneGroup absorbed(AggregateCounts::asd_absorbed);
  EXPECT_TRUE(counted_functions(absorbed.views_, absorbed.row_));
  absorbed.row_.terms.retention = 1;
  EXPECT_FALSE(counted_functions(absorbed.views_, absorbed.row_));
  OneGroup other(AggregateCounts::laser_band);
  other.views_.counted = other.views_.specific;
  EXPECT_FALSE(counted_functions(other.views_, other.row_));
}

}  // namespace
}  // namespace corridor
