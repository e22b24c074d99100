// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/coverage/cells.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <map>

#include "host/exact/exact_means.hpp"
#include "host/price/interval_claims.hpp"
#include "host/reduce/reduce.hpp"
#include "tests/exact/made_book.hpp"
#include "tests/oracle/laws.hpp"
#include "tests/oracle/simulated.hpp"

namespace corridor::coverage {
namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint64_t seed = 20261;

/// A group of like members and the years of a replication.
struct Scenario {
  std::string law;
  DistributionSpec spec;
  std::uint32_t members;
  double cv, deductible_usd, maximum_usd;
  std::vector<double> corridors;
  std::vector<std::uint32_t> years;
};

DistributionSpec law(const std::string& kind, std::map<std::string, double> numbers) {
  DistributionSpec spec;
  spec.name = spec.kind = kind;
  for (const auto& [name, value] : numbers) spec.numbers[name] = {value};
  return spec;
}

/// From exponential tails to an index below 2. One deductible is exceeded by about a tenth of the
/// members of the small groups; aggregates are hit often, rarely and hardly ever.
std::vector<Scenario> scenarios() {
  const DistributionSpec gamma = law("gamma", {{"mean_usd", 10e3}, {"cv", 2}});
  const DistributionSpec lognormal = law("lognormal", {{"mean_usd", 10e3}, {"cv", 3}});
  const DistributionSpec wide = law("lognormal", {{"mean_usd", 10e3}, {"cv", 6}});
  const auto pareto = [](double alpha) {
    return law("pareto", {{"alpha", alpha}, {"threshold_usd", 50e3}, {"p_zero", 0.7}});
  };
  return {
      {"gamma", gamma, 2, 0.2, 30e3, 1e6, {}, {120, 600, 1'500, 2'400, 6'000, 60'000}},
      {"lognormal", lognormal, 2, 0.2, 30e3, 2e6, {}, {240, 1'200, 3'000, 4'800, 12'000, 120'000}},
      {"wide lognormal", wide, 2, 0, 30e3, 5e6, {}, {5'000, 12'000, 120'000}},
      {"Pareto 3", pareto(3), 1, 0, 50e3, 5e6, {}, {700, 1'300, 3'500, 35'000}},
      {"Pareto 2.2", pareto(2.2), 1, 0, 50e3, 5e6, {}, {700, 1'300, 3'500, 35'000}},
      {"Pareto 1.9", pareto(1.9), 1, 0, 50e3, 12.5e6, {}, {1'300, 3'500, 15'000, 35'000}},
      {"gamma", gamma, 10, 0.2, 50e3, 1e6, {1.5, 2.2, 3}, {1'000, 4'000, 20'000, 100'000}},
      {"lognormal", lognormal, 25, 0.3, 100e3, 2e6, {1.25, 1.6, 2.2}, {1'000, 4'000, 40'000}},
  };
}

/// `copies` groups that differ by their streams alone.
Book book_of(const Scenario& scenario, const std::vector<Cents>& attachments, std::size_t copies) {
  made::BookMaker maker(
      {compile_table(*make_law(scenario.spec, {scenario.spec}), scenario.maximum_usd)});
  made::Group group;
  group.members.assign(scenario.members, made::member(1));
  group.thresholds = {made::usd(scenario.deductible_usd)};
  group.maximum = made::usd(scenario.maximum_usd);
  group.rows = {made::plain_row(0)};
  group.rows[0].attachments = attachments.data();
  group.rows[0].attachment_count = static_cast<std::uint32_t>(attachments.size());
  group.effect.group_sigma = std::sqrt(std::log1p(scenario.cv * scenario.cv));
  for (std::size_t copy = 0; copy < copies; ++copy) maker.add(group);
  return maker.book();
}

/// What the intervals of one figure must hold.
struct Truth {
  double mean_usd = not_known, tvar_usd = not_known;
};

/// Counts of one figure over the replications, its mean and its TVaR.
class Counter {
 public:
  Counter(const std::string& law, const std::string& name, std::uint32_t years, Truth truth,
          double largest_usd)
      : truth_(truth), largest_usd_(largest_usd) {
    mean_.law = tvar_.law = law;
    mean_.name = name;
    tvar_.name = name + " TVaR";
    mean_.years = tvar_.years = years;
  }

  double largest_usd() const { return largest_usd_; }

  void add(const FigureLoss& loss, const IntervalClaims& claims) {
    const auto hits = static_cast<double>(loss.hits);
    add(mean_, hits, claims.mean ? loss.mean_95 : Interval{}, truth_.mean_usd);
    add(tvar_, hits, claims.tvar.front() ? loss.tvar_95.front() : Interval{}, truth_.tvar_usd);
    const double off = loss.mean_usd - truth_.mean_usd;
    mean_.normal_held += std::abs(off) <= 1.959964 * loss.se_usd;
    off_ += off;
    squares_ += off * off;
  }

  void finish(std::vector<Figure>& figures) {
    const auto count = static_cast<double>(mean_.replications);
    mean_.hits /= count;
    tvar_.hits /= count;
    mean_.grand_z = off_ / std::sqrt(squares_);
    tvar_.grand_z = not_known;
    figures.push_back(mean_);
    figures.push_back(tvar_);
  }

 private:
  static void add(Figure& figure, double hits, const Interval& interval, double truth) {
    ++figure.replications;
    figure.hits += hits;
    if (std::isnan(interval.low_usd)) return;
    ++figure.claimed;
    figure.held += interval.low_usd <= truth && truth <= interval.high_usd;
  }

  Truth truth_;
  double largest_usd_;
  Figure mean_, tvar_;
  double off_ = 0, squares_ = 0;
};

/// Years of one scenario: its book, its true values, its replications.
class Study {
 public:
  Study(const Scenario& scenario, std::uint32_t replications)
      : scenario_(scenario), replications_(replications), one_(book_of(scenario, {}, 1)) {
    const ExactRow row = exact_means(one_).rows[0][0];
    specific_usd_ = row.specific_before_asd_usd;
    for (const double corridor : scenario.corridors) {
      attachments_.push_back(made::usd(corridor * row.retained_usd));
    }
    aggregate_usd_ = aggregate_means();
    most_ = *std::max_element(scenario.years.begin(), scenario.years.end());
    const std::uint32_t long_years = std::max<std::uint32_t>(20'000'000, 100 * most_);
    truth_ = reduced(book_of(scenario, attachments_, 1), long_years).front();
    book_ = book_of(scenario, attachments_, replications);
  }

  void run(std::uint32_t years, std::vector<Figure>& figures) {
    std::vector<Counter> counters = counters_of(years);
    each(book_, years, [&](const RowLoss& row) { count(row, counters); });
    for (Counter& counter : counters) counter.finish(figures);
  }

 private:
  /// Convolutions; none for a scenario without aggregates.
  std::vector<double> aggregate_means() const {
    std::vector<double> means;
    if (attachments_.empty()) return means;
    const oracle::Aggregate exact(
        {{oracle::parts_of(one_.tables->data()), 1, double(scenario_.members)}}, scenario_.cv,
        scenario_.deductible_usd, scenario_.deductible_usd / 1000, 1u << 16);
    for (const Cents attachment : attachments_) {
      means.push_back(exact.at(static_cast<double>(attachment) / 100).payout_usd);
    }
    return means;
  }

  /// Every job's only row after `years` years.
  template <class Visit>
  static void each(const Book& book, std::uint32_t years, Visit visit) {
    RunSettings settings{seed, years, {level().rank(years)}, false};
    const ReduceOptions options{years, {level()}, {}};
    const auto backend = cpu::make_backend({}, book.table_set());
    std::vector<GroupTally> tallies(book.jobs.size());
    backend->tally(book.jobs, settings, tallies, [&](std::size_t job) {
      visit(reduce(tallies[job], options).rows.front());
      tallies[job] = {};
      return true;
    });
  }

  static std::vector<RowLoss> reduced(const Book& book, std::uint32_t years) {
    std::vector<RowLoss> rows;
    each(book, years, [&](const RowLoss& row) { rows.push_back(row); });
    return rows;
  }

  static const Level& level() {
    static const Level at = parse_level("0.99");
    return at;
  }

  std::vector<Counter> counters_of(std::uint32_t years) const {
    const double excess = scenario_.maximum_usd - scenario_.deductible_usd;
    std::vector<Counter> counters{
        {scenario_.law, "specific", years, {specific_usd_, truth_.specific.tvar_usd[0]}, excess}};
    for (std::size_t a = 0; a < attachments_.size(); ++a) {
      char corridor[32];
      std::snprintf(corridor, sizeof corridor, "%g", scenario_.corridors[a]);
      counters.emplace_back(scenario_.law, std::string("aggregate ") + corridor, years,
                            Truth{aggregate_usd_[a], truth_.aggregate[a].tvar_usd[0]},
                            scenario_.deductible_usd);
      counters.emplace_back(scenario_.law, std::string("total ") + corridor, years,
                            Truth{specific_usd_ + aggregate_usd_[a], truth_.total[a].tvar_usd[0]},
                            scenario_.maximum_usd);
    }
    return counters;
  }

  /// As a quote does: the specific's large claims are the total's.
  void count(const RowLoss& row, std::vector<Counter>& counters) const {
    const auto claims = [&](const FigureLoss& loss, std::size_t counter) {
      return interval_claims(loss, counters[counter].largest_usd(), {level()});
    };
    const IntervalClaims specific = claims(row.specific, 0);
    counters[0].add(row.specific, specific);
    for (std::size_t a = 0; a < attachments_.size(); ++a) {
      counters[1 + 2 * a].add(row.aggregate[a], claims(row.aggregate[a], 1 + 2 * a));
      IntervalClaims total = claims(row.total[a], 2 + 2 * a);
      total.mean = specific.mean;
      counters[2 + 2 * a].add(row.total[a], total);
    }
  }

  const Scenario& scenario_;
  std::uint32_t replications_, most_ = 0;
  Book one_, book_;
  double specific_usd_ = 0;
  std::vector<Cents> attachments_;
  std::vector<double> aggregate_usd_;
  RowLoss truth_;
};

}  // namespace

std::vector<Figure> study(std::uint32_t replications) {
  std::vector<Figure> figures;
  for (const Scenario& scenario : scenarios()) {
    Study of_scenario(scenario, replications);
    for (const std::uint32_t years : scenario.years) of_scenario.run(years, figures);
  }
  return figures;
}

}  // namespace corridor::coverage
