// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/attachment.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/plan/made_up_portfolio.hpp"

namespace corridor {
namespace {

using made_up::add_group_column;

/// Singles 30 in months 1-6 then 34, families 10; factors $600 and $1,500; minimum 95% of month 1.
/// Worked by hand: 33,000 a month, then 35,400.
Portfolio monthly_factor_group() {
  Portfolio book = made_up::portfolio({5});
  std::vector<double> enrolment;
  for (int month = 0; month < 12; ++month) {
    enrolment.insert(enrolment.end(), {month < 6 ? 30.0 : 34.0, 0, 0, 10});
  }
  add_group_column(book, "employees_monthly", enrolment, 48);
  add_group_column(book, "aggregate_factor_usd", {600, NAN, NAN, 1500}, 4);
  add_group_column(book, "aggregate_minimum_first_month_pct", {0.95});
  return book;
}

TEST(Attachment, MonthlyFactorsTimesEnrolmentAddUpOverTheYear) {
  const AttachmentRule rule = attachment_rule(monthly_factor_group(), 0, std::nullopt);
  EXPECT_EQ(rule.way, AttachmentRule::Way::monthly_factors);
  EXPECT_NEAR(attachment_usd(rule, 1e9), 410'400, 1e-6);
}

TEST(Attachment, MinimumIsAShareOfTwelveTimesTheFirstMonth) {
  AttachmentRule rule = attachment_rule(monthly_factor_group(), 0, std::nullopt);
  EXPECT_NEAR(rule.minimum_first_month_fraction * rule.first_month_ratio * rule.amount_usd,
              376'200, 1e-6);
  rule.minimum_first_month_fraction = 1.2;
  EXPECT_NEAR(attachment_usd(rule, 0), 1.2 * 12 * 33'000, 1e-6);
}

TEST(Attachment, AQuotedCorridorReplacesTheFactorsAndKeepsTheMinimum) {
  Portfolio book = monthly_factor_group();
  add_group_column(book, "aggregate_minimum_usd", {500'000});
  const AttachmentRule rule = attachment_rule(book, 0, 1.25);
  EXPECT_EQ(rule.way, AttachmentRule::Way::corridor);
  EXPECT_NEAR(attachment_usd(rule, 600'000), 750'000, 1e-6);
  EXPECT_NEAR(attachment_usd(rule, 100'000), 500'000, 1e-6);
}

TEST(Attachment, FirstMonthOfACorridorFollowsEnrolment) {
  const AttachmentRule rule = attachment_rule(monthly_factor_group(), 0, 1.0);
  EXPECT_NEAR(rule.first_month_ratio, 40.0 / 42.0, 1e-12);
}

TEST(Attachment, TheGroupsOwnCorridorIsItsRule) {
  Portfolio book = made_up::portfolio({5, 5});
  add_group_column(book, "aggregate_corridor", {1.2, HUGE_VAL});
  EXPECT_NEAR(attachment_usd(attachment_rule(book, 0, std::nullopt), 1000), 1200, 1e-9);
  EXPECT_TRUE(std::isnan(attachment_usd(attachment_rule(book, 1, std::nullopt), 1000)));
}

TEST(Attachment, AnExplicitAmountDoesNotLookAtExpectedClaims) {
  Portfolio book = made_up::portfolio({5});
  add_group_column(book, "aggregate_attachment_usd", {123'456.78});
  EXPECT_DOUBLE_EQ(attachment_usd(attachment_rule(book, 0, std::nullopt), 1e9), 123'456.78);
}

}  // namespace
}  // namespace corridor
