// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>

#include "corridor/scenario.hpp"

namespace corridor {
namespace {

TEST(BuiltInStresses, AreDescribedAndSourced) {
  EXPECT_GE(built_in_stresses().size(), 6u);
  std::string last;
  for (const Stress& stress : built_in_stresses()) {
    EXPECT_FALSE(stress.description.empty()) << stress.name;
    EXPECT_FALSE(stress.source.empty()) << stress.name;
    EXPECT_LT(last, stress.name);
    last = stress.name;
  }
}

TEST(BuiltInStresses, AreFoundByTheNamesOfTheirFiles) {
  for (const Stress& stress : built_in_stresses()) {
    EXPECT_EQ(stress.file, "built-in " + stress.name);
    EXPECT_EQ(find_stress(stress.name).description, stress.description);
  }
}

TEST(FindStress, SuggestsTheNearestName) {
  try {
    find_stress("gene_therapy");
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(error.what()).find("Did you mean 'gene_therapies'?"), std::string::npos);
  }
}

TEST(FindStress, TakesPathsForFiles) {
  const std::string path = testing::TempDir() + "find_stress.toml";
  std::ofstream(path) << "name = \"own\"\n";
  EXPECT_EQ(find_stress(path).name, "own");
  try {
    find_stress("no_such.toml");
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::missing_input);
  }
}

}  // namespace
}  // namespace corridor
