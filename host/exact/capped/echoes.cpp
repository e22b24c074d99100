// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/capped/echoes.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace corridor {
namespace {

using Logs = std::vector<double>;  ///< [frequency - 1] log |E exp(i z A)|

/// How many persons stand at each row, by law; persons of other limits than the commonest, whose
/// frequencies are others, stand nowhere: they only damp an echo.
std::map<const LawMoments*, std::vector<double>> persons_by_row(const CappedPersons& persons,
                                                                double log_severity) {
  std::map<const LawMoments*, std::vector<double>> result;
  const double rows_down = log_severity / kappa_step;
  for (const PersonKind& kind : persons.kinds) {
    if (persons.ratios[kind.ratio] != 1) continue;
    for (const PersonKind::Law& law : kind.mixture()) {
      const MomentDemand::Rows range = law.moments->range();
      std::vector<double>& rows = result[law.moments];
      rows.resize(static_cast<std::size_t>(range.last - range.first + 1));
      for (const PersonKind::Place& place : kind.places) {
        const double at = place.row - rows_down - range.first, row = std::floor(at);
        const double weight = place.count * law.weight;
        rows[static_cast<std::size_t>(row)] += weight * (1 - (at - row));
        rows[static_cast<std::size_t>(row) + 1] += weight * (at - row);
      }
    }
  }
  return result;
}

// For a mixture w log|phi| stands for log|1 - w + w phi|: the same to first order where |phi| is
// near 1, and only there is an echo.
Logs logs_at(const CappedPersons& persons, double log_severity) {
  Logs logs(LawMoments::echo_count, 0.0);
  for (const auto& [law, rows] : persons_by_row(persons, log_severity)) {
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (rows[r] == 0) continue;
      const std::span<const float> echo = law->echoes(law->range().first + static_cast<int>(r));
      for (std::size_t g = 0; g < logs.size(); ++g) {
        logs[g] += rows[r] * static_cast<double>(echo[g]);
      }
    }
  }
  return logs;
}

/// The top of the parabola through three points whose middle is the highest.
double peak(double before, double middle, double after) {
  if (!(middle >= before && middle >= after)) return middle;
  const double bend = 2 * middle - before - after, slope = after - before;
  return bend > 0 ? middle + slope * slope / (8 * bend) : middle;
}

bool comes_back(const Logs& logs, double after_frequency, double weight) {
  const double least = std::log(1e-9 / weight);
  for (std::size_t g = 1; g + 1 < logs.size(); ++g) {
    if (static_cast<double>(g) < after_frequency) continue;
    if (peak(logs[g - 1], logs[g], logs[g + 1]) > least) return true;
  }
  return false;
}

}  // namespace

bool echoes(const CappedPersons& persons, const std::vector<SeverityNode>& nodes,
            const std::vector<BandSpectrum>& bands) {
  std::size_t node = 0;
  for (const BandSpectrum& band : bands) {
    const std::size_t middle = node + band.nodes / 2;
    node += band.nodes;
    const EffectNode& at = nodes[middle].node;
    if (at.weight < 1e-4 || !band.died_away) continue;
    if (comes_back(logs_at(persons, at.log_severity), band.last_frequency, at.weight)) return true;
  }
  return false;
}

}  // namespace corridor
