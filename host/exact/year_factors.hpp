// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "kernels/book.hpp"

namespace corridor {

/// Years with or without a pandemic.
struct FrequencyState {
  double probability = 0;
  double frequency = 1;  ///< times everybody's
};

/// The year's factors of one group as closed forms need them, from EffectModel and base_effect:
/// severity = base * H * G^(1 - share) and frequency = G^share * M, with G the group's effect and H
/// the shared ones, independent lognormals of mean 1, and M that of the state, independent of both.
struct YearFactors {
  YearFactors(const EffectModel& effects, double base_effect);

  EffectModel model;
  double base;
  std::array<FrequencyState, 2> states;  ///< one of probability 0 where there is but one

  /// E[frequency * h(severity)] = frequency_mean * E[h(centre * f)] for every h, with f lognormal
  /// of mean 1 and log-deviation sigma: weighting a normal law by an exponential only moves it.
  double sigma;
  double centre;
  double frequency_mean;
  double group_frequency_mean;  ///< the same in years of M = 1

  /// Whether some years ask for more claims than people of full exposure have.
  bool cuts_claims() const;

  /// Log-deviations of the severity's lasting part and of what single years add, where the effects
  /// act on severity alone; sigma^2 is the sum of their squares.
  double lasting_sigma;
  double yearly_sigma;
};

}  // namespace corridor
