// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// Bits of the CUDA back end against the lane's definition and every CPU loop, without a test
// library: for machines that have nothing but a compiler, and for tools that watch a program run.
//
// usage: gpu_agree [years]     default 300; 64 under a sanitizer
// prints a line a case; exits 1 when a bit differs, 69 when there is no device

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "bench/gpu/made_up_book.hpp"
#include "corridor/error.hpp"
#include "kernels/cpu/dispatch.hpp"
#include "kernels/cpu/table_head.hpp"
#include "kernels/lane/group_year.hpp"
#include "tests/gpu/plain_tally.hpp"
#include "tests/lane/same_tally.hpp"

namespace corridor {
namespace {

using made_up_book::Book;
using made_up_book::GroupSpec;

constexpr std::uint64_t seed = 20260103;
constexpr std::uint32_t first_year = 4'294'967'000u;  // Years go on past the last of a word.

/// Sums of one group, [column][year].
using Sums = std::vector<Cents>;

Sums defined_sums(const GroupView& group, std::uint32_t years) {
  Sums sums(std::size_t{sums_columns(group)} * years);
  const Philox draw{round_keys(seed)};
  const unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::jthread> running;
  for (unsigned t = 0; t < threads; ++t) {
    running.emplace_back([&, t] {
      for (std::uint32_t row = t; row < years; row += threads) {
        store(group, simulate_year(group, first_year + row, draw), {sums.data(), years}, row);
      }
    });
  }
  running.clear();
  return sums;
}

Sums loop_sums(const cpu::InstructionSet& set, TableSet tables, const GroupView& group,
               std::uint32_t years) {
  std::vector<cpu::TableHead> heads(tables.count);
  for (std::uint32_t t = 0; t < tables.count; ++t) {
    cpu::make_head(tables.data + std::size_t{t} * bucket_count, heads[t]);
  }
  Sums sums(std::size_t{sums_columns(group)} * years);
  set.simulate(group, {tables.data, heads.data()}, round_keys(seed), first_year, years,
               {sums.data(), years});
  return sums;
}

Sums device_sums(Backend& device, const GroupView& group, std::uint32_t years) {
  Sums sums(std::size_t{sums_columns(group)} * years);
  device.simulate(group, seed, first_year, years, {sums.data(), years});
  return sums;
}

/// Counts what agrees and prints what does not.
class Report {
 public:
  void line(const std::string& what, bool same) {
    std::printf("%-64s %s\n", what.c_str(), same ? "same" : "DIFFERENT");
    different_ += same ? 0 : 1;
    ++lines_;
  }
  int close() const {
    std::printf("%d of %d cases agree in every bit\n", lines_ - different_, lines_);
    return different_ == 0 && lines_ > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
  }

 private:
  int lines_ = 0, different_ = 0;
};

std::string text(const GroupSpec& spec) {
  std::string result = std::to_string(spec.members) + " members, " +
                       std::to_string(spec.thresholds) + " thresholds from $" +
                       std::to_string(static_cast<int>(spec.lowest_usd));
  if (spec.thinned) result += ", thinned";
  if (spec.personal > 0) result += ", own terms";
  if (spec.prior_years) result += ", basis with " + std::to_string(*spec.prior_years) + " before";
  return result;
}

std::vector<GroupSpec> specs(bool quick) {
  std::vector<GroupSpec> result;
  const std::vector<std::uint32_t> sizes =
      quick ? std::vector<std::uint32_t>{1, 37, 300}
            : std::vector<std::uint32_t>{1, 3, 37, 300, 1'000, 5'000, 20'000};
  for (const std::uint32_t members : sizes) {
    for (const std::uint32_t thresholds : {8u, 16u, 32u}) {
      for (const bool thinned : {false, true}) {
        result.push_back(
            {members, thresholds, 25'000, true, thinned, members > 10 ? 3u : 0u, {1.0}});
      }
    }
  }
  result.push_back({600, 5, 0, false, false, 0, {1.0}});
  for (const std::uint32_t prior : {0u, 1u, 2u, 3u}) {
    for (const std::uint32_t thresholds : {8u, 16u, 32u}) {
      result.push_back({350, thresholds, 8'000, true, thresholds == 16, 5, {1.0}, prior});
    }
  }
  return result;
}

void check_sums(const Book& book, const std::vector<GroupSpec>& all, std::uint32_t years,
                Report& report) {
  const std::unique_ptr<Backend> device = cuda::make_backend({}, book.tables());
  for (std::size_t g = 0; g < all.size(); ++g) {
    const GroupView& group = book.jobs()[g].group;
    const Sums expected = defined_sums(group, years);
    report.line("cuda: " + text(all[g]), device_sums(*device, group, years) == expected);
    for (const std::string& name : cpu::instruction_sets()) {
      const Sums sums = loop_sums(cpu::find_instruction_set(name), book.tables(), group, years);
      report.line(name + ": " + text(all[g]), sums == expected);
    }
  }
}

void check_tallies(std::uint32_t years, Report& report) {
  Book book;
  for (std::uint32_t g = 0; g < 6; ++g) {
    GroupSpec spec{20 + 60 * g, 1 + 3 * g, 20'000.0 + 30'000 * g, true, g % 2 == 1,
                   g % 3,       {0.9, 1.1}};
    if (g % 3 > 0) spec.prior_years = g % 3 - 1;
    book.add(spec, g);
  }
  for (const bool keep : {false, true}) {
    const RunSettings settings{seed, years, {1, (years + 1) / 2, years - years / 100}, keep};
    std::vector<GroupTally> expected;
    for (const GroupJob& job : book.jobs()) expected.push_back(plain_tally(job, settings));
    for (const std::size_t memory : {std::size_t{0}, std::size_t{1}, std::size_t{2} << 20}) {
      std::vector<GroupTally> out(book.jobs().size());
      cuda::make_backend({0, "", memory}, book.tables())
          ->tally(book.jobs(), settings, out, [](std::size_t) { return true; });
      report.line(std::string("cuda: tallies, ") + (keep ? "distributions, " : "") +
                      (memory == 0 ? "all memory" : std::to_string(memory) + " bytes"),
                  out == expected);
    }
  }
}

int run(std::uint32_t years) {
  const cuda::Availability found = cuda::availability();
  if (!found.usable) {
    std::printf("no CUDA device: %s\n", found.reason.c_str());
    return static_cast<int>(ErrorKind::device);
  }
  std::printf("%s\n", found.device.c_str());
  const bool quick = years < 256;
  const std::vector<GroupSpec> all = specs(quick);
  Book book;
  for (std::size_t g = 0; g < all.size(); ++g) book.add(all[g], 1'000 + g);
  Report report;
  check_sums(book, all, years, report);
  check_tallies(quick ? years : 10 * years, report);
  return report.close();
}

}  // namespace
}  // namespace corridor

int main(int argc, char** argv) {
  try {
    const int years = argc > 1 ? std::atoi(argv[1]) : 300;
    return corridor::run(static_cast<std::uint32_t>(std::clamp(years, 1, 1'000'000)));
  } catch (const corridor::Error& error) {
    std::printf("%s\n", error.what());
    return error.exit_code();
  }
}
