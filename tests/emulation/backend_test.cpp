// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// The whole CUDA back end on the emulated device: everything but CUB, a driver and a GPU.

#include <gmock/gmock.h>

#include <algorithm>

#include "corridor/error.hpp"
#include "tests/emulation/device.hpp"
#include "tests/lane/made_up_grid.hpp"
#include "tests/lane/same_tally.hpp"

namespace corridor {
namespace {

using made_up::Grid;
using made_up::Group;

constexpr std::size_t plenty = std::size_t{1} << 30;
/// So little that every group goes through in pieces of one block of years.
constexpr std::size_t one_block_at_a_time = 1;

class EmulatedBackend : public testing::Test {
 protected:
  EmulatedBackend() { emulation::device() = {}; }
  ~EmulatedBackend() override { EXPECT_EQ(emulation::device().used_bytes, 0u); }

  static std::unique_ptr<Backend> backend(std::size_t memory_bytes = plenty) {
    return cuda::make_backend({0, "", memory_bytes}, made_up::tables().set());
  }

  static std::vector<GroupTally> tallied(const std::vector<GroupJob>& jobs,
                                         const RunSettings& settings,
                                         std::size_t memory_bytes = plenty) {
    std::vector<GroupTally> out(jobs.size());
    backend(memory_bytes)->tally(jobs, settings, out, [](std::size_t) { return true; });
    return out;
  }
};

/// Groups and grids that own what their jobs borrow.
struct Book {
  std::deque<Group> groups;
  std::deque<Grid> grids;
  std::vector<GroupJob> jobs;

