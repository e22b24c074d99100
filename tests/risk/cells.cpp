// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/risk/cells.hpp"

#include <algorithm>
#include <cmath>

#include "host/risk/binomial.hpp"
#include "host/risk/risk.hpp"
#include "tests/risk/laws.hpp"
#include "tests/risk/top_years.hpp"

namespace corridor::risk_cases {
namespace {

constexpr std::uint64_t seed = 20262;

class Counter {
 public:
  Counter(const Law& law, const char* figure, const Level& level, std::uint32_t years, double truth)
      : truth_(truth) {
    coverage_.law = law.name;
    coverage_.figure = figure;
    coverage_.level = level.text;
    coverage_.years = years;
    coverage_.tail_years = years - static_cast<std::uint32_t>(level.rank(years));
  }

  void add(double value, double se, const Interval& interval) {
    ++coverage_.replications;
    errors_ += value - truth_;
    squares_ += (value - truth_) * (value - truth_);
    variances_ += se * se;
    if (std::isnan(interval.low_usd)) return;
    ++coverage_.claimed;
    coverage_.held += interval.low_usd <= truth_ && truth_ <= interval.high_usd;
  }

  void expect(double coverage) { coverage_.expected = coverage; }

  Coverage finish() {
    const auto count = static_cast<double>(coverage_.replications);
    const double mean = errors_ / count, spread = std::sqrt(squares_ / count - mean * mean);
    coverage_.se_over_spread = std::sqrt(variances_ / count) / spread;
    coverage_.bias_over_se = mean / spread;
    return coverage_;
  }

 private:
  double truth_, errors_ = 0, squares_ = 0, variances_ = 0;
  Coverage coverage_;
};

void study_cell(const Law& law, const Level& level, std::uint32_t years, std::uint32_t replications,
                std::vector<Coverage>& coverages) {
  const double outside = 1 - level.value;
  Counter var(law, "VaR", level, years, law.var_usd(outside));
  Counter tvar(law, "TVaR", level, years, law.tvar_usd(outside));
  var.expect(quantile_ranks(years, outside).coverage);
  const double tail = outside * years;
  const auto drawn = static_cast<std::uint64_t>(tail + 8 * std::sqrt(tail) + 8);
  TopYears sample(years, std::min<std::uint64_t>(drawn, years));
  Draws draws(seed + 1'000 * years + coverages.size());
  for (std::uint32_t i = 0; i < replications; ++i) {
    const RiskFigure figure = risk_at(sample.draw(law, draws), level, law.largest * unit_usd);
    var.add(figure.var_usd, figure.var_se_usd, figure.var_95);
    tvar.add(figure.tvar_usd, figure.tvar_se_usd, figure.tvar_95);
  }
  coverages.push_back(var.finish());
  coverages.push_back(tvar.finish());
}

}  // namespace

bool Coverage::is_right(double errors) const {
  const double off = errors * std::sqrt(0.95 * 0.05 / static_cast<double>(replications));
  if (figure == "VaR") return std::abs(coverage() - expected) <= off;
  if (!claims()) return missed_share() <= 0.06 + off;
  return coverage() >= 0.94 - off && coverage() <= 0.96 + off;
}

std::vector<Coverage> study(std::uint32_t replications) {
  const Level p90 = parse_level("0.9"), p99 = parse_level("0.99"), p995 = parse_level("0.995");
  std::vector<Coverage> coverages;
  for (const Law& law :
       {uniform(), exponential(), lognormal(0.3), lognormal(1), lognormal(2), pareto(3),
        pareto(2.2), capped_pareto(1.9, 100), rare_event(4e-4, 14), rare_event(4e-4, 50)}) {
    study_cell(law, p90, 120, replications, coverages);
    study_cell(law, p90, 500, replications, coverages);
    study_cell(law, p99, 4'000, replications, coverages);
    study_cell(law, p90, 2'500, replications, coverages);
    study_cell(law, p99, 25'000, replications, coverages);
    study_cell(law, p995, 100'000, replications, coverages);
    study_cell(law, p99, 100'000, replications, coverages);
  }
  return coverages;
}

std::vector<RareEvent> rare_events(std::uint32_t replications) {
  constexpr std::uint32_t years = 2'500;
  const auto missed = [&](double expected, double event, double allowed) {
    Law law = rare_event(expected / years, event);
    law.largest = event / allowed;
    std::vector<Coverage> cell;
    study_cell(law, parse_level("0.9"), years, replications, cell);
    return cell.back().missed_share();
  };
  std::vector<RareEvent> events;
  for (const double event : {14.0, 25.0, 50.0}) {
    for (const double expected : {0.5, 1.0, 2.0, 3.0}) {
      events.push_back({event, expected, missed(expected, event, 1), missed(expected, event, 3.5)});
    }
  }
  return events;
}

}  // namespace corridor::risk_cases
