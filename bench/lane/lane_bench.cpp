// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <ctime>
#include <random>
#include <string>

#include "bench/lane/pure_philox.hpp"
#include "kernels/cpu/backend.hpp"
#include "tests/lane/made_up_grid.hpp"

namespace corridor::bench {
namespace {

using made_up::Grid;
using made_up::Group;

constexpr std::uint32_t members = 250;
constexpr double lowest_deductible_usd = 50'000;

void count(benchmark::State& state, const char* what, double items_an_iteration) {
  state.counters[what] = benchmark::Counter(
      items_an_iteration * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void philox(benchmark::State& state, PurePhilox draw) {
  constexpr std::uint32_t calls = 64, blocks = 32;
  const RoundKeys keys = round_keys(1);
  for (auto _ : state) benchmark::DoNotOptimize(draw(calls, blocks, keys));
  count(state, "words/s", 4.0 * calls * blocks * philox_block_years);
}

/// Scattered look-ups with the survival made from words, as in the lane.
void look_up(benchmark::State& state) {
  std::mt19937 rng(1);
  std::vector<std::uint32_t> words(4'096);
  for (std::uint32_t& word : words) word = static_cast<std::uint32_t>(rng());
  const Bucket* table = made_up::tables().at(0);
  for (auto _ : state) {
    float sum = 0;
    for (const std::uint32_t word : words) sum += quantile(table, survival_of(word));
    benchmark::DoNotOptimize(sum);
  }
  count(state, "look-ups/s", static_cast<double>(words.size()));
}

Group group_of(std::uint32_t thresholds, bool effect, bool exposure) {
  Group group = made_up::plain_group(members, thresholds, lowest_deductible_usd);
  if (effect) made_up::add_group_effect(group);
  if (exposure) made_up::shorten_exposures(group);
  return group;
}

void time_lane(benchmark::State& state, const std::string& set, const Group& group) {
  constexpr std::uint32_t years = 4'096;
  const GroupView view = group.view();
  const auto backend = cpu::make_backend({1, set, 0}, made_up::tables().set());
  std::vector<Cents> sums(std::size_t{sums_columns(view)} * years);
  for (auto _ : state) backend->simulate(view, 1, 0, years, {sums.data(), years});
  count(state, "member_years/s", double{members} * years);
}

void lane(benchmark::State& state, const std::string& set, std::uint32_t thresholds, bool effect,
          bool exposure) {
  time_lane(state, set, group_of(thresholds, effect, exposure));
}

/// The lane under a contract basis with so many years before the policy.
void basis_lane(benchmark::State& state, const std::string& set, std::uint32_t prior_years) {
  Group group = group_of(8, true, false);
  std::mt19937_64 rng(1);
  group.basis = made_up::random_basis(rng, prior_years);
  group.basis->persistence = 11'796;  // 0.18
  group.basis->run_in_limit_usd = 1e6f;
  time_lane(state, set, group);
}

/// Eight deductibles and a specific limit over each of them.
void limited_lane(benchmark::State& state, const std::string& set) {
  Group group = group_of(8, true, false);
  for (std::size_t k = 0; k < 8; ++k)
    group.thresholds.push_back(group.thresholds[k] + to_cents(1e8));
  time_lane(state, set, group);
}

/// Half of the members in families of two to six, with a family deductible.
void family_lane(benchmark::State& state, const std::string& set) {
  Group group = group_of(8, true, false);
  made_up::add_families(group, 6, to_cents(1e7));
  time_lane(state, set, group);
}

double cpu_seconds() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// The grid of 8 deductibles and 4 corridors beyond the draws: one run less its own draws.
void grid(benchmark::State& state, const std::string& set, std::vector<std::uint64_t> ranks,
          bool distributions) {
  constexpr std::uint32_t years = 10'000, cells = 8 * (1 + 2 * 4);
  const Group group = group_of(8, true, false);
  const Grid grid = made_up::plain_grid(group, {1.0, 1.1, 1.25, 1.5});
  const GroupJob job = grid.job(group);
  const auto backend = cpu::make_backend({1, set, 0}, made_up::tables().set());
  const RunSettings settings{1, years, std::move(ranks), distributions};
  std::vector<Cents> sums(std::size_t{9} * years);
  GroupTally tally;
  for (auto _ : state) {
    const double start = cpu_seconds();
    backend->simulate(group.view(), 1, 0, years, {sums.data(), years});
    const double drawn = cpu_seconds();
    backend->tally({&job, 1}, settings, {&tally, 1}, [](std::size_t) { return true; });
    state.SetIterationTime(std::max(cpu_seconds() - drawn - (drawn - start), 1e-9));
  }
  count(state, "cell_years/s", double{cells} * years);
}

/// What a first program would do: a library generator, a library distribution, a loop.
void plain_loop(benchmark::State& state) {
  std::mt19937 rng(1);
  std::lognormal_distribution<double> claim(7.0, 1.8);
  double deductibles_usd[8], excess[8] = {};
  for (int k = 0; k < 8; ++k) deductibles_usd[k] = lowest_deductible_usd * std::pow(1.25, k);
  for (auto _ : state) {
    double sum = 0;
    for (std::uint32_t i = 0; i < members; ++i) {
      const double claim_usd = claim(rng);
      sum += claim_usd;
      for (int k = 0; k < 8; ++k) excess[k] += std::max(claim_usd - deductibles_usd[k], 0.0);
    }
    benchmark::DoNotOptimize(sum);
    benchmark::DoNotOptimize(excess);
  }
  count(state, "member_years/s", members);
}

void register_lane(const std::string& set) {
  const auto add = [&](const std::string& name, std::uint32_t thresholds, bool effect,
                       bool exposure) {
    benchmark::RegisterBenchmark(("lane/" + set + "/" + name).c_str(), lane, set, thresholds,
                                 effect, exposure);
  };
  add("8_deductibles", 8, false, false);
  add("8_deductibles_effect", 8, true, false);
  add("16_deductibles_effect", 16, true, false);
  add("32_deductibles_effect", 32, true, false);
  add("8_deductibles_effect_exposure", 8, true, true);
  const auto add_basis = [&](const char* name, std::uint32_t prior_years) {
    benchmark::RegisterBenchmark(("lane/" + set + "/" + name).c_str(), basis_lane, set,
                                 prior_years);
  };
  add_basis("basis_immature", 0);
  add_basis("basis_one_prior_year", 1);
  add_basis("basis_two_prior_years", 2);
  benchmark::RegisterBenchmark(("lane/" + set + "/8_deductibles_limit").c_str(), limited_lane, set);
  benchmark::RegisterBenchmark(("lane/" + set + "/families").c_str(), family_lane, set);
}

void register_grid(const std::string& set) {
  const auto add = [&](const std::string& name, const std::vector<std::uint64_t>& ranks,
                       bool distributions) {
    benchmark::RegisterBenchmark(("grid/" + set + "/" + name).c_str(), grid, set, ranks,
                                 distributions)
        ->UseManualTime();
  };
  add("no_tails", {}, false);
  add("tail_99", {9'900}, false);
  add("tails_95_99_99.9", {9'500, 9'900, 9'990}, false);
  add("distributions", {9'900}, true);
}

void register_all() {
  for (const std::string& set : cpu::instruction_sets()) {
    PurePhilox draw = pure_philox_scalar;
#if defined(__x86_64__)
    if (set == "avx2") draw = pure_philox_avx2;
    if (set == "avx512") draw = pure_philox_avx512;
#endif
    benchmark::RegisterBenchmark(("philox/" + set).c_str(), philox, draw);
    register_lane(set);
    register_grid(set);
  }
  benchmark::RegisterBenchmark("look_up", look_up);
  benchmark::RegisterBenchmark("plain_loop", plain_loop);
}

}  // namespace
}  // namespace corridor::bench

int main(int argc, char** argv) {
  corridor::bench::register_all();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 64;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
