// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "host/distribution/laws/normal.hpp"
#include "host/exact/exact_losses.hpp"
#include "host/pipeline_steps.hpp"
#include "host/simulate/simulate.hpp"
#include "kernels/book.hpp"
#include "kernels/tallies.hpp"
#include "tests/oracle/small_groups.hpp"

namespace corridor::oracle {
namespace {

constexpr std::size_t group_count = 24;
constexpr std::uint32_t year_count = 4'200'000;  ///< a group; 100.8 million in all
constexpr double years = year_count;
constexpr std::uint64_t least_hits = 400;
/// Chosen once, before the first run with it.
constexpr std::uint64_t seed = 20261201;
/// Of some 1,300 means each passes 4 standard errors 6 times in 100,000, and those of a group mostly
/// together; of some 3,300 other figures each passes 4.9 once in a million.
constexpr double largest_mean_z = 4, largest_z = 4.9;
constexpr double tail_levels[] = {0.9, 0.99};

double value(const Sum128& sum) {
  return std::ldexp(static_cast<double>(sum.high), 64) + static_cast<double>(sum.low);
}

/// A mean over the years with its standard error, dollars.
struct Simulated {
  double mean, error;
};
Simulated simulated(const Sum128& sum, const Sum128& squares) {
  const double mean = value(sum) / years / 100, square = value(squares) / years / 1e4;
  return {mean, std::sqrt((square - mean * mean) / years)};
}

std::string text_of(double level) {
  const std::string text = std::to_string(level);
  return text.substr(0, text.find_last_not_of('0') + 1);
}

/// Each tail level between two that an order statistic of the years passes at the largest z.
std::vector<Level> levels_around() {
  std::vector<Level> levels;
  for (const double level : tail_levels) {
    const double reach = largest_z * std::sqrt(level * (1 - level) / years);
    for (const double at : {level - reach, level, level + reach}) {
      levels.push_back(parse_level(text_of(at)));
    }
  }
  return levels;
}

/// z-scores by group, because those of one group share its years.
struct Scores {
  std::vector<std::vector<double>> by_group{group_count};

  void add(std::size_t group, double z) { by_group[group].push_back(z); }
  std::size_t count() const {
    std::size_t all = 0;
    for (const auto& group : by_group) all += group.size();
    return all;
  }
};

/// The spread of the scores is 1: their mean square is within 4 standard errors, which are taken
/// from what differs between groups.
void expect_unit_spread(const Scores& scores) {
  double sum = 0, errors = 0;
  for (const auto& group : scores.by_group) {
    for (const double z : group) sum += z * z;
  }
  const auto count = static_cast<double>(scores.count());
  const double mean = sum / count;
  for (const auto& group : scores.by_group) {
    double of_group = 0;
    for (const double z : group) of_group += z * z - mean;
    errors += of_group * of_group;
  }
  const double error = std::sqrt(errors) / count;
  std::printf("%4.0f scores, mean square %.3f, standard error %.3f\n", count, mean, error);
  EXPECT_NEAR(mean, 1, 4 * error);
}

/// The same of one score a group, the first, because groups are independent and their rows are not:
/// the sum of squares has a chi-square law, whose cube root is as good as normal (Wilson, Hilferty).
void expect_unit_spread_of_groups(const Scores& scores) {
  double sum = 0, count = 0;
  for (const auto& group : scores.by_group) {
    if (group.empty()) continue;
    sum += group.front() * group.front();
    ++count;
  }
  ASSERT_GE(count, 16);
  const double spread = 2 / (9 * count);
  const double z = (std::cbrt(sum / count) - (1 - spread)) / std::sqrt(spread);
  std::printf("%4.0f groups, mean square %.3f, %.2f standard errors\n", count, sum / count, z);
  EXPECT_LT(std::abs(z), 4);
}

/// A book of small groups by its exact laws and by its years.
struct Both {
  Losses exact;
  std::vector<GroupTally> tallies{group_count};

  Both() {
    RunOptions options;
    options.years = year_count;
    options.seed = seed;
    options.levels = levels_around();
    Plan plan = pipeline::planned(small_groups(group_count), options);
    exact = exact_losses(plan);
    plan.options.levels.clear();
    for (const double level : tail_levels) {
      plan.options.levels.push_back(parse_level(text_of(level)));
    }
    const auto backend = open_backend(plan.options, plan.book->table_set());
    simulate(plan, *backend, all_jobs(plan), false,
             [&](std::size_t job, GroupTally tally) { tallies[job] = std::move(tally); });
  }

