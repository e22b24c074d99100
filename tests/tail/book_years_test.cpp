// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/book_years.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "corridor/error.hpp"
#include "host/simulate/year_blocks.hpp"
#include "tests/tail/made_up_book.hpp"

namespace corridor {
namespace {

constexpr std::uint32_t years = 1500;
constexpr std::uint64_t seed = 7;
constexpr Cents usd = 100;
const PersonLayer layers[]{{50'000 * usd, 100'000 * usd, 0}, {150'000 * usd, unlimited, 0}};

BookYears run_with(const made_up::BoundBook& book, const BackendOptions& options) {
  const auto backend = cpu::make_backend(options, book.plan.book->table_set());
  return book_years(book.groups(layers), 2, *backend, seed, years);
}

bool same(const CellTally& a, const CellTally& b) {
  return a.sum.low == b.sum.low && a.sum.high == b.sum.high && a.squares.low == b.squares.low &&
         a.squares.high == b.squares.high && a.hits == b.hits;
}

void expect_same(const BookYears& a, const BookYears& b) {
  EXPECT_EQ(a.ground_up, b.ground_up);
  EXPECT_EQ(a.specific, b.specific);
  EXPECT_EQ(a.aggregate, b.aggregate);
  EXPECT_EQ(a.layers, b.layers);
  EXPECT_EQ(a.rung, b.rung);
  for (std::size_t g = 0; g < a.groups.size(); ++g) {
    EXPECT_TRUE(same(a.groups[g].specific, b.groups[g].specific)) << g;
    EXPECT_TRUE(same(a.groups[g].total, b.groups[g].total)) << g;
  }
}

/// Simulates as a back end without blocks of its own does.
class PlainBackend final : public Backend {
 public:
  explicit PlainBackend(std::unique_ptr<Backend> inner) : inner_(std::move(inner)) {}
  std::string name() const override { return "plain"; }
  void simulate(const GroupView& group, std::uint64_t s, std::uint32_t first, std::uint32_t count,
                SumsView out) override {
    inner_->simulate(group, s, first, count, out);
  }
  void tally(std::span<const GroupJob>, const RunSettings&, std::span<GroupTally>,
             const std::function<bool(std::size_t)>&) override {}

 private:
  std::unique_ptr<Backend> inner_;
};

TEST(BookYears, AreTheSameForAnyThreadsInstructionSetAndBackEnd) {
  const made_up::BoundBook book = made_up::heavy_book();
  const BookYears one = run_with(book, {1, "scalar", 0});
  expect_same(one, run_with(book, {3, "", 0}));
  PlainBackend plain(cpu::make_backend({}, book.plan.book->table_set()));
  expect_same(one, book_years(book.groups(layers), 2, plain, seed, years));
}

TEST(BookYears, OfAGroupAtATimeAddUpToTheWholeWithItsBatches) {
  const made_up::BoundBook book = made_up::heavy_book();
  const auto backend = cpu::make_backend({2, "", 0}, book.plan.book->table_set());
  const std::vector<TailGroup> groups = book.groups(layers);
  BookYears parts = no_years(years, groups.size(), 2);
  parts.batches = no_batches(years, groups.size());
  for (const std::size_t g : {2u, 0u, 1u}) add_years({&groups[g], 1}, g, *backend, seed, 0, parts);
  const BookYears whole = book_years(groups, 2, *backend, seed, years);
  expect_same(parts, whole);
  EXPECT_EQ(parts.batches.years, whole.batches.years);
  EXPECT_EQ(parts.batches.specific, whole.batches.specific);
  EXPECT_EQ(parts.batches.aggregate, whole.batches.aggregate);
}

TEST(BookYears, StartAtTheYearThatIsAskedFor) {
  const made_up::BoundBook book = made_up::heavy_book();
  const auto backend = cpu::make_backend({2, "", 0}, book.plan.book->table_set());
  const std::vector<TailGroup> groups = book.groups(layers);
  const BookYears whole = book_years(groups, 2, *backend, seed, years);
  BookYears later = no_years(300, groups.size(), 2);
  add_years(groups, 0, *backend, seed, 1100, later);
  for (std::uint32_t y = 0; y < later.years(); ++y) {
    EXPECT_EQ(later.ground_up[y], whole.ground_up[1100 + y]) << y;
    EXPECT_EQ(later.layers[1][y], whole.layers[1][1100 + y]) << y;
    EXPECT_EQ(later.rung[y], whole.rung[1100 + y]) << y;
  }
}

TEST(BookYears, AddUpTheYearsThatAPricingRunPays) {
  const made_up::BoundBook book = made_up::heavy_book();
  const BookYears totals = run_with(book, {});
  const auto backend = cpu::make_backend({}, book.plan.book->table_set());
  std::vector<Cents> ground_up(years), specific(years), aggregate(years);
  for (const GroupJob& job : book.plan.book->jobs) {
    const PlacedJob placed{backend.get(), &job};
    Terms terms = job.rows[0].terms;
    if (job.rows[0].attachment_count > 0) terms.attachment = job.rows[0].attachments[0];
    each_year_block({&placed, 1}, seed, years,
                    [&](std::uint32_t first, std::uint32_t count, std::span<const SumsView> sums) {
                      for (std::uint32_t y = 0; y < count; ++y) {
                        YearState state =
                            year_state(job.group, job.rows[0], sums[0], y, job.counted);
                        terms.apply(state);
                        ground_up[first + y] += state.ground_up;
                        specific[first + y] += state.specific;
                        aggregate[first + y] += state.aggregate;
                      }
                    });
  }
  EXPECT_EQ(totals.ground_up, ground_up);
  EXPECT_EQ(totals.specific, specific);
  EXPECT_EQ(totals.aggregate, aggregate);
}

TEST(BookYears, LayersSideBySideHoldWhatThePersonsArePaidAboveTheFirst) {
  const made_up::BoundBook book = made_up::heavy_book();
  const auto backend = cpu::make_backend({}, book.plan.book->table_set());
  const PersonLayer parts[]{{0, 50'000 * usd, 0},
                            {50'000 * usd, 100'000 * usd, 0},
                            {150'000 * usd, unlimited, 0},
                            {0, unlimited, 0}};
  const BookYears run = book_years(book.groups(parts), 4, *backend, seed, years);
  Cents most_off = 0, most = 0;
  for (std::uint32_t y = 0; y < years; ++y) {
    const Cents sum = run.layers[0][y] + run.layers[1][y] + run.layers[2][y];
    most_off = std::max(most_off, std::abs(sum - run.layers[3][y]));
    most = std::max(most, sum);
  }
  EXPECT_LE(most_off, 6);  // a share is rounded once a group and layer
  EXPECT_GT(most, 1'000'000 * usd);
}

TEST(BookYears, SumsOfGroupsAddUpToTheBook) {
  const BookYears run = run_with(made_up::heavy_book(), {});
  Cents groups = 0, book = 0;
  for (const GroupSums& sums : run.groups) groups += static_cast<Cents>(sums.total.sum.low);
  for (std::uint32_t y = 0; y < years; ++y) book += run.gross(y);
  EXPECT_EQ(groups, book);
}

TEST(BookYears, BatchesHoldEveryYearOnce) {
  const BookYears run = run_with(made_up::heavy_book(), {3, "", 0});
  const std::vector<std::uint32_t>& in_batch = run.batches.years;
  EXPECT_EQ(in_batch.size(), 24u);  // blocks of 64 years
  EXPECT_EQ(std::accumulate(in_batch.begin(), in_batch.end(), 0u), years);
  std::uint32_t first = 0;
  for (std::size_t b = 0; b < in_batch.size(); ++b) {
    Cents specific = 0, aggregate = 0, of_groups = 0;
    for (std::uint32_t y = first; y < first + in_batch[b]; ++y) {
      specific += run.specific[y];
      aggregate += run.aggregate[y];
    }
    for (std::size_t g = 0; g < 3; ++g) {
      of_groups += run.batches.specific[3 * b + g] + run.batches.aggregate[3 * b + g];
    }
    EXPECT_EQ(of_groups, specific + aggregate) << b;
    first += in_batch[b];
  }
}

TEST(BookYears, ChosenYearsAreThoseOfTheRun) {
  const made_up::BoundBook book = made_up::heavy_book();
  const std::vector<TailGroup> groups = book.groups(layers);
  const BookYears run = run_with(book, {});
  const auto backend = cpu::make_backend({2, "", 0}, book.plan.book->table_set());
  const std::vector<std::uint32_t> chosen{0, 3, 15, 16, 17, 700, 1499};
  std::vector<Cents> specific(years);
  std::vector<int> visits(years);
  each_chosen_year(groups, *backend, seed, chosen,
                   [&](std::size_t group, std::uint32_t year, SumsView sums, std::uint64_t at) {
                     specific[year] += groups[group].year(sums, at).specific;
                     ++visits[year];
                   });
  for (const std::uint32_t year : chosen) {
    EXPECT_EQ(specific[year], run.specific[year]) << year;
    EXPECT_EQ(visits[year], 3) << year;
  }
  EXPECT_EQ(std::accumulate(visits.begin(), visits.end(), 0), 3 * 7);
}

TEST(BookYears, ARunThatIsNoLongerWantedEnds) {
  const made_up::BoundBook book = made_up::heavy_book();
  const auto backend = cpu::make_backend({}, book.plan.book->table_set());
  try {
    book_years(book.groups(layers), 2, *backend, seed, years, [](std::uint64_t) { return false; });
    FAIL() << "ran on";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::incomplete);
  }
}

}  // namespace
}  // namespace corridor
