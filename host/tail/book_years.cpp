// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/book_years.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <atomic>
#include <mutex>

#include "corridor/error.hpp"

namespace corridor {
namespace {

/// Years of a block: enough for the vectors, few enough that every core has work and a run stops
/// soon.
constexpr std::uint32_t block_years = 1024, least_block_years = 64, blocks_wanted = 64;

std::vector<GroupJob> jobs_of(std::span<const TailGroup> groups) {
  std::vector<GroupJob> jobs;
  for (const TailGroup& group : groups) jobs.push_back(group.job());
  return jobs;
}

std::vector<YearBlock> blocks_of(std::uint32_t years) {
  const std::uint32_t even = years / blocks_wanted / least_block_years * least_block_years;
  const std::uint32_t step = std::clamp(even, least_block_years, block_years);
  std::vector<YearBlock> blocks;
  for (std::uint32_t first = 0; first < years;) {
    blocks.push_back({first, std::min(step, years - first)});
    first += blocks.back().count;
  }
  return blocks;
}

/// Chosen years, those that follow one another in one block.
std::vector<YearBlock> blocks_of(std::span<const std::uint32_t> years) {
  std::vector<YearBlock> blocks;
  for (const std::uint32_t year : years) {
    const bool follows = !blocks.empty() && year == blocks.back().first + blocks.back().count &&
                         blocks.back().count < block_years;
    if (!follows) blocks.push_back({year, 0});
    ++blocks.back().count;
  }
  return blocks;
}

/// Tells the caller of years drawn, a thread at a time.
class Meter {
 public:
  explicit Meter(const YearsProgress& progress) : progress_(progress) {}

  void add(std::uint64_t member_years) {
    if (!progress_) return;
    const std::lock_guard lock(mutex_);
    if (!progress_(member_years)) {
      throw Error(ErrorKind::incomplete, "stopped before the run was complete");
    }
  }

 private:
  const YearsProgress& progress_;
  std::mutex mutex_;
};

std::size_t batch_of(std::size_t block, std::size_t blocks) {
  return block * std::min(blocks, BatchSums::batches_most) / blocks;
}

/// Blocks of one batch may be at work at once.
void add_together(std::uint64_t amount, Cents& to) {
  std::atomic_ref(to).fetch_add(static_cast<Cents>(amount), std::memory_order_relaxed);
}

/// What a group's sums grew by, where the book keeps batches.
void add_to_batch(const GroupSums& before, const GroupSums& after, std::size_t batch,
                  std::size_t group, BookYears& book) {
  BatchSums& batches = book.batches;
  if (batches.years.empty()) return;
  const std::size_t cell = batch * book.groups.size() + group;
  add_together(after.specific.sum.low - before.specific.sum.low, batches.specific[cell]);
  add_together(after.aggregate.sum.low - before.aggregate.sum.low, batches.aggregate[cell]);
}

/// What one group adds to the years of a block.
class GroupInBlock {
 public:
  GroupInBlock(const TailGroup& group, SumsView sums, GroupSums& mine, BookYears& book)
      : group_(group), sums_(sums), mine_(mine), book_(book) {}

  void add(YearBlock block) {
    for (std::uint32_t done = 0; done < block.count; done += PaidYears::most) {
      add_piece(done, std::min(PaidYears::most, block.count - done), block.first + done);
    }
  }

 private:
  void add_piece(std::uint32_t at, std::uint32_t count, std::size_t to) {
    group_.pay(sums_, at, count, paid_);
    const std::span<const Cents> ground_up(sums_.data + at, count);
    mine_.add(ground_up, paid_);
    add_columns(ground_up, book_.ground_up.data() + to);
    add_columns({paid_.specific.data(), count}, book_.specific.data() + to);
    add_columns({paid_.aggregate.data(), count}, book_.aggregate.data() + to);
    group_.raise_rungs(sums_, at, count, book_.rung.data() + to);
    for (std::size_t l = 0; l < book_.layers.size(); ++l) {
      group_.add_layer(l, sums_, at, count, book_.layers[l].data() + to);
    }
  }

