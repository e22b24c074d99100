// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/options/attachment_months.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/plan/made_up_portfolio.hpp"

namespace corridor {
namespace {

using made_up::add_group_column;
using testing::DoubleNear;
using testing::Each;
using testing::SizeIs;

/// Singles 30, then 34 from July; ten families.
std::vector<double> growing_enrolment() {
  std::vector<double> employees;
  for (int month = 0; month < 12; ++month) {
    const double singles = month < 6 ? 30 : 34;
    employees.insert(employees.end(), {singles, 0, 0, 10});
  }
  return employees;
}

TEST(AttachmentMonths, AreEvenWithoutEmployees) {
  const std::vector<double> shares = attachment_months(made_up::portfolio({3}), 0);
  EXPECT_THAT(shares, SizeIs(12));
  EXPECT_THAT(shares, Each(DoubleNear(1.0 / 12, 1e-15)));
}

TEST(AttachmentMonths, FollowFactorsTimesEnrolment) {
  Portfolio book = made_up::portfolio({3});
  add_group_column(book, "employees_monthly", growing_enrolment(), 48);
  add_group_column(book, "aggregate_factor_usd", {600, 0, 0, 1500}, 4);
  const std::vector<double> shares = attachment_months(book, 0);
  // 33,000 a month, then 35,400; 410,400 in all.
  EXPECT_NEAR(shares[0] * 410'400, 33'000, 1e-9);
  EXPECT_NEAR(shares[11] * 410'400, 35'400, 1e-9);
  EXPECT_NEAR(accumulated(shares, 6) * 410'400, 198'000, 1e-9);
  EXPECT_NEAR(accumulated(shares, 12), 1, 1e-15);
  EXPECT_NEAR(last_three(shares) * 410'400, 3 * 35'400, 1e-9);
}

TEST(AttachmentMonths, FollowEmployeesWhereThereAreNoFactors) {
  Portfolio book = made_up::portfolio({3});
  add_group_column(book, "employees_monthly", growing_enrolment(), 48);
  EXPECT_NEAR(attachment_months(book, 0)[0], 40.0 / (6 * 40 + 6 * 44), 1e-15);
}

TEST(AttachmentMonths, EndWithThePolicy) {
  Portfolio book = made_up::portfolio({3});
  add_group_column(book, "policy_months", {8});
  EXPECT_THAT(attachment_months(book, 0), SizeIs(8));
  EXPECT_NEAR(last_three(attachment_months(book, 0)), 3.0 / 8, 1e-15);
}

}  // namespace
}  // namespace corridor
