// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/idle_terms.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/plan/made_up_portfolio.hpp"

namespace corridor {
namespace {

using Reals = std::vector<double>;
constexpr double inf = HUGE_VAL;

/// Two groups of three members with both covers.
Portfolio covered() {
  Portfolio book = made_up::portfolio({3, 3});
  made_up::add_group_column(book, "specific_deductible_usd", {1e5, 1e5});
  made_up::add_group_column(book, "aggregate_corridor", {1.25, 1.25});
  book.groups.columns.push_back(
      {"employees", 4, std::vector<std::uint32_t>{1, 1, 0, 0, 2, 0, 0, 0}});
  return book;
}

Portfolio uncovered() { return made_up::portfolio({3, 3}); }

void put(Portfolio& book, const std::string& name, Reals values, std::size_t width = 1) {
  made_up::add_group_column(book, name, std::move(values), width);
}

MATCHER_P3(Says, dataset, row, reason, "") {
  const Problem& problem = arg;
  return problem.code == "W_IDLE" && problem.severity == Problem::Severity::warning &&
         problem.dataset == dataset && problem.row == row &&
         problem.message.find(reason) != std::string::npos && !problem.fix.empty() &&
         !problem.value.empty();
}

TEST(IdleTerms, OfABookWithBothCoversAreNone) {
  Portfolio book = covered();
  for (const char* column : {"monthly_accommodation", "terminal_liability", "no_new_laser"}) {
    put(book, column, {1, 1});
  }
  put(book, "aggregate_limit_usd", {1e6, 1e6});
  put(book, "terminal_probability", {0.5, 0.5});
  EXPECT_TRUE(idle_terms(book, {}).empty());
}

TEST(IdleTerms, OptionsOfAnAggregateNeedOne) {
  for (const char* column : {"monthly_accommodation", "terminal_liability"}) {
    Portfolio book = uncovered();
    put(book, column, {0, 1});
    const auto warnings = idle_terms(book, {});
    ASSERT_EQ(warnings.size(), 1u) << column;
    EXPECT_THAT(warnings[0], Says(std::string("/groups/") + column, 1u, "no aggregate cover"));
    EXPECT_EQ(warnings[0].group, "G1");
    EXPECT_TRUE(idle_terms(book, {{}, {1.25}}).empty()) << "a quoted corridor is a cover";
  }
}

TEST(IdleTerms, OfTheSpecificNeedOne) {
  Portfolio book = uncovered();
  put(book, "no_new_laser", {1, 1});
  const auto warnings = idle_terms(book, {});
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_THAT(warnings[0], Says("/groups/no_new_laser", 0u, "no specific cover"));
  EXPECT_THAT(warnings[0].message, testing::HasSubstr("1 more group alike"));
  EXPECT_TRUE(idle_terms(book, {{5e4}, {}}).empty()) << "a quoted deductible is a cover";
  EXPECT_EQ(idle_terms(book, {{inf}, {}}).size(), 1u) << "none is quoted";
}

TEST(IdleTerms, TheMatureBasisNeedsACorridor) {
  Portfolio book = uncovered();
  put(book, "aggregate_attachment_usd", {5e5, 5e5});
  put(book, "aggregate_expected_basis", {1, 0});
  const auto warnings = idle_terms(book, {});
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_THAT(warnings[0], Says("/groups/aggregate_expected_basis", 0u, "not a corridor"));
}

TEST(IdleTerms, ALimitOnRunInNeedsRunIn) {
  Portfolio book = covered();
  put(book, "run_in_limit_person_usd", {1e4, 1e4});
  EXPECT_EQ(idle_terms(book, {}).size(), 1u);
  put(book, "run_in_months", {3, 3});
  EXPECT_TRUE(idle_terms(book, {}).empty());
}

/// Groups at renewal with a cap of 35% on these rates by tier.
Portfolio capped(Reals rates) {
  Portfolio book = covered();
  put(book, "rate_cap", {0.35, inf});
  put(book, "new_or_renewal", {1, 0});
  rates.resize(8, 0);
  put(book, "current_rate_usd", rates, 4);
  return book;
}

TEST(IdleTerms, ARateCapNeedsRatesAboveZeroWhereEmployeesAre) {
  EXPECT_TRUE(idle_terms(capped({30, 60, 50, 80}), {}).empty());
  EXPECT_TRUE(idle_terms(capped({30, 0, 0, 0}), {}).empty());
  for (const Reals& rates : {Reals{0, 0, 0, 0}, Reals{0, 0, 50, 80}}) {
    const auto warnings = idle_terms(capped(rates), {});
    ASSERT_EQ(warnings.size(), 1u);
    EXPECT_THAT(warnings[0], Says("/groups/rate_cap", 0u, "are 0, so there is nothing to cap"));
    EXPECT_EQ(warnings[0].value, "0.35");
  }
}

TEST(IdleTerms, ARateCapNeedsARenewalAndEmployees) {
  Portfolio fresh = covered();
  put(fresh, "rate_cap", {0.35, inf});
  EXPECT_THAT(idle_terms(fresh, {}),
              testing::ElementsAre(Says("/groups/rate_cap", 0u, "new_or_renewal is 0")));
  Portfolio empty = capped({30, 60, 50, 80});
  for (Column& column : empty.groups.columns) {
    if (column.name == "employees") column.values = std::vector<std::uint32_t>(8, 0);
  }
  EXPECT_THAT(idle_terms(empty, {}),
              testing::ElementsAre(Says("/groups/rate_cap", 0u, "no employees")));
}

TEST(IdleTerms, AFamilyDeductibleNeedsAFamilyOfTwo) {
  const auto with = [](std::vector<std::uint32_t> families, Reals lasers) {
    Portfolio book = covered();
    put(book, "specific_family_deductible_usd", {2e5, inf});
    book.members.columns.push_back({"family", 1, std::move(families)});
    made_up::add_member_column(book, "laser_usd", std::move(lasers));
    return idle_terms(book, {});
  };
  const Reals none(6, NAN);
  EXPECT_TRUE(with({7, 0, 7, 0, 0, 0}, none).empty());
  for (const auto& families : {std::vector<std::uint32_t>{0, 0, 0, 1, 1, 1}, {1, 2, 3, 1, 1, 1}}) {
    EXPECT_THAT(
        with(families, none),
        testing::ElementsAre(Says("/groups/specific_family_deductible_usd", 0u, "no two members")));
  }
  EXPECT_EQ(with({7, 7, 0, 0, 0, 0}, {3e5, NAN, NAN, NAN, NAN, NAN}).size(), 1u)
      << "a laser keeps a person out of the family";
}

TEST(IdleTerms, ACredibilityNeedsExperience) {
  Portfolio book = covered();
  put(book, "credibility", {0.5, NAN});
  EXPECT_THAT(idle_terms(book, {}),
              testing::ElementsAre(Says("/groups/credibility", 0u, "no /experience")));
  book.experience.rows = 1;
  EXPECT_TRUE(idle_terms(book, {}).empty());
}

TEST(IdleTerms, ALaserNeedsASpecific) {
  Portfolio book = uncovered();
  made_up::add_member_column(book, "laser_usd", {NAN, NAN, NAN, NAN, 5e5, inf});
  const auto warnings = idle_terms(book, {});
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_THAT(warnings[0], Says("/members/laser_usd", 4u, "no specific cover"));
  EXPECT_EQ(warnings[0].group, "G1");
}

TEST(IdleTerms, APandemicNeedsBothItsAttributes) {
  for (const char* name : {"pandemic_probability", "pandemic_frequency"}) {
    Portfolio book = covered();
    book.market[name] = 0.5;
    const auto warnings = idle_terms(book, {});
    ASSERT_EQ(warnings.size(), 1u) << name;
    EXPECT_EQ(warnings[0].code, "W_IDLE");
    EXPECT_EQ(warnings[0].dataset, std::string("/market@") + name);
    EXPECT_EQ(warnings[0].value, "0.5");
  }
  Portfolio book = covered();
  book.market = {{"pandemic_probability", 0.02}, {"pandemic_frequency", 1.5}};
  EXPECT_TRUE(idle_terms(book, {}).empty());
}

}  // namespace
}  // namespace corridor
