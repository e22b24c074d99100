// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/oracle/small_groups.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <string>

namespace corridor::oracle {
namespace {

constexpr double none = std::numeric_limits<double>::infinity();

/// The standard's engine and arithmetic alone: the same book from every library.
class Draws {
 public:
  double uniform() { return (static_cast<double>(bits_() >> 11) + 0.5) * 0x1p-53; }
  bool chance(double of) { return uniform() < of; }
  double between(double low, double high) { return low + (high - low) * uniform(); }
  template <class T, std::size_t N>
  T one_of(const T (&values)[N]) {
    return values[static_cast<std::size_t>(uniform() * N)];
  }

 private:
  std::mt19937_64 bits_{20261130};
};

DistributionSpec law(std::uint16_t index, const std::string& kind,
                     std::map<std::string, std::vector<double>> numbers) {
  DistributionSpec spec;
  spec.name = kind + std::to_string(index);
  spec.index = index;
  spec.kind = kind;
  spec.numbers = std::move(numbers);
  return spec;
}

std::vector<DistributionSpec> laws() {
  std::vector<DistributionSpec> all{
      law(0, "lognormal", {{"mean_usd", {6500}}, {"cv", {5}}, {"p_zero", {0.18}}}),
      law(1, "gamma", {{"mean_usd", {9000}}, {"cv", {2.2}}, {"p_zero", {0.05}}}),
      law(2, "weibull", {{"shape", {0.45}}, {"scale_usd", {3200}}, {"p_zero", {0.1}}}),
      law(3, "generalized_pareto",
          {{"xi", {0.42}}, {"sigma_usd", {4200}}, {"threshold_usd", {0}}, {"p_zero", {0.25}}}),
      law(4, "continuance", {})};
  all[4].columns = {{"upper_usd", {0, 1000, 5000, 20e3, 75e3, 300e3, 2e6}},
                    {"probability", {0.2, 0.3, 0.28, 0.15, 0.055, 0.0135, 0.0015}},
                    {"mean_usd", {0, 420, 2500, 9800, 38e3, 135e3, 560e3}}};
  return all;
}

struct Windows {
  double run_in, run_out;
};

/// Columns of one kind of row, filled row by row.
class Columns {
 public:
  void add(const std::string& name, double value) { values_[name].push_back(value); }
  void move_to(Table& table) {
    for (auto& [name, values] : values_) table.columns.push_back({name, 1, std::move(values)});
  }

 private:
  std::map<std::string, std::vector<double>> values_;
};

struct Members {
  std::vector<std::uint16_t> law;
  std::vector<double> scale, laser;
  std::vector<float> exposure;

  void add(Draws& draws, bool lasers) {
    // The sum of twelve uniforms is as good as normal here.
    double spread = -6;
    for (int i = 0; i < 12; ++i) spread += draws.uniform();
    law.push_back(static_cast<std::uint16_t>(5 * draws.uniform()));
    scale.push_back(std::exp(0.5 * spread));
    const double months = draws.chance(0.2) ? std::ceil(11 * draws.uniform()) : 12;
    exposure.push_back(static_cast<float>(months / 12));
    const bool lasered = lasers && draws.chance(0.1);
    const double at = draws.chance(0.2) ? none : 1000 * std::round(draws.between(40, 400));
    laser.push_back(lasered ? at : std::nan(""));
  }
};

void add_bases(Columns& groups, Draws& draws, std::size_t group, bool& runs_in) {
  // Few with run-in: their laws take most of the time.
  constexpr Windows bases[] = {{0, 255}, {0, 0}, {12, 0}, {0, 3}, {0, 6}, {0, 12}, {3, 0}, {0, 1}};
  const Windows specific = bases[group % 8];
  const Windows aggregate = draws.chance(0.25) ? draws.one_of(bases) : specific;
  groups.add("run_in_months", specific.run_in);
  groups.add("run_out_months", specific.run_out);
  groups.add("aggregate_run_in_months", aggregate.run_in);
  groups.add("aggregate_run_out_months", aggregate.run_out);
  groups.add("policy_months", draws.chance(0.15) ? 9 : 12);
  groups.add("months_since_original_effective", draws.chance(0.3) ? 12 : 255);
  runs_in = specific.run_in > 0 || aggregate.run_in > 0;
}

void add_terms(Columns& groups, Draws& draws) {
  const double share = draws.one_of({1.0, 1.0, 0.9, 0.75});
  const auto limit_basis = std::floor(3 * draws.uniform());
  const double limit = draws.one_of({none, none, 400e3, 750e3, 1.5e6});
  groups.add("specific_reimbursement", share);
  groups.add("specific_limit_usd", limit);
  groups.add("specific_limit_basis", limit_basis);
  groups.add("aggregating_specific_usd", draws.one_of({0.0, 0.0, 15e3, 45e3, 90e3}));
  groups.add("asd_counts_lasers", draws.chance(0.2) ? 1 : 0);
  groups.add("aggregate_reimbursement", draws.one_of({1.0, 1.0, 0.85}));
  groups.add("aggregate_limit_usd", draws.one_of({none, none, 60e3, 250e3}));
  groups.add("aggregate_counts", draws.one_of({0.0, 0.0, 1.0, 4.0, 8.0, 13.0, 16.0, 29.0}));
}

}  // namespace

Portfolio small_groups(std::size_t group_count) {
  Draws draws;
  Portfolio book;
  book.path = "small groups";
  book.distributions = laws();
  book.member_offset = {0};
  book.market = {{"region_cv", 0.1}, {"year_correlation", 0.6}, {"persistence", 0.2},
                 {"trend", 0.07}};
  book.quote_specific_usd = {20e3, 50e3, 110e3, 260e3};
  book.quote_corridor = {1, 1.05, 1.1, 1.15, 1.25, 1.35, 1.45, 1.6, 1.75, 1.9, 2.05, 2.2};
  std::vector<std::string> ids;
  Columns groups;
  Members members;
  for (std::size_t group = 0; group < group_count; ++group) {
    ids.push_back("SMALL" + std::to_string(group));
    const auto size = 10 + static_cast<std::uint64_t>(31 * draws.uniform());
    const bool lasers = draws.chance(0.6);
    for (std::uint64_t i = 0; i < size; ++i) members.add(draws, lasers);
    book.member_offset.push_back(members.law.size());
    bool runs_in = false;
    add_bases(groups, draws, group, runs_in);
    add_terms(groups, draws);
    constexpr double cvs[] = {0, 0.2, 0.4};
    // Each effect on frequency is a law a frequency: a few of them take most of the time.
    const double on_frequency = group % 12 == 1 ? draws.one_of({0.4, 1.0}) : 0.0;
    groups.add("effect_cv", cvs[group % 3]);
    groups.add("effect_frequency_share", runs_in ? 0 : on_frequency);
    groups.add("region", static_cast<double>(group + 1));
  }
  book.groups.rows = group_count;
  book.groups.columns.push_back({"group_id", 1, std::move(ids)});
  groups.move_to(book.groups);
  book.members.rows = members.law.size();
  book.members.columns = {{"distribution", 1, std::move(members.law)},
                          {"scale", 1, std::move(members.scale)},
                          {"exposure", 1, std::move(members.exposure)},
                          {"laser_usd", 1, std::move(members.laser)}};
  return book;
}

}  // namespace corridor::oracle
