// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "corridor/losses.hpp"
#include "corridor/quotes.hpp"

namespace corridor {

/// Fewer years with a payout than this say nothing about the error of a mean: a normal 95% interval
/// of a heavy-tailed payout covers 70 to 84 in a hundred at 10 hits.
inline constexpr std::uint64_t credible_hits = 400;

/// How often a correct run may fail the gate, all its z-scores together.
inline constexpr double gate_false_alarm_rate = 1e-4;

/// (simulated mean - exact) / se; NaN without an exact mean or without a spread.
double z_score(const FigureLoss& loss, double exact_usd);

/// A simulated mean beside its closed form.
struct CheckedMean {
  const FigureLoss* loss = nullptr;
  double exact_usd = 0;
  double largest_claim_usd = 0;  ///< most that one person can add to a year
  /// Exact probability of a payout, of a cover of the whole group's total; 0 for sums over persons.
  double payout_probability = 0;
};

struct GateFailure {
  std::size_t cell = 0;  ///< index into the means checked
  std::string reason;
};

struct GateResult {
  CredibilityGate gate;  ///< failures left empty: the caller knows the cells' names
  std::vector<GateFailure> failures;
};

/// Compares every mean of credible_hits hits or more with its closed form.
///
/// A z-score passes between -(b + s (2 b^2 + 1) / (6 sqrt(years))) and b, years those of the
/// figure, where b is the normal quantile of the false alarm rate shared among the means checked
/// (Bonferroni), and s bounds the skewness of a year: largest_claim / sd + 3. The term is the first
/// of Cornish and Fisher's expansion for the Student statistic of a skewed payout: samples that
/// miss the rare large claims underrate mean and spread together, so the statistic's lower tail is
/// long and its upper one is short. A sum of independent claims of at most M has a third central
/// moment of at most M times its variance; the 3 covers what effects shared by all claims add. A
/// cover of a total pays with probability p something like an exponential amount, whose skewness
/// over all years is 2.1 / sqrt(p); twice that is allowed.
///
/// Beside it, a figure with a spread of 0 must meet its closed form, and one whose closed form
/// or probability implies a thousand hits or more must have credible_hits.
GateResult check_means(std::span<const CheckedMean> means,
                       double false_alarm_rate = gate_false_alarm_rate);

/// The same of means that come one after the other and need not stay: the bound widens with their
/// number, so that only those which one mean alone would not pass can fail in the end.
class GateCheck {
 public:
  explicit GateCheck(double false_alarm_rate = gate_false_alarm_rate);

  /// Returns whether the mean could still fail, so that its name will be wanted.
  bool add(const CheckedMean& mean);
  GateResult result() const;

 private:
  struct Doubtful {
    std::size_t cell;
    CheckedMean mean;  ///< its loss is `loss`
    FigureLoss loss;
  };

  double narrowest_bound_;
  CredibilityGate gate_;
  std::size_t cells_ = 0;
  std::vector<Doubtful> doubtful_;
};

}  // namespace corridor
