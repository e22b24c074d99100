// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/backend.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <string>

#include "corridor/error.hpp"
#include "kernels/cpu/dispatch.hpp"
#include "tests/cpu/backends.hpp"

namespace corridor {
namespace {

using made_up::backend;
using made_up::SmallBook;
using made_up::tallied;

class CpuBackend : public testing::Test {
 protected:
  const SmallBook book{31};
  const RunSettings settings{7, 4'500, {4'455}, false};
  const std::vector<GroupTally> expected = tallied(*backend("scalar", 1), book.jobs, settings);
};

TEST_F(CpuBackend, GivesTheSameIntegersForAnyThreadCount) {
  for (const unsigned threads : {1u, 2u, 3u, 8u}) {
    EXPECT_EQ(tallied(*backend("", threads), book.jobs, settings), expected) << threads;
  }
}

TEST_F(CpuBackend, GivesTheSameIntegersForAnyCuttingOfTheYears) {
  for (const std::uint32_t years : {1u, 64u, 65u, 700u, 100'000u}) {
    const cpu::Tuning tuning{1u << 30, years, 4};
    EXPECT_EQ(tallied(*backend("", 3, tuning), book.jobs, settings), expected) << years;
  }
}

TEST_F(CpuBackend, GivesTheSameIntegersForAnyMemory) {
  for (const std::size_t bytes : {std::size_t{1}, std::size_t{1} << 20, std::size_t{1} << 34}) {
    EXPECT_EQ(tallied(*backend("", 4, {}, bytes), book.jobs, settings), expected) << bytes;
  }
}

TEST_F(CpuBackend, GivesAJobTheSameTallyInAnyCompany) {
  const auto engine = backend("", 2);
  std::vector<GroupJob> reversed(book.jobs.rbegin(), book.jobs.rend());
  const std::vector<GroupTally> backwards = tallied(*engine, reversed, settings);
  for (std::size_t job = 0; job < book.jobs.size(); ++job) {
    EXPECT_TRUE(backwards[book.jobs.size() - 1 - job] == expected[job]);
    EXPECT_TRUE(tallied(*engine, {book.jobs[job]}, settings).front() == expected[job]);
  }
}

TEST_F(CpuBackend, GivesTheSameSumsWithAndWithoutTails) {
  RunSettings without = settings;
  without.tail_ranks.clear();
  const std::vector<GroupTally> streamed = tallied(*backend("", 3), book.jobs, without);
  for (std::size_t job = 0; job < streamed.size(); ++job) {
    EXPECT_TRUE(streamed[job].ground_up == expected[job].ground_up);
    for (std::size_t row = 0; row < streamed[job].rows.size(); ++row) {
      EXPECT_TRUE(streamed[job].rows[row].specific.cell == expected[job].rows[row].specific.cell);
      EXPECT_TRUE(streamed[job].rows[row].total[0].cell == expected[job].rows[row].total[0].cell);
    }
  }
}

TEST_F(CpuBackend, FinishesEveryJobOnceAndNeverTwoAtATime) {
  std::vector<int> times(book.jobs.size(), 0);
  std::vector<GroupTally> out(book.jobs.size());
  std::atomic<int> inside{0};
  backend("", 4)->tally(book.jobs, settings, out, [&](std::size_t job) {
    EXPECT_EQ(++inside, 1);
    EXPECT_TRUE(out[job] == expected[job]) << "not complete when finished";
    ++times[job];
    --inside;
    return true;
  });
  EXPECT_THAT(times, testing::Each(1));
}

TEST_F(CpuBackend, StartsNoJobOnceTheCallerSaysStop) {
  std::vector<GroupTally> out(book.jobs.size());
  int finished = 0;
  backend("", 2)->tally(book.jobs, settings, out, [&](std::size_t) { return ++finished < 3; });
  EXPECT_EQ(finished, 3);
}

TEST_F(CpuBackend, HandsTheCallersExceptionBack) {
  std::vector<GroupTally> out(book.jobs.size());
  const auto fail = [](std::size_t) -> bool { throw std::runtime_error("disk full"); };
  EXPECT_THROW(backend("", 2)->tally(book.jobs, settings, out, fail), std::runtime_error);
}

TEST_F(CpuBackend, HasNothingToDoWithoutJobs) {
  backend("")->tally({}, settings, {}, [](std::size_t) {
    ADD_FAILURE() << "no job can finish";
    return true;
  });
}

TEST_F(CpuBackend, NamesItsInstructionSetAndThreads) {
  EXPECT_EQ(backend("scalar", 1)->name(), "cpu scalar, 1 thread");
  EXPECT_EQ(backend("scalar", 3)->name(), "cpu scalar, 3 threads");
  EXPECT_THAT(backend("", 2)->name(), testing::HasSubstr(cpu::instruction_sets().back()));
}

TEST_F(CpuBackend, UsesATableWhoseSlopesCannotBeScaled) {
  std::vector<Bucket> tiny(bucket_count, Bucket{0, 0x1p-120f});
  tiny.back() = {0, 0};
  Member member{0x1p120f, 0, 1, 0};
  const Cents threshold = unlimited;
  GroupView group;
  group.tables = tiny.data();
  group.members = &member;
  group.member_count = 1;
  group.thresholds = &threshold;
  group.threshold_count = 1;
  for (const std::string& set : cpu::instruction_sets()) {
    std::vector<Cents> sums(2 * 256);
    cpu::make_backend({1, set, 0}, {tiny.data(), 1})
        ->simulate(group, 1, 0, 256, {sums.data(), 256});
    EXPECT_EQ(sums, made_up::defined_sums(group, 1, 0, 256)) << set;
    EXPECT_GT(*std::max_element(sums.begin(), sums.end()), 90);
  }
}

TEST(InstructionSets, BeginWithTheOneThatEveryProcessorHas) {
  EXPECT_EQ(cpu::instruction_sets().front(), "scalar");
  for (const std::string& name : cpu::instruction_sets()) {
    EXPECT_EQ(cpu::find_instruction_set(name).name, name);
  }
  EXPECT_EQ(cpu::find_instruction_set("").name, cpu::instruction_sets().back());
}

TEST(InstructionSets, AreNamedWhenAnUnknownOneIsAskedFor) {
  try {
    cpu::make_backend({0, "altivec", 0}, made_up::tables().set());
    FAIL() << "accepted an unknown instruction set";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_THAT(error.what(),
                testing::AllOf(testing::HasSubstr("altivec"), testing::HasSubstr("scalar")));
  }
}

}  // namespace
}  // namespace corridor
