// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdlib>

namespace {

/// Lets the library find the reader that these tests build.
class UseTestReader : public testing::Environment {
 public:
  void SetUp() override { setenv("CORRIDOR_READER", CORRIDOR_TEST_READER, 1); }
};

const testing::Environment* const environment =
    testing::AddGlobalTestEnvironment(new UseTestReader);

}  // namespace
