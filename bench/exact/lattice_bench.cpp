// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "host/exact/joint/joint_total.hpp"
#include "host/exact/lattice/lattice_total.hpp"
#include "tests/exact/capped/made_years.hpp"

namespace corridor::bench {
namespace {

constexpr double deductibles_usd[] = {25e3, 50e3, 75e3, 100e3, 150e3, 250e3, 500e3, 1e6};

const made::Laws& laws() {
  static const made::Laws four = made::four_laws();
  return four;
}

/// Members of four laws, no two of one scale, three in twenty of them for part of the year.
YearModel made_up_group(std::uint32_t members, double cv, double partial = 0.15) {
  YearModel model = laws().model();
  model.slices.push_back(made::years_of_cv(cv));
  std::mt19937 random(members);
  std::normal_distribution<double> spread(0, 0.4);
  std::uniform_real_distribution<double> uniform(0, 1);
  for (std::uint32_t i = 0; i < members; ++i) {
    const double weight = uniform(random) < partial ? std::ceil(11 * uniform(random)) / 12 : 1;
    model.slices[0].persons.push_back(made::alike(i % 4, weight, std::exp(spread(random)), 1));
  }
  return model;
}

/// Percentiles of eight specific covers; returns the largest relative error that is estimated.
double quote(const YearModel& model, LatticeRows& rows) {
  double worst = 0;
  const TotalDemand demand{{}, {0.9, 0.95, 0.99, 0.999}};
  for (const double deductible : deductibles_usd) {
    const auto total = lattice_total(model, {{{deductible, 1}}}, {}, rows, demand);
    for (const double level : demand.levels) {
      const double amount = total->quantile(level);
      if (amount > 0) worst = std::max(worst, total->quantile_error(level) / amount);
    }
  }
  return worst;
}

void quote_specific(benchmark::State& state) {
  const YearModel model = made_up_group(static_cast<std::uint32_t>(state.range(0)), 0.2);
  const bool warm = state.range(1) != 0;
  LatticeRows shared;
  double worst = warm ? quote(model, shared) : 0;
  for (auto _ : state) {
    LatticeRows fresh;
    worst = quote(model, warm ? shared : fresh);
  }
  state.counters["largest_error"] = worst;
}
BENCHMARK(quote_specific)
    ->Name("exact/specific/8_deductibles")
    ->ArgNames({"members", "warm"})
    ->ArgsProduct({{25, 250, 2500}, {0, 1}})
    ->Unit(benchmark::kMillisecond);

void quote_joint(benchmark::State& state) {
  const YearModel model = made_up_group(250, 0.2);
  const auto counted = state.range(0);
  LatticeRows rows;
  MomentDemand caps;
  caps.add(model, {100e3, {}});
  const MomentTables moments(caps);
  double worst = 0;
  const TotalDemand demand{{}, {0.9, 0.99, 0.999}};
  for (auto _ : state) {
    std::vector<CountedCover> aggregates;
    for (int i = 0; i < counted; ++i) aggregates.push_back({1, 1.5e6 + 2e5 * i, 1e6});
    const JointCover cover{{{{100e3, 1}}}, {}, {100e3, {}}, 0};
    const auto joint = joint_laws(model, cover, aggregates, {rows, &moments}, demand);
    for (const double level : demand.levels) {
      for (const JointLaw& law : joint) {
        const double amount = law.total->quantile(level);
        worst = std::max(worst, law.total->quantile_error(level) / amount);
      }
    }
  }
  state.counters["largest_error"] = worst;
}
BENCHMARK(quote_joint)
    ->Name("exact/joint/250_members")
    ->ArgName("attachments")
    ->Arg(1)
    ->Arg(4)
    ->Unit(benchmark::kMillisecond);

/// 1,000 groups of 25 to 10,000 lives, sizes even in their logarithms but few of the largest.
void quote_book(benchmark::State& state) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism, 2);
  std::vector<YearModel> models;
  double lives = 0;
  for (int i = 0; i < 1000; ++i) {
    const double size = 25 * std::pow(400.0, std::pow((i + 0.5) / 1000, 1.5));
    models.push_back(made_up_group(static_cast<std::uint32_t>(size), 0.2));
    lives += std::floor(size);
  }
  for (auto _ : state) {
    LatticeRows rows;
    tbb::parallel_for(std::size_t{0}, models.size(),
                      [&](std::size_t i) { benchmark::DoNotOptimize(quote(models[i], rows)); });
  }
  state.counters["lives"] = lives;
}
BENCHMARK(quote_book)
    ->Name("exact/specific/book_of_1000_groups/2_threads")
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kSecond);

}  // namespace
}  // namespace corridor::bench