  void add(Group group, const std::vector<double>& corridors) {
    groups.push_back(std::move(group));
    grids.push_back(made_up::plain_grid(groups.back(), corridors));
    jobs.push_back(grids.back().job(groups.back()));
  }
};

/// Groups of every kernel shape, with every term.
Book mixed_book(std::uint64_t seed, int groups) {
  std::mt19937_64 rng(seed);
  Book book;
  for (int g = 0; g < groups; ++g) {
    book.add(made_up::random_group(rng, static_cast<std::uint32_t>(1 + rng() % 60),
                                   static_cast<std::uint32_t>(1 + rng() % 20)),
             {0.8, 1.0, 1.3});
    made_up::add_terms(book.grids.back(), book.groups.back(), rng);
    book.jobs.back() = book.grids.back().job(book.groups.back());
  }
  return book;
}

TEST_F(EmulatedBackend, TallyOfPlainTermsIsThePlainLoop) {
  Book book;
  book.add(made_up::plain_group(40, 8, 20'000), {1.0, 1.1, 1.25, 1.5});
  made_up::add_group_effect(book.groups[0]);
  book.jobs[0] = book.grids[0].job(book.groups[0]);
  for (const std::uint32_t years : {1u, 63u, 256u, 1'025u, 5'000u}) {
    const RunSettings settings{5, years, {(years * 99ull + 99) / 100}, false};
    EXPECT_EQ(tallied(book.jobs, settings).front(), made_up::tally_of(book.jobs[0], settings))
        << years;
  }
}

TEST_F(EmulatedBackend, TallyOfEveryTermIsThePlainLoop) {
  const Book book = mixed_book(17, 8);
  for (const bool keep : {false, true}) {
    const RunSettings settings{9, 1'500, {1, 1'200, 1'485, 1'500}, keep};
    const std::vector<GroupTally> tallies = tallied(book.jobs, settings);
    for (std::size_t j = 0; j < book.jobs.size(); ++j) {
      EXPECT_EQ(tallies[j], made_up::tally_of(book.jobs[j], settings)) << j << ' ' << keep;
    }
  }
}

/// Groups with and without a basis, some of whose aggregates count claims otherwise.
struct CountedBook : Book {
  std::deque<Group> counted;
  std::deque<GroupView> views;

  explicit CountedBook(std::uint64_t seed, int count = 10) {
    std::mt19937_64 rng(seed);
    for (int g = 0; g < count; ++g) {
      const auto members = static_cast<std::uint32_t>(1 + rng() % 60);
      const auto thresholds = static_cast<std::uint32_t>(1 + rng() % 12);
      add(g % 4 == 0 ? made_up::random_group(rng, members, thresholds)
                     : made_up::random_basis_group(rng, members, thresholds,
                                                   static_cast<std::uint32_t>(rng() % 4)),
          {0.8, 1.0});
      made_up::add_terms(grids.back(), groups_at(g), rng);
      jobs.back() = grids.back().job(groups_at(g));
      if (g % 3 != 0) count_otherwise(groups_at(g), g % 2 == 0, rng);
    }
  }

 private:
  Group& groups_at(int g) { return groups[static_cast<std::size_t>(g)]; }

  /// On another basis, or on none, and without a member.
  void count_otherwise(const Group& group, bool on_basis, std::mt19937_64& rng) {
    Group& other = counted.emplace_back(group);
    other.basis.reset();
    if (on_basis) other.basis = made_up::random_basis(rng, static_cast<std::uint32_t>(rng() % 4));
    other.members.front().scale = 0;
    jobs.back().counted = &views.emplace_back(other.view());
  }
};

TEST_F(EmulatedBackend, TallyUnderBasesWithSecondViewsIsThePlainLoop) {
  const CountedBook book(19);
  for (const std::size_t memory : {plenty, one_block_at_a_time}) {
    const RunSettings settings{9, 700, {1, 600, 693}, false};
    const std::vector<GroupTally> tallies = tallied(book.jobs, settings, memory);
    for (std::size_t j = 0; j < book.jobs.size(); ++j) {
      EXPECT_EQ(tallies[j], made_up::tally_of(book.jobs[j], settings)) << j;
    }
  }
}

TEST_F(EmulatedBackend, SecondViewsStayWithinTheMemoryAskedFor) {
  const CountedBook book(23);
  constexpr std::size_t budget = std::size_t{5} << 20;
  tallied(book.jobs, {2, 1'500, {1'485}, false}, budget);
  EXPECT_LT(emulation::device().most_used_bytes, budget);
}

TEST_F(EmulatedBackend, TallyWithoutTailsHasOnlyCells) {
  const Book book = mixed_book(3, 4);
  const RunSettings settings{1, 700, {}, false};
  const std::vector<GroupTally> tallies = tallied(book.jobs, settings);
  for (std::size_t j = 0; j < book.jobs.size(); ++j) {
    EXPECT_EQ(tallies[j], made_up::tally_of(book.jobs[j], settings)) << j;
  }
}

TEST_F(EmulatedBackend, PiecesOfYearsGiveTheSameTallies) {
  const Book book = mixed_book(23, 4);
  for (const bool keep : {false, true}) {
    const RunSettings settings{4, 900, {100, 855, 891}, keep};
    EXPECT_EQ(tallied(book.jobs, settings, one_block_at_a_time), tallied(book.jobs, settings));
  }
}

TEST_F(EmulatedBackend, LongListsAreSortedOneByOneToTheSameTallies) {
  Book book;
  book.add(made_up::plain_group(3, 1, 500), {1.0});
  const RunSettings settings{4, 70'000, {1, 69'000}, false};
  EXPECT_EQ(tallied(book.jobs, settings).front(), made_up::tally_of(book.jobs[0], settings));
}

TEST_F(EmulatedBackend, ListsThatDoNotFitTogetherAreSortedInRounds) {
  Book book;
  Group group = made_up::plain_group(3, 4, 500);
  // Many claims are cut at the cap, so the highest payout is that of hundreds of years: every list
  // is longer than room is made for.
  group.maximum = to_cents(100.0 * 1'200);
  book.add(group, {0.5, 1.0});
  const RunSettings settings{4, 3'000, {2'999}, false};
  EXPECT_EQ(tallied(book.jobs, settings).front(), made_up::tally_of(book.jobs[0], settings));
}

TEST_F(EmulatedBackend, SmallerBatchesFollowWhenMemoryRunsOut) {
  const Book book = mixed_book(31, 10);
  const RunSettings settings{2, 1'500, {1'485}, false};
  const std::vector<GroupTally> expected = tallied(book.jobs, settings);
  emulation::device().memory_bytes = std::size_t{5} << 20;
  EXPECT_EQ(tallied(book.jobs, settings, plenty), expected);
  EXPECT_GT(emulation::device().refusals, 0u);
}

TEST_F(EmulatedBackend, MemoryAskedForIsNotExceededByMuch) {
  const Book book = mixed_book(37, 10);
  const RunSettings settings{2, 1'500, {1'485}, false};
  constexpr std::size_t budget = std::size_t{5} << 20;
  tallied(book.jobs, settings, budget);
  EXPECT_LT(emulation::device().most_used_bytes, budget);
}