  const TailGroup& group_;
  SumsView sums_;
  GroupSums& mine_;
  BookYears& book_;
  PaidYears paid_;
};

}  // namespace

void GroupSums::add(std::span<const Cents> claims, const PaidYears& paid) {
  const auto column = [&](const auto& amounts) {
    return std::span<const Cents>(amounts.data(), paid.count);
  };
  add_amounts(claims, ground_up);
  add_amounts(column(paid.counted), counted);
  add_amounts(column(paid.specific_before_asd), specific_before_asd);
  add_amounts(column(paid.specific), specific);
  add_amounts(column(paid.aggregate), aggregate);
  add_amounts(column(paid.gross), total);
}

void GroupSums::merge(const GroupSums& other) {
  ground_up.merge(other.ground_up);
  counted.merge(other.counted);
  specific_before_asd.merge(other.specific_before_asd);
  specific.merge(other.specific);
  aggregate.merge(other.aggregate);
  total.merge(other.total);
}

BookYears no_years(std::size_t years, std::size_t groups, std::size_t layers) {
  BookYears book;
  book.ground_up.resize(years);
  book.specific.resize(years);
  book.aggregate.resize(years);
  book.rung.resize(years);
  book.layers.assign(layers, std::vector<Cents>(years));
  book.groups.resize(groups);
  return book;
}

BatchSums no_batches(std::uint32_t years, std::size_t groups) {
  const std::vector<YearBlock> blocks = blocks_of(years);
  BatchSums batches;
  batches.years.resize(std::min(blocks.size(), BatchSums::batches_most));
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    batches.years[batch_of(b, blocks.size())] += blocks[b].count;
  }
  batches.specific.resize(batches.years.size() * groups);
  batches.aggregate.resize(batches.years.size() * groups);
  return batches;
}

void add_years(std::span<const TailGroup> groups, std::size_t first_group, Backend& backend,
               std::uint64_t seed, std::uint32_t first_year, BookYears& book,
               const YearsProgress& progress) {
  const std::vector<YearBlock> blocks = blocks_of(book.years());
  Meter meter(progress);
  tbb::enumerable_thread_specific<std::vector<GroupSums>> parts(groups.size());
  std::vector<YearBlock> drawn = blocks;
  for (YearBlock& block : drawn) block.first += first_year;
  backend.each_block(jobs_of(groups), seed, drawn,
                     [&](std::size_t b, std::size_t g, SumsView sums) {
                       GroupSums& mine = parts.local()[g];
                       const GroupSums before = mine;
                       GroupInBlock(groups[g], sums, mine, book).add(blocks[b]);
                       add_to_batch(before, mine, batch_of(b, blocks.size()), first_group + g, book);
                       meter.add(std::uint64_t{groups[g].member_count()} * blocks[b].count);
                     });
  for (const std::vector<GroupSums>& part : parts) {
    for (std::size_t g = 0; g < groups.size(); ++g) book.groups[first_group + g].merge(part[g]);
  }
}

BookYears book_years(std::span<const TailGroup> groups, std::size_t layer_count, Backend& backend,
                     std::uint64_t seed, std::uint32_t years, const YearsProgress& progress) {
  BookYears book = no_years(years, groups.size(), layer_count);
  book.batches = no_batches(years, groups.size());
  add_years(groups, 0, backend, seed, 0, book, progress);
  return book;
}

void each_chosen_year(std::span<const TailGroup> groups, Backend& backend, std::uint64_t seed,
                      std::span<const std::uint32_t> years, const GroupYearVisit& visit) {
  const std::vector<YearBlock> blocks = blocks_of(years);
  backend.each_block(jobs_of(groups), seed, blocks,
                     [&](std::size_t b, std::size_t g, SumsView sums) {
                       for (std::uint32_t y = 0; y < blocks[b].count; ++y) {
                         visit(g, blocks[b].first + y, sums, y);
                       }
                     });
}

}  // namespace corridor