  /// Calls `use(group, name, exact, tally)` for every specific and aggregate.
  template <class Use>
  void each_cover(Use use) const {
    for (std::size_t group = 0; group < group_count; ++group) {
      for (std::size_t r = 0; r < tallies[group].rows.size(); ++r) {
        const RowTally& tally = tallies[group].rows[r];
        const RowLoss& loss = exact.jobs[group].rows[r];
        const std::string name = "group " + std::to_string(group) + " row " + std::to_string(r);
        use(group, name + " specific", loss.specific, tally.specific);
        for (std::size_t a = 0; a < tally.aggregate.size(); ++a) {
          use(group, name + " aggregate " + std::to_string(a), loss.aggregate[a],
              tally.aggregate[a]);
        }
      }
    }
  }
};

/// Sets down one comparison; a law's own error is allowed for.
void compare(Scores& scores, std::size_t group, const std::string& name, double difference,
             double error, double allowed, double limit = largest_z) {
  ASSERT_GT(error, 0) << name;
  scores.add(group, difference / error);
  EXPECT_LE(std::abs(difference), limit * error + allowed)
      << name << ", " << difference / error << " standard errors";
}

void expect_means(const Both& both) {
  SCOPED_TRACE("means");
  Scores scores;
  both.each_cover([&](std::size_t group, const std::string& name, const FigureLoss& exact,
                 const FigureTally& tally) {
    if (exact.source == FigureSource::simulated || tally.cell.hits < least_hits) return;
    const Simulated years_mean = simulated(tally.cell.sum, tally.cell.squares);
    compare(scores, group, name, years_mean.mean - exact.mean_usd, years_mean.error,
            exact.exact_error_usd, largest_mean_z);
  });
  EXPECT_GE(scores.count(), 1000u);
  expect_unit_spread(scores);
  expect_unit_spread_of_groups(scores);
}

// The rows of a group hold much the same claims, so their spread is that of one row a group.
void expect_retained_claims(const Both& both) {
  SCOPED_TRACE("retained claims");
  Scores scores;
  for (std::size_t group = 0; group < group_count; ++group) {
    const auto& rows = both.tallies[group].rows;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const double exact = both.exact.jobs[group].rows[r].retained.exact_usd;
      if (std::isnan(exact)) continue;
      const Simulated retained = simulated(rows[r].counted.sum, rows[r].counted.squares);
      compare(scores, group, "group " + std::to_string(group) + " row " + std::to_string(r),
              retained.mean - exact, retained.error, 0, largest_mean_z);
    }
  }
  EXPECT_GE(scores.count(), 80u);
  expect_unit_spread_of_groups(scores);
}

// arcsin makes the spread of a count free of its chance, few years or many.
void expect_probabilities(const Both& both) {
  SCOPED_TRACE("probabilities");
  Scores scores;
  both.each_cover([&](std::size_t group, const std::string& name, const FigureLoss& exact,
                 const FigureTally& tally) {
    if (exact.source != FigureSource::exact) return;
    const double share = (static_cast<double>(tally.cell.hits) + 0.375) / (years + 0.75);
    const double chance = std::max(exact.probability, 0.0);
    const double difference = std::asin(std::sqrt(share)) - std::asin(std::sqrt(chance));
    if (chance * years < 20 || (1 - chance) * years < 20) return;
    compare(scores, group, name, difference, 0.5 / std::sqrt(years), 0);
  });
  EXPECT_GE(scores.count(), 400u);
  expect_unit_spread(scores);
}

// The order statistic of a level lies between the law's quantiles at two levels around it.
void expect_values_at_risk(const Both& both) {
  SCOPED_TRACE("values at risk");
  std::size_t compared = 0;
  both.each_cover([&](std::size_t, const std::string& name, const FigureLoss& exact,
                 const FigureTally& tally) {
    if (exact.source != FigureSource::exact) return;
    for (std::size_t l = 0; l < std::size(tail_levels); ++l) {
      const double found = static_cast<double>(tally.tails[l].value_at_risk) / 100;
      const double allowed = exact.exact_error_usd + 0.05;
      EXPECT_GE(found, exact.var_usd[3 * l] - allowed) << name << " at " << tail_levels[l];
      EXPECT_LE(found, exact.var_usd[3 * l + 2] + allowed) << name << " at " << tail_levels[l];
      ++compared;
    }
  });
  EXPECT_GE(compared, 700u);
}

// A tail's mean hardly depends on where it is cut near the level, so its error is that of the mean
// excess over the cut.
void expect_tails(const Both& both) {
  SCOPED_TRACE("tails");
  Scores scores;
  both.each_cover([&](std::size_t group, const std::string& name, const FigureLoss& exact,
                 const FigureTally& tally) {
    if (exact.source != FigureSource::exact || tally.cell.hits < least_hits) return;
    for (std::size_t l = 0; l < std::size(tail_levels); ++l) {
      const TailTally& tail = tally.tails[l];
      const double outside = 1 - tail_levels[l];
      const Simulated excess = simulated(tail.excess, tail.squares);
      if (!(excess.error > 0)) continue;  // a limit: the tail is one amount
      const double found = static_cast<double>(tail.value_at_risk) / 100 + excess.mean / outside;
      compare(scores, group, name + " at " + std::to_string(tail_levels[l]),
              found - exact.tvar_usd[3 * l + 1], excess.error / outside, exact.exact_error_usd);
    }
  });
  EXPECT_GE(scores.count(), 600u);
  expect_unit_spread(scores);
}

// One test, because the years serve all.
TEST(SmallGroups, AgreeWithAHundredMillionYears) {
  const Both both;
  expect_means(both);
  expect_retained_claims(both);
  expect_probabilities(both);
  expect_values_at_risk(both);
  expect_tails(both);
}

}  // namespace
}  // namespace corridor::oracle