TEST_F(EmulatedBackend, DeviceTooSmallForOneBlockIsAnError) {
  const Book book = mixed_book(3, 1);
  const std::unique_ptr<Backend> small = backend();
  emulation::device().memory_bytes = emulation::device().used_bytes + 1'000;
  std::vector<GroupTally> out(1);
  try {
    small->tally(book.jobs, {1, 1'000, {}, false}, out, [](std::size_t) { return true; });
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::device);
    EXPECT_THAT(error.what(), testing::HasSubstr("error 2: out of memory"));
  }
}

TEST_F(EmulatedBackend, EachJobIsReportedOnceAndComplete) {
  const Book book = mixed_book(41, 9);
  const RunSettings settings{2, 300, {297}, false};
  std::vector<GroupTally> out(book.jobs.size());
  std::vector<std::size_t> reported;
  backend()->tally(book.jobs, settings, out, [&](std::size_t job) {
    EXPECT_EQ(out[job], made_up::tally_of(book.jobs[job], settings));
    reported.push_back(job);
    return true;
  });
  std::sort(reported.begin(), reported.end());
  std::vector<std::size_t> all(book.jobs.size());
  std::iota(all.begin(), all.end(), 0u);
  EXPECT_EQ(reported, all);
}

TEST_F(EmulatedBackend, TallyStopsWhenItIsTold) {
  const Book book = mixed_book(41, 9);
  std::vector<GroupTally> out(book.jobs.size());
  int reported = 0;
  backend()->tally(book.jobs, {2, 300, {}, false}, out,
                   [&](std::size_t) { return ++reported < 3; });
  EXPECT_EQ(reported, 3);
}

TEST_F(EmulatedBackend, SimulateFillsTheColumnsAndNothingElse) {
  Book book = mixed_book(43, 6);
  const CountedBook more(29, 5);
  book.jobs.insert(book.jobs.end(), more.jobs.begin(), more.jobs.end());
  for (const std::size_t memory : {plenty, one_block_at_a_time}) {
    const std::unique_ptr<Backend> device = backend(memory);
    for (const GroupJob& job : book.jobs) {
      constexpr std::uint32_t first = 0xFFFFFF00u, years = 700, stride = 710;
      const std::vector<Cents> expected = made_up::defined_sums(job.group, 3, first, years);
      std::vector<Cents> columns(std::size_t{sums_columns(job.group)} * stride, -7);
      device->simulate(job.group, 3, first, years, {columns.data(), stride});
      for (std::size_t place = 0; place < columns.size(); ++place) {
        const std::size_t row = place % stride;
        const Cents wanted = row < years ? expected[place / stride * years + row] : -7;
        ASSERT_EQ(columns[place], wanted) << place / stride << ' ' << row;
      }
    }
  }
}

TEST_F(EmulatedBackend, AvailabilityNamesTheDevice) {
  const cuda::Availability found = cuda::availability();
  EXPECT_TRUE(found.usable);
  EXPECT_EQ(found.device,
            "emulated device, compute capability 9.0, 1024 MiB, driver for CUDA 13.0");
}

TEST_F(EmulatedBackend, WithoutADriverTheReasonIsGivenAndNothingStarts) {
  emulation::device().start = cudaErrorInsufficientDriver;
  const cuda::Availability found = cuda::availability();
  EXPECT_FALSE(found.usable);
  EXPECT_THAT(found.reason, testing::HasSubstr("no CUDA driver (error 35: "));
  EXPECT_THROW(backend(), Error);
}

TEST_F(EmulatedBackend, WithoutADeviceTheReasonIsGiven) {
  emulation::device().start = cudaErrorNoDevice;
  EXPECT_THAT(cuda::availability().reason, testing::HasSubstr("no CUDA device (error 100: "));
}

const RunSettings few_years{2, 40, {39}, false};

/// Tallies `book` on a device that is lost after so many calls. Returns whether it was; the jobs that
/// were reported before must stand, and the rest be told as the device's error.
bool is_lost_after(std::size_t calls, const Book& book, const std::vector<GroupTally>& expected) {
  emulation::device() = {};
  emulation::device().calls_until_lost = calls;
  std::vector<GroupTally> out(book.jobs.size());
  std::vector<std::size_t> reported;
  bool lost = false;
  try {
    cuda::make_backend({0, "", one_block_at_a_time}, made_up::tables().set())
        ->tally(book.jobs, few_years, out, [&](std::size_t job) {
          reported.push_back(job);
          return true;
        });
  } catch (const Error& error) {
    lost = true;
    EXPECT_EQ(error.kind(), ErrorKind::device) << calls;
    EXPECT_THAT(error.what(), testing::HasSubstr("error 719: unspecified launch failure"));
  }
  for (const std::size_t job : reported) EXPECT_EQ(out[job], expected[job]) << calls;
  EXPECT_TRUE(lost || reported.size() == book.jobs.size());
  return lost;
}

TEST_F(EmulatedBackend, LostAtAnyCallIsTheDevicesErrorAndWhatWasReportedStands) {
  const Book book = mixed_book(47, 2);
  const std::vector<GroupTally> expected = tallied(book.jobs, few_years);
  std::size_t calls = 0;
  while (is_lost_after(calls, book, expected)) ++calls;
  EXPECT_GT(calls, 20u) << "the calls are not counted";
}

TEST_F(EmulatedBackend, LostWhileSumsOfYearsAreMadeIsTheDevicesError) {
  const Book book = mixed_book(43, 1);
  const std::unique_ptr<Backend> device = backend();
  emulation::device().calls_until_lost = 4;
  std::vector<Cents> columns(std::size_t{sums_columns(book.jobs[0].group)} * 700);
  EXPECT_THROW(device->simulate(book.jobs[0].group, 3, 0, 700, {columns.data(), 700}), Error);
}

}  // namespace
}  // namespace corridor
