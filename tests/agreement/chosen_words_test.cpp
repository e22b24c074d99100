// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <memory>
#include <string>

#include "kernels/cpu/dispatch.hpp"
#include "tests/agreement/claims_of_words.hpp"
#include "tests/agreement/edge_words.hpp"
#include "tests/lane/made_up.hpp"

namespace corridor {
namespace {

using cpu::block_years;
using cpu::chunk_members;
using made_up::Group;

class ChosenWords : public testing::TestWithParam<std::string> {
 protected:
  ChosenWords() {
    const TableSet set = made_up::tables().set();
    heads_.resize(set.count);
    for (std::uint32_t t = 0; t < set.count; ++t)
      cpu::make_head(made_up::tables().at(t), heads_[t]);
    for (std::uint32_t y = 0; y < block_years; ++y) {
      effects_.inverse_frequency[y] = 1;
      effects_.floor_usd[y] = 100.0f * static_cast<float>(y);
    }
  }

  void run(const Group& group) {
    const GroupView view = group.view();
    const cpu::LaneTables tables{made_up::tables().data.data(), heads_.data()};
    const ChunkOfWords words{view, tables, effects_, *chunk_, total_usd_};
    if (GetParam() == "scalar") claims_scalar(words, seed);
    if (GetParam() == "avx2") claims_avx2(words, seed);
    if (GetParam() == "avx512") claims_avx512(words, seed);
  }

  /// Fills a chunk with words, and compares claims, sums and list with the lane's own function.
  void expect_the_lanes_claims(const Group& group, const std::vector<std::uint32_t>& words) {
    const GroupView view = group.view();
    const Philox draw{round_keys(seed)};
    double totals[block_years];
    std::vector<std::uint32_t> listed;
    std::vector<std::vector<float>> claims(view.member_count);
    for (std::uint32_t m = 0; m < view.member_count; ++m) {
      for (std::uint32_t y = 0; y < block_years; ++y) {
        const std::uint32_t word = words[(m * block_years + y) % words.size()];
        chunk_->rows[m][y] = word;
        claims[m].push_back(
            claim_usd(view, view.members[m], m, word, y, effects_.inverse_frequency[y], draw));
        if (claims[m][y] > effects_.floor_usd[y]) listed.push_back(m * block_years + y);
      }
    }
    for (std::uint32_t y = 0; y < block_years; ++y) {
      float sum = 0;
      for (std::uint32_t m = 0; m < view.member_count; ++m) sum += claims[m][y];
      totals[y] = static_cast<double>(sum);
      total_usd_[y] = 0;
    }
    run(group);
    for (std::uint32_t m = 0; m < view.member_count; ++m) {
      for (std::uint32_t y = 0; y < block_years; ++y) {
        ASSERT_EQ(chunk_->rows[m][y], bits_of(claims[m][y])) << "member " << m << ", year " << y;
      }
    }
    EXPECT_THAT(total_usd_, testing::ElementsAreArray(totals));
    EXPECT_THAT(std::vector<std::uint32_t>(chunk_->listed, chunk_->listed + chunk_->listed_count),
                testing::UnorderedElementsAreArray(listed));
  }

  static constexpr std::uint64_t seed = 4;
  std::vector<cpu::TableHead> heads_;
  cpu::BlockEffects effects_;
  std::unique_ptr<cpu::Chunk> chunk_ = std::make_unique<cpu::Chunk>();
  alignas(64) double total_usd_[block_years];
};

INSTANTIATE_TEST_SUITE_P(Cpu, ChosenWords, testing::ValuesIn(cpu::instruction_sets()),
                         [](const auto& set) { return set.param; });

TEST_P(ChosenWords, AtEveryEdgeGiveTheLanesClaims) {
  expect_the_lanes_claims(made_up::plain_group(chunk_members, 1, 0), edge_words());
}

TEST_P(ChosenWords, AtEveryEdgeGiveTheLanesClaimsWhenThinned) {
  Group group = made_up::plain_group(chunk_members, 1, 0);
  group.thinned = true;
  for (std::uint32_t m = 0; m < chunk_members; ++m) {
    group.members[m].inverse_exposure = m % 4 == 0 ? 1.0f : static_cast<float>(m * m);
  }
  for (std::uint32_t y = 0; y < block_years; ++y) {
    effects_.inverse_frequency[y] = 0.25f + 0.0625f * static_cast<float>(y % 32);
  }
  expect_the_lanes_claims(group, edge_words());
}

TEST_P(ChosenWords, OfNoBitsEverywhereGiveTheLanesClaims) {
  expect_the_lanes_claims(made_up::plain_group(chunk_members, 1, 0), {0});
}

TEST_P(ChosenWords, OfAllBitsEverywhereGiveTheLanesClaims) {
  expect_the_lanes_claims(made_up::plain_group(chunk_members, 1, 0), {~0u});
}

TEST_P(ChosenWords, FillTheListToItsLastPlace) {
  for (float& floor_usd : effects_.floor_usd) floor_usd = 0;
  expect_the_lanes_claims(made_up::plain_group(chunk_members, 1, 0),
                          {1u << 28, 1u << 20, 1u << 30});
  EXPECT_EQ(chunk_->listed_count, cpu::chunk_draws);
}

TEST_P(ChosenWords, OfAChunkThatIsNotFullLeaveTheOtherRowsAlone) {
  for (auto& row : chunk_->rows) std::fill(std::begin(row), std::end(row), 0xabcdef01u);
  expect_the_lanes_claims(made_up::plain_group(5, 1, 0), edge_words());
  for (std::uint32_t m = 5; m < chunk_members; ++m) {
    EXPECT_THAT(chunk_->rows[m], testing::Each(0xabcdef01u));
  }
}

}  // namespace
}  // namespace corridor
