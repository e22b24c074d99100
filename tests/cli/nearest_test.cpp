// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/nearest.hpp"

#include <gtest/gtest.h>

namespace corridor::cli {
namespace {

TEST(NearestName, SwappedDroppedAddedAndChangedLettersAreForgiven) {
  const std::vector<std::string> known{"price", "validate", "info", "seal"};
  EXPECT_EQ(nearest_name("pirce", known), "price");
  EXPECT_EQ(nearest_name("prce", known), "price");
  EXPECT_EQ(nearest_name("prices", known), "price");
  EXPECT_EQ(nearest_name("validete", known), "validate");
}

TEST(NearestName, NothingIsSuggestedForAnotherWord) {
  EXPECT_EQ(nearest_name("reinsure", {"price", "validate", "info", "seal"}), "");
  EXPECT_EQ(nearest_name("", {"price"}), "");
  EXPECT_EQ(nearest_name("price", {}), "");
}

TEST(NearestName, TheCloserOfTwoWins) {
  EXPECT_EQ(nearest_name("ph_transfrm", {"wang_transform", "ph_transform"}), "ph_transform");
}

}  // namespace
}  // namespace corridor::cli
