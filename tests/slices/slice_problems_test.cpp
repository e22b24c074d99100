// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "host/pipeline_slices.hpp"
#include "host/price/price.hpp"
#include "host/watch/run_account.hpp"
#include "tests/portfolio/draft.hpp"
#include "tests/portfolio/told.hpp"

namespace corridor {
namespace {

using tests::Draft;
using Codes = std::vector<std::uint8_t>;
using Reals = std::vector<double>;

constexpr std::size_t whole = 0, a_group_at_a_time = 4u << 20;

void append(const std::vector<Problem>& problems, std::vector<std::string>& lines) {
  for (const Problem& problem : problems) {
    lines.push_back(problem.code + " " + problem.dataset + " " +
                    (problem.row ? std::to_string(*problem.row) : "-") + " " + problem.group +
                    " " + problem.value + " " + problem.message);
  }
}

/// What planning a book says of it before a year is drawn: errors, else warnings.
std::vector<std::string> said_of(const Draft& draft, std::size_t memory_limit_bytes) {
  const tests::InProcess in_process;
  PricingBasis basis;
  basis.specific.expense = 0.4;  // leaves room for a commission of 0.1 and not for one of 0.49
  RunOptions options;
  options.years = 1;
  options.memory_limit_bytes = memory_limit_bytes;
  options.levels = levels_for(options, basis);
  RunAccount account(options);
  std::vector<std::string> lines;
  try {
    PlannedBook book(draft.write(tests::test_path("book.h5")), options, account, {});
    EXPECT_EQ(book.is_whole(), memory_limit_bytes == whole);
    const BookPricer pricer(book.head(), book.options(), basis, options.levels);
    append(book.head().warnings, lines);
    append(book.warnings(), lines);
    book.plan_all([&](const BookSlice& slice) {
      pricer.check(slice.portfolio, slice.groups.first);
      append(slice.plan.warnings, lines);
    });
  } catch (const Error& error) {
    lines.clear();
    append(error.problems(), lines);
  }
  return lines;
}

void expect_said(const Draft& draft, const std::vector<std::string>& openings) {
  const std::vector<std::string> said = said_of(draft, whole);
  for (const std::string& opening : openings) {
    EXPECT_THAT(said, testing::Contains(testing::StartsWith(opening)));
  }
  EXPECT_EQ(said_of(draft, a_group_at_a_time), said);
}

TEST(SliceProblems, NameRowsOfTheBookForTermsThatCannotBePriced) {
  Draft draft = Draft::full();
  draft.set("/groups/commission", Reals{0.1, 0.5, 0.49});
  expect_said(draft, {"E_COMMISSION /groups/commission 1 G2", "E_COMMISSION /groups/commission 2 G3"});
}

TEST(SliceProblems, NameRowsOfTheBookForAttachmentsWithoutAClosedForm) {
  Draft draft = Draft::full();
  draft.datasets.erase("/groups/aggregate_factor_usd");
  draft.datasets.erase("/groups/aggregate_attachment_usd");
  draft.set("/groups/aggregate_corridor", Reals{1.25, 1.25, 1.25});
  draft.set("/groups/aggregating_specific_usd", Reals{0, 25e3, 25e3});
  draft.set("/groups/aggregate_counts", Codes{0, 2, 2});
  expect_said(draft, {"E_NO_CLOSED_FORM /groups/aggregate_counts 1 G2",
                      "E_NO_CLOSED_FORM /groups/aggregate_counts 2 G3"});
}

TEST(SliceProblems, NameRowsOfTheBookForMembersWhoseClaimsOverflow) {
  Draft draft = Draft::full();
  draft.set("/members/scale", Reals{1, 1, 1, 1, 1, 1e9});
  draft.set_attribute("/distributions/silver", "maximum_usd", 1e12);
  expect_said(draft, {"E_CENTS_OVERFLOW /members/scale 5 G3"});
}

TEST(SliceProblems, CountTermsThatActOnNothingOverTheWholeBook) {
  Draft draft = Draft::full();
  draft.datasets.erase("/quote/specific_deductible_usd");
  draft.set("/groups/specific_deductible_usd", Reals{50e3, HUGE_VAL, HUGE_VAL});
  draft.set("/groups/specific_limit_usd", Reals{HUGE_VAL, HUGE_VAL, HUGE_VAL});
  draft.set("/groups/aggregating_specific_usd", Reals{0, 25e3, 30e3});
  draft.set("/members/laser_usd", Reals{NAN, 150e3, NAN, NAN, 4e5, NAN});
  expect_said(draft, {"W_IDLE /groups/aggregating_specific_usd 1 G2 25000",
                      "W_IDLE /members/laser_usd 4 G3 400000"});
}

TEST(SliceProblems, WarnOfMatureExpectedClaimsInTheBooksOrder) {
  Draft draft = Draft::full();
  draft.set("/groups/aggregate_expected_basis", Codes{1, 0, 1});
  draft.set("/groups/run_out_months", Codes{0, 255, 3});
  expect_said(draft, {"W_MATURE_EXPECTED /groups/aggregate_expected_basis 0 G1",
                      "W_MATURE_EXPECTED /groups/aggregate_expected_basis 2 G3"});
}

}  // namespace
}  // namespace corridor
