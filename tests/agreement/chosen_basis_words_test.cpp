// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <memory>
#include <string>

#include "kernels/cpu/dispatch.hpp"
#include "tests/agreement/claims_of_words.hpp"
#include "tests/agreement/edge_words.hpp"

namespace corridor {
namespace {

using cpu::block_years;
using cpu::chunk_members;
using cpu::PriorWords;
using made_up::Group;

/// Calls by the rows that a test has filled; further bits by Philox.
struct ChosenCalls {
  const cpu::Chunk& chunk;
  cpu::ChunkCalls prior;

  Words operator()(Counter counter) const {
    if (counter.y >> 24 != static_cast<std::uint32_t>(Purpose::claim)) return prior(counter);
    const std::uint32_t first = 4 * (counter.y & 0xffffffu);
    Words words;
    for (std::uint32_t i = 0; i < 4; ++i) words.w[i] = chunk.rows[first + i][prior.year];
    return words;
  }
};

class ChosenBasisWords : public testing::TestWithParam<std::string> {
 protected:
  ChosenBasisWords() {
    const TableSet set = made_up::tables().set();
    heads_.resize(set.count);
    for (std::uint32_t t = 0; t < set.count; ++t) {
      cpu::make_head(made_up::tables().at(t), heads_[t]);
    }
    for (std::uint32_t back = 0; back < basis_years_max; ++back) {
      for (std::uint32_t y = 0; y < block_years; ++y) {
        years_.severity[back][y] = 0.75f + 0.01f * static_cast<float>(y + back);
        years_.inverse_frequency[back][y] = 1;
      }
    }
  }

  /// Fills every row of a chunk with words in turn, each year from another one on.
  void fill(const std::vector<std::uint32_t>& words) {
    std::size_t next = 0;
    const auto fill_rows = [&](auto& rows) {
      for (auto& row : rows) {
        for (std::uint32_t& word : row) word = words[next++ % words.size()];
      }
      next += 7;
    };
    fill_rows(chunk_->rows);
    for (auto& rows : prior_->rows) fill_rows(rows);
  }

  void run(const GroupView& view) {
    const cpu::LaneTables tables{made_up::tables().data.data(), heads_.data()};
    const cpu::BasisMembers members{view, tables, heads_.data(), years_, 0, view.member_count};
    const BasisChunkOfWords words{members, *chunk_, *prior_, left_};
    if (GetParam() == "scalar") eligible_scalar(words);
    if (GetParam() == "avx2") eligible_avx2(words);
    if (GetParam() == "avx512") eligible_avx512(words);
  }

  /// Compares every lane with the lane's own function, or its words with what they were.
  void expect_the_lanes_dollars(const Group& group) {
    const auto chunk = std::make_unique<cpu::Chunk>(*chunk_);
    const auto prior = std::make_unique<PriorWords>(*prior_);
    const GroupView view = group.view();
    run(view);
    const Philox philox{round_keys(4)};
    for (std::uint32_t m = 0; m < view.member_count; ++m) {
      for (std::uint32_t y = 0; y < block_years; ++y) {
        SCOPED_TRACE(testing::Message() << "member " << m << ", year " << y);
        EligibleClaim expected{float_from_bits(chunk->rows[m][y]),
                               float_from_bits(prior->rows[0][m][y])};
        if ((left_[m] >> y & 1) == 0) {
          const ChosenCalls draw{*chunk, {*prior, 0, y, philox}};
          expected =
              eligible_claim(view, view.members[m], m, chunk->rows[m][y], y, years_.of(y), draw);
        } else {
          ++all_left_;
        }
        ASSERT_EQ(chunk_->rows[m][y], bits_of(expected.total_usd));
        if (view.basis->prior_years == 0) continue;
        ASSERT_EQ(prior_->rows[0][m][y], bits_of(expected.run_in_usd));
      }
    }
  }

