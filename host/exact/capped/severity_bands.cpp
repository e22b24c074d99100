// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/capped/severity_bands.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "host/exact/capped/bessel_columns.hpp"
#include "host/exact/capped/frequency_block.hpp"

namespace corridor {
namespace {

/// t with V / b^2 * h(b t / V) = level, h(x) = (1 + x) log(1 + x) - x: P(S > mean + t) is below
/// exp(-level) for a sum of variance V of terms at most b above their means.
double distance_above(double variance, double largest, double level) {
  const double wanted = level * largest * largest / variance;
  double x = wanted / 3 + std::sqrt(wanted * wanted / 9 + 2 * wanted);  // Bernstein's, farther
  for (int i = 0; i < 30; ++i) {
    const double off = (1 + x) * std::log1p(x) - x - wanted;
    if (off < 1e-3 * wanted) break;
    x -= off / std::log1p(x);
  }
  return 1.001 * x * variance / largest;
}

/// How far above the mean: all terms under one bound, or those of more than a unit at their most.
double reach_above(const CappedPersons& persons, double variance, double level) {
  const double largest = persons.largest_ratio();
  const double together = distance_above(variance, largest, level);
  if (largest <= 1) return together;
  double of_large = 0;
  for (const PersonKind& kind : persons.kinds) {
    const double ratio = persons.ratios[kind.ratio];
    if (ratio <= 1) continue;
    for (const PersonKind::Place& place : kind.places) of_large += place.count * ratio;
  }
  return std::min(together, of_large + distance_above(variance, 1, level));
}

SeverityNode severity_node(const CappedPersons& persons, const EffectNode& node) {
  std::vector<double> kind_means;
  const NodeMoments moments = node_moments(persons, node.log_severity, &kind_means);
  SeverityNode result{node, moments, std::move(kind_means), 0, 0, 0};
  const double level = std::max(2.0, std::log(node.weight / probability_beyond));
  const double variance = std::max(moments.variance, 1e-12);
  result.low = std::max(0.0, moments.mean - std::sqrt(2 * level * moments.squares));
  result.high = std::min(persons.most, moments.mean + reach_above(persons, variance, level));
  // Normal decay, and some more for skewness.
  result.last_frequency =
      std::min(frequency_max / persons.largest_ratio(), 1.1 * std::sqrt(2 * level / variance));
  return result;
}

/// Work of a band in arbitrary units, from the work of a frequency.
class BandCost {
 public:
  explicit BandCost(const CappedPersons& persons) {
    for (const PersonKind& kind : persons.kinds) {
      rows_ += kind.high_row - kind.low_row + rows_before + rows_after + 1;
      kinds_ += 1;
    }
  }

  /// Nodes of a band, taken in from its last one down.
  struct Extent {
    double low = std::numeric_limits<double>::infinity(), high = 0, frequency = 0, count = 0;

    void take(const SeverityNode& node) {
      low = std::min(low, node.low);
      high = std::max(high, node.high);
      frequency = std::max(frequency, node.last_frequency);
      count += 1;
    }
  };

  double operator()(const Extent& extent, double log_span) const {
    const double width = extent.high - extent.low;
    const double blocks =
        std::ceil(extent.frequency * width / (2 * std::numbers::pi * block_frequencies) + 0.1);
    const double rows = rows_ + kinds_ * log_span / kappa_step;
    return blocks *
           (rows * (2 * degrees_for(extent.frequency) + 80) + extent.count * (4 * rows_ + 120));
  }

 private:
  double rows_ = 0, kinds_ = 0;
};

SeverityBand band(const std::vector<SeverityNode>& nodes, std::size_t first, std::size_t last,
                  double largest_ratio) {
  double low = nodes[first].low, high = nodes[first].high;
  for (std::size_t i = first; i < last; ++i) {
    low = std::min(low, nodes[i].low);
    high = std::max(high, nodes[i].high);
  }
  // Both ends may carry mass, which is kept off the corners of what is integrated; and a block of
  // frequencies must lie within those tabled.
  const double margin = 0.04 * (high - low) + 1e-6, width = high - low + 2 * margin;
  const double least = 2 * std::numbers::pi * block_frequencies * largest_ratio / frequency_max;
  return {first, last, low - margin, width, std::max(least, width + 2 * margin)};
}

constexpr std::size_t band_nodes_max = 64;

}  // namespace

std::vector<SeverityNode> severity_nodes(const CappedPersons& persons,
                                         const std::vector<EffectNode>& nodes) {
  std::vector<SeverityNode> result;
  result.reserve(nodes.size());
  for (const EffectNode& node : nodes) result.push_back(severity_node(persons, node));
  return result;
}

std::vector<SeverityBand> severity_bands(const CappedPersons& persons,
                                         const std::vector<SeverityNode>& nodes) {
  const BandCost cost(persons);
  std::vector<double> least(nodes.size() + 1, std::numeric_limits<double>::infinity());
  std::vector<std::size_t> from(nodes.size() + 1, 0);
  least[0] = 0;
  for (std::size_t last = 1; last <= nodes.size(); ++last) {
    BandCost::Extent extent;
    for (std::size_t first = last; first-- > 0 && last - first <= band_nodes_max;) {
      extent.take(nodes[first]);
      const double span = nodes[last - 1].node.log_severity - nodes[first].node.log_severity;
      const double sum = least[first] + cost(extent, span);
      if (sum < least[last]) {
        least[last] = sum;
        from[last] = first;
      }
    }
  }
  std::vector<SeverityBand> bands;
  for (std::size_t last = nodes.size(); last > 0; last = from[last]) {
    bands.push_back(band(nodes, from[last], last, persons.largest_ratio()));
  }
  std::reverse(bands.begin(), bands.end());
  return bands;
}

}  // namespace corridor
