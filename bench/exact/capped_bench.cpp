// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <random>

#include "host/exact/capped/capped_total.hpp"
#include "tests/exact/capped/made_years.hpp"

namespace corridor::bench {
namespace {

constexpr double deductibles_usd[] = {25e3, 50e3, 75e3, 100e3, 150e3, 250e3, 500e3, 1e6};
constexpr double corridors[] = {1.1, 1.25, 1.4, 1.6};

const made::Laws& laws() {
  static const made::Laws four = made::four_laws();
  return four;
}

/// Members of four laws, no two of one scale, three in twenty of them for part of the year.
YearModel made_up_group(std::uint32_t members, double cv) {
  YearModel model = laws().model();
  model.slices.push_back(made::years_of_cv(cv));
  std::mt19937 random(members);
  std::normal_distribution<double> spread(0, 0.4);
  std::uniform_real_distribution<double> uniform(0, 1);
  for (std::uint32_t i = 0; i < members; ++i) {
    const double weight = uniform(random) < 0.15 ? std::ceil(11 * uniform(random)) / 12 : 1;
    model.slices[0].persons.push_back(made::alike(i % 4, weight, std::exp(spread(random)), 1));
  }
  return model;
}

MomentTables tables_for(const std::vector<YearModel>& models) {
  MomentDemand demand;
  for (const YearModel& model : models) {
    for (const double deductible : deductibles_usd) demand.add(model, {deductible, {}});
  }
  return MomentTables(demand);
}

/// Means, payouts and their errors of one group's grid; returns the largest relative error that is
/// estimated where the payout is more than 1e-6 of the mean. Counts the laws left to a lattice.
double quote(const YearModel& model, const MomentTables& tables, std::atomic<int>& left) {
  double worst = 0;
  for (const double deductible : deductibles_usd) {
    const auto total = capped_total(model, {deductible, {}}, tables, {});
    if (total == nullptr) {
      ++left;
      continue;
    }
    for (const double corridor : corridors) {
      const double amount = corridor * total->mean_usd();
      const double excess = total->at(amount).excess;
      const double error = total->error_at(amount).excess;
      if (excess > 1e-6 * total->mean_usd()) worst = std::max(worst, error / excess);
    }
  }
  return worst;
}

void tables_of_four_laws(benchmark::State& state) {
  const std::vector<YearModel> models{made_up_group(250, 0.2)};
  const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  for (auto _ : state) benchmark::DoNotOptimize(tables_for(models));
}

/// Eight deductibles by four corridors, tables made.
void grid(benchmark::State& state) {
  const auto members = static_cast<std::uint32_t>(state.range(0));
  const YearModel model = made_up_group(members, static_cast<double>(state.range(1)) / 100);
  const MomentTables tables = tables_for({model});
  double worst = 0;
  std::atomic<int> left = 0;
  for (auto _ : state) worst = quote(model, tables, left);
  state.counters["worst_error"] = worst;
  state.counters["left_to_lattice"] =
      static_cast<double>(left) / static_cast<double>(state.iterations());
}

/// 1,000 groups of 25 to 10,000 lives, the grid of each, on two cores.
void book(benchmark::State& state) {
  std::vector<YearModel> models;
  std::mt19937 random(1);
  std::uniform_real_distribution<double> uniform(0, 1);
  double lives = 0;
  for (int g = 0; g < 1'000; ++g) {
    // Sizes whose logarithm thins out in a straight line add up to some 620,000 lives.
    const double share = 1 - std::sqrt(1 - uniform(random) * 0.998);
    const auto members = static_cast<std::uint32_t>(25 * std::pow(400.0, share * 1.05));
    models.push_back(made_up_group(std::min(members, 10'000u), 0.2));
    lives += static_cast<double>(std::min(members, 10'000u));
  }
  const tbb::global_control two(tbb::global_control::max_allowed_parallelism, 2);
  std::atomic<int> left = 0;
  for (auto _ : state) {
    left = 0;
    const MomentTables tables = tables_for(models);
    tbb::parallel_for(std::size_t{0}, models.size(), [&](std::size_t g) {
      benchmark::DoNotOptimize(quote(models[g], tables, left));
    });
  }
  state.counters["lives"] = lives;
  state.counters["left_to_lattice"] = left.load();
}

BENCHMARK(tables_of_four_laws)->Unit(benchmark::kMillisecond);
BENCHMARK(grid)
    ->ArgNames({"members", "effect_cv_percent"})
    ->ArgsProduct({{25, 50, 250, 1'000, 2'500, 10'000}, {0, 20}})
    ->Args({250, 100})
    ->Args({2'500, 100})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(book)->Unit(benchmark::kSecond)->Iterations(1)->UseRealTime();

}  // namespace
}  // namespace corridor::bench

BENCHMARK_MAIN();