  Group basis_group(std::uint32_t prior_years, std::uint32_t members = chunk_members) {
    Group group = made_up::plain_group(members, 1, 0);
    group.basis = made_up::random_basis(rng_, prior_years);
    return group;
  }

  std::mt19937_64 rng_{5};
  std::vector<cpu::TableHead> heads_;
  cpu::BasisYears years_;
  std::unique_ptr<cpu::Chunk> chunk_ = std::make_unique<cpu::Chunk>();
  std::unique_ptr<PriorWords> prior_ = std::make_unique<PriorWords>();
  std::uint64_t left_[chunk_members] = {};
  std::size_t all_left_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Cpu, ChosenBasisWords, testing::ValuesIn(cpu::instruction_sets()),
                         [](const auto& set) { return set.param; });

/// Words to both sides of the first one that repeats the year after, beside those of other edges.
std::vector<std::uint32_t> edge_words_of(std::uint32_t persistence) {
  std::vector<std::uint32_t> words = edge_words();
  const std::uint32_t first = 0u - (persistence << 16);
  for (const std::uint32_t step : {0u, 1u, 511u, 512u}) {
    words.push_back(first + step);
    words.push_back(first - step - 1);
  }
  return words;
}

TEST_P(ChosenBasisWords, AtEveryEdgeGiveTheLanesDollars) {
  for (std::uint32_t prior = 0; prior <= 3; ++prior) {
    for (const std::uint32_t persistence : {0u, 11'796u, 65'000u, 65'535u, 65'536u}) {
      Group group = basis_group(prior);
      group.basis->persistence = persistence;
      fill(edge_words_of(persistence));
      expect_the_lanes_dollars(group);
    }
  }
}

TEST_P(ChosenBasisWords, AtEveryEdgeGiveTheLanesDollarsWhenThinned) {
  for (auto& row : years_.inverse_frequency) {
    for (std::uint32_t y = 0; y < block_years; ++y) {
      row[y] = 0.25f + 0.0625f * static_cast<float>(y % 32);
    }
  }
  for (std::uint32_t prior = 0; prior <= 3; ++prior) {
    Group group = basis_group(prior);
    group.thinned = true;
    for (std::uint32_t m = 0; m < chunk_members; ++m) {
      group.members[m].inverse_exposure = m % 4 == 0 ? 1.0f : static_cast<float>(m * m);
    }
    fill(edge_words());
    expect_the_lanes_dollars(group);
  }
}

TEST_P(ChosenBasisWords, OfEverySlotGiveTheLanesMonths) {
  std::vector<std::uint32_t> words;
  for (std::uint32_t slot = 0; slot < month_slots; ++slot) words.push_back(1u << 30 | slot);
  for (std::uint32_t prior = 0; prior <= 3; ++prior) {
    fill(words);
    expect_the_lanes_dollars(basis_group(prior));
  }
  EXPECT_EQ(all_left_, 0u);
}

TEST_P(ChosenBasisWords, LeaveFewYearsToTheLanesOwnFunction) {
  std::vector<std::uint32_t> words;
  for (int i = 0; i < 1'009; ++i) words.push_back(static_cast<std::uint32_t>(rng_()));
  words[7] = refine_below - 1;
  fill(words);
  expect_the_lanes_dollars(basis_group(1));
  EXPECT_GE(all_left_, 2u);
  EXPECT_LE(all_left_, 2 * block_years);
}

TEST_P(ChosenBasisWords, OfAChunkThatIsNotFullLeaveTheOtherRowsAlone) {
  fill(edge_words());
  for (std::uint32_t m = 8; m < chunk_members; ++m) {
    std::fill(std::begin(chunk_->rows[m]), std::end(chunk_->rows[m]), 0xabcdef01u);
  }
  expect_the_lanes_dollars(basis_group(1, 5));
  for (std::uint32_t m = 8; m < chunk_members; ++m) {
    EXPECT_THAT(chunk_->rows[m], testing::Each(0xabcdef01u));
  }
}

}  // namespace
}  // namespace corridor
