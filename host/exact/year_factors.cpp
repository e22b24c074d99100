// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/year_factors.hpp"

#include <cmath>

namespace corridor {

YearFactors::YearFactors(const EffectModel& effects, double base_effect)
    : model(effects), base(base_effect) {
  const double shocked = model.has_pandemic() ? model.pandemic_probability : 0;
  states = {{{1 - shocked, 1}, {shocked, model.pandemic_frequency}}};
  const double on_severity = 1 - model.frequency_share;
  const double group_variance = model.group_sigma * model.group_sigma;
  const double shared_variance = model.shared_sigma * model.shared_sigma;
  const double variance = shared_variance + on_severity * on_severity * group_variance;
  const double covariance = model.frequency_share * on_severity * group_variance;
  sigma = std::sqrt(variance);
  lasting_sigma = std::sqrt(model.lasting_share * group_variance);
  yearly_sigma = std::sqrt(shared_variance + (1 - model.lasting_share) * group_variance);
  group_frequency_mean = std::exp(-covariance / 2);
  frequency_mean = group_frequency_mean * (1 + shocked * (model.pandemic_frequency - 1));
  centre =
      base * std::exp((variance - shared_variance - on_severity * group_variance) / 2 + covariance);
}

bool YearFactors::cuts_claims() const {
  return model.group_moves_frequency() || (states[1].probability > 0 && states[1].frequency > 1);
}

}  // namespace corridor
