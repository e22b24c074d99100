// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
//
// Aggregate figures of persons alike, timed: what bench/exact/compare_aggregate.py holds beside
// another program. Reads a line "members mean_usd cv p_zero repetitions" and lines "deductible
// attachment attachment ..." from standard input, prints JSON.
#include <tbb/global_control.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <sstream>
#include <vector>

#include "host/distribution/claim_law.hpp"
#include "host/distribution/compile.hpp"
#include "host/exact/capped/capped_total.hpp"

namespace corridor::bench {
namespace {

constexpr double levels[] = {0.9, 0.99};

struct Group {
  double members = 0, mean_usd = 0, cv = 0, p_zero = 0;
};

struct Cover {
  double deductible_usd = 0;
  std::vector<double> attachments_usd;
};

struct Figures {
  double mean_usd = 0;
  std::vector<double> excess_usd, var_usd, tvar_usd;
};

std::vector<Bucket> table_of(const Group& group) {
  DistributionSpec spec;
  spec.name = spec.kind = "lognormal";
  spec.numbers = {{"mean_usd", {group.mean_usd}}, {"cv", {group.cv}}, {"p_zero", {group.p_zero}}};
  return compile_table(*make_law(spec, {spec}), 25e6);
}

YearModel years_of(const TableLaw& law, double members) {
  AlikePersons persons;
  persons.shares[0] = {0, 1};
  persons.count = members;
  YearModel model;
  model.laws = {&law};
  model.slices.push_back({});
  model.slices[0].persons = {persons};
  return model;
}

Figures figures_of(const TotalLaw& law, const Cover& cover, bool tails) {
  Figures figures{law.mean_usd(), {}, {}, {}};
  for (const double amount : cover.attachments_usd) {
    figures.excess_usd.push_back(law.at(amount).excess);
  }
  if (!tails) return figures;
  for (const double level : levels) {
    const double var = law.quantile(level);
    figures.var_usd.push_back(var);
    figures.tvar_usd.push_back(var + law.at(var).excess / (1 - level));
  }
  return figures;
}

/// From the law's parameters to the figures of every cover, nothing kept from before.
std::vector<Figures> quote(const Group& group, const std::vector<Cover>& covers, bool tails) {
  const std::vector<Bucket> table = table_of(group);
  const TableLaw law(table.data());
  const YearModel model = years_of(law, group.members);
  MomentDemand demand;
  for (const Cover& cover : covers) demand.add(model, {cover.deductible_usd, {}});
  const MomentTables tables(demand);
  std::vector<Figures> all;
  for (const Cover& cover : covers) {
    TotalDemand asked{cover.attachments_usd, {}};
    if (tails) asked.levels.assign(std::begin(levels), std::end(levels));
    const auto total = capped_total(model, {cover.deductible_usd, {}}, tables, asked);
    all.push_back(total ? figures_of(*total, cover, tails) : Figures{});
  }
  return all;
}

template <class Work>
double median_ms(int repetitions, Work work) {
  std::vector<double> times;
  for (int i = 0; i < repetitions; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    times.push_back(took.count());
  }
  std::nth_element(times.begin(), times.begin() + repetitions / 2, times.end());
  return times[static_cast<std::size_t>(repetitions) / 2];
}

void print(const char* name, const std::vector<double>& values, const char* after) {
  std::printf("\"%s\": [", name);
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::printf("%s%.17g", i > 0 ? ", " : "", values[i]);
  }
  std::printf("]%s", after);
}

int run(std::istream& in) {
  Group group;
  int repetitions = 0;
  in >> group.members >> group.mean_usd >> group.cv >> group.p_zero >> repetitions;
  std::vector<Cover> covers;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::istringstream words(line);
    Cover cover;
    words >> cover.deductible_usd;
    for (double amount; words >> amount;) cover.attachments_usd.push_back(amount);
    covers.push_back(cover);
  }
  if (repetitions < 1 || covers.empty()) {
    std::fputs("iid_group_bench: expects a group and covers on standard input; see its source\n",
               stderr);
    return 64;
  }
  const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  const std::vector<Figures> figures = quote(group, covers, true);
  const double all = median_ms(repetitions, [&] { quote(group, covers, true); });
  const double excess = median_ms(repetitions, [&] { quote(group, covers, false); });
  std::printf("{\"ms\": %.6f, \"excess_alone_ms\": %.6f, \"covers\": [\n", all, excess);
  for (std::size_t c = 0; c < covers.size(); ++c) {
    std::printf("{\"mean\": %.17g, ", figures[c].mean_usd);
    print("excess", figures[c].excess_usd, ", ");
    print("var", figures[c].var_usd, ", ");
    print("tvar", figures[c].tvar_usd, c + 1 < covers.size() ? "},\n" : "}\n");
  }
  std::puts("]}");
  return 0;
}

}  // namespace
}  // namespace corridor::bench

int main() { return corridor::bench::run(std::cin); }
