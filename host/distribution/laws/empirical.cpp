// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "host/distribution/law_kind.hpp"
#include "host/distribution/piecewise_law.hpp"

namespace corridor {
namespace {

constexpr ColumnRule columns[] = {{"amount_usd"}, {"weight"}};

void check(const DistributionSpec& spec, LawProblems& problems) {
  const std::vector<double>& weight = column_of(spec, "weight");
  if (std::accumulate(weight.begin(), weight.end(), 0.0) > 0) return;
  problems.column("weight", {"E_NO_WEIGHT", "0", "all weights are 0 (no claim could be drawn)",
                             "Give at least one amount a weight above 0"});
}

struct Sample {
  double amount_usd, weight;
};

/// Samples of the spec, ascending, each amount once.
std::vector<Sample> sorted_samples(const DistributionSpec& spec) {
  const std::vector<double>& amount = column_of(spec, "amount_usd");
  const std::vector<double>& weight = column_of(spec, "weight");
  std::vector<Sample> samples;
  for (std::size_t i = 0; i < amount.size(); ++i) {
    if (weight[i] > 0) samples.push_back({amount[i], weight[i]});
  }
  std::sort(samples.begin(), samples.end(),
            [](const Sample& a, const Sample& b) { return a.amount_usd < b.amount_usd; });
  std::vector<Sample> merged;
  for (const Sample& sample : samples) {
    if (!merged.empty() && merged.back().amount_usd == sample.amount_usd) {
      merged.back().weight += sample.weight;
    } else {
      merged.push_back(sample);
    }
  }
  return merged;
}

/// Point masses at the amounts, in proportion to their weights.
std::unique_ptr<ClaimLaw> make(const DistributionSpec& spec, const std::vector<DistributionSpec>&) {
  const std::vector<Sample> samples = sorted_samples(spec);
  std::vector<double> above(samples.size());  // weight at and above, summed from the top
  double sum = 0;
  for (std::size_t i = samples.size(); i-- > 0;) above[i] = sum += samples[i].weight;
  std::vector<Piece> pieces;
  double from = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    append_gap(pieces, from, samples[i].amount_usd, above[i] / sum);
    from = samples[i].amount_usd;
  }
  return std::make_unique<PiecewiseLaw>(std::move(pieces));
}

}  // namespace

extern const LawKind empirical_kind;
constinit const LawKind empirical_kind{.name = "empirical",
                                       .parameters = {},
                                       .optional = {},
                                       .columns = columns,
                                       .parts = {},
                                       .check = check,
                                       .make = make};

}  // namespace corridor
