// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/exact/eligible_law.hpp"
#include "host/exact/totals/frequency_nodes.hpp"
#include "host/exact/totals/year_model.hpp"
#include "host/exact/year_factors.hpp"

namespace corridor {

/// Persons alike, as a sum over frequencies sees them.
struct FrequencyPersons {
  const EligibleLaw* law;  ///< of one year
  double scale, exposure, count;
};

/// A group's years by their frequency: where to look at them, and how well that sums them up.
///
/// Where a claim becomes sure (exposure * frequency * S = 1), more frequency adds nothing, and what
/// a year costs bends as a function of the effect: at the share of persons who claim at all, and
/// wherever a law jumps. Pieces end at the largest of these bends.
class FrequencyYears {
 public:
  /// `persons`        with scales above 0
  /// `threshold_usd`  least amount at which a person's claims are cut: totals of such claims vary
  ///                  least, so they are the steepest functions of the effect
  /// `step_factor`    times the usual distance between nodes
  FrequencyYears(std::vector<FrequencyPersons> persons, const YearFactors& factors,
                 double threshold_usd, double step_factor = 1);

  double frequency(double score) const;
  /// Mean logarithm of the severity.
  double log_severity(double score) const;

  const std::vector<FrequencyNode>& nodes() const { return nodes_; }

  /// How much figures change with twice the nodes, for totals that are lognormal given the effect,
  /// of the persons' own means: their bends and their steepness are those of the true ones. Twice
  /// the largest change between a total's mean and three deviations above.
  SliceError error() const;

 private:
  /// What persons of one law and exposure have in common.
  struct Class {
    const EligibleLaw* law;
    double exposure, scales, count;
    double mean_scale() const { return scales / count; }
  };
  /// A bend and how much of the mean's slope it takes, as a share of the mean in usual years.
  struct Bend {
    double score, size;
  };
  struct Means {
    std::vector<double> weights, usd;  ///< [node]
  };

  void gather(const std::vector<FrequencyPersons>& persons);
  double conditional_cv(const std::vector<FrequencyPersons>& persons) const;
  double mean_usd(double score) const;
  void add_bends(const Class& persons, const MonthLaw& month, std::vector<Bend>& bends) const;
  std::vector<double> bends() const;
  std::vector<FrequencyNode> nodes_at(double step) const;
  Means means_at(const std::vector<FrequencyNode>& nodes) const;

  YearFactors factors_;
  double threshold_usd_;
  std::vector<Class> classes_;
  double cv_ = 1;  ///< of a total in a usual year
  std::vector<double> bends_;
  double step_ = 1;
  std::vector<FrequencyNode> nodes_;
};

}  // namespace corridor
