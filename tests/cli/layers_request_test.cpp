// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/layers_request.hpp"

#include <gmock/gmock.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>

#include "tests/cli/refusal.hpp"

namespace corridor::cli {
namespace {

LayersRequest request(std::vector<std::string> arguments) {
  CLI::App app("", "corridor layers");
  LayersFlags flags;
  declare_flags(app, flags);
  arguments.insert(arguments.begin(), {"book.h5", "--layer", "1e6:1e6"});
  std::reverse(arguments.begin(), arguments.end());
  app.parse(arguments);
  return checked(flags);
}

TEST(LayersRequest, DefaultsAreTheDocumentedOnes) {
  const LayersRequest plain = request({});
  EXPECT_EQ(plain.book, "book.h5");
  EXPECT_EQ(plain.options.run.years, 100'000u);
  EXPECT_EQ(plain.options.run.seed, 1u);
  EXPECT_TRUE(plain.options.groups.empty());
  ASSERT_EQ(plain.options.layers.size(), 1u);
  EXPECT_TRUE(plain.prints_table());
}

TEST(LayersRequest, FlagsReachTheOptions) {
  const LayersRequest full =
      request({"--years", "2000", "--seed", "7", "--threads", "2", "--levels", "0.9,0.995",
               "--principles", "tvar", "--groups", "G1,G2", "--load", "theta=0.2"});
  EXPECT_EQ(full.options.run.years, 2000u);
  EXPECT_EQ(full.options.run.seed, 7u);
  EXPECT_EQ(full.options.run.threads, 2u);
  EXPECT_EQ(full.options.run.levels.size(), 2u);
  EXPECT_THAT(full.options.groups, testing::ElementsAre("G1", "G2"));
  EXPECT_EQ(full.options.basis.specific.theta, 0.2);
}

TEST(LayersRequest, LayersAreAttachmentAndLimit) {
  const auto layers = claim_layers("1000000:500000.25,2e6:inf");
  ASSERT_EQ(layers.size(), 2u);
  EXPECT_EQ(layers[0].attachment_usd, 1e6);
  EXPECT_EQ(layers[0].limit_usd, 500'000.25);
  EXPECT_EQ(layers[1].attachment_usd, 2e6);
  EXPECT_TRUE(std::isinf(layers[1].limit_usd));
}

TEST(LayersRequest, LayersThatMakeNoSenseAreRefused) {
  for (const char* text :
       {"", ",", "1:", ":1", "1:2:3", "0:1", "1:-1", "inf:1", "1:1,1:1", "nan:1"}) {
    const std::string why = refusal(ErrorKind::usage, [&] { claim_layers(text); });
    EXPECT_THAT(why, testing::HasSubstr("--layer")) << text;
  }
}

}  // namespace
}  // namespace corridor::cli
