// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// What a failing disk or a broken copy makes of a book.
#include "tests/portfolio/damage.hpp"

#include <gtest/gtest.h>

#include <random>

#include "corridor/portfolio.hpp"

namespace corridor::tests {
namespace {

TEST(Damage, EveryTruncationIsRefused) { expect_truncations_refused(200); }

TEST(Damage, EveryFlippedBitOfASealedBookIsDetectedOrHarmless) { expect_flips_seen(400, 1, 1); }

TEST(Damage, EveryChangedHeaderByteOfASealedBookIsDetectedOrHarmless) {
  expect_flips_seen(200, 8, 2);
}

TEST(Damage, AnEmptyFileIsRefused) {
  const std::string path = test_path("empty-file.h5");
  put_bytes(path, {});
  const std::vector<Problem> problems = validate_portfolio(path);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].code, "E_NOT_HDF5");
}

TEST(Damage, AChecksumThatDoesNotMatchNamesTheDataset) {
  const Damaged book = damaged_column("/members/scale");
  const std::vector<Problem> problems = validate_portfolio(book.path);
  const auto found = std::find_if(problems.begin(), problems.end(), [](const Problem& problem) {
    return problem.dataset == "/members/scale";
  });
  ASSERT_NE(found, problems.end());
  EXPECT_EQ(found->code, "E_DAMAGED");
  EXPECT_NE(found->message.find("is damaged: "), std::string::npos);
}

}  // namespace
}  // namespace corridor::tests
