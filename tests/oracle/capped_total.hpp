// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "kernels/lane/table.hpp"
#include "tests/oracle/lattice.hpp"

namespace corridor::oracle {

/// A part of a law: uniform between two amounts, an atom where they are equal.
struct Part {
  double low, high, probability;
};
using Parts = std::vector<Part>;

/// The law a table draws at scale 1: one uniform part a bucket, and 2^-40 at the top. `frequency`
/// below 1 puts the rest at zero; above 1 it cuts S off at 1 / frequency.
Parts parts_of(const Bucket* table, double frequency = 1);

/// Like persons of a group.
struct Persons {
  Parts law;
  double scale = 1;
  double count = 1;
  double own_cap = 0;  ///< instead of the group's, where above 0
};
using Group = std::vector<Persons>;

/// Law of the sum over the persons of min(factor * scale * X, cap).
Lattice capped_total(const Group& group, double factor, double cap, double step,
                     std::size_t points);

/// E sum min(factor * scale * X, cap), without a lattice.
double capped_mean(const Group& group, double factor, double cap);

/// Visits (weight, factor) at the nodes of a lognormal factor with mean 1; weights add up to 1.
/// Calls once with factor 1 when cv is 0.
void over_factor(double cv, const std::function<void(double, double)>& visit, double step = 0.25);

/// What a capped total says of one attachment.
struct AggregateFigures {
  double payout_usd = 0;
  double probability = 0;
};

/// What a group's capped total says of attachments, group effect integrated.
class Aggregate {
 public:
  Aggregate(const Group& group, double cv, double cap, double step, std::size_t points);
  /// `group_at(G)` the group in a year of effect G, severity and frequency in it.
  Aggregate(const std::function<Group(double)>& group_at, double cv, double cap, double step,
            std::size_t points);

  double mean() const { return mean_; }  ///< without a lattice's rounding
  AggregateFigures at(double attachment) const;
  double percentile(double p) const { return mixed_.percentile(p); }
  double deviation() const;

 private:
  Lattice mixed_;
  double mean_ = 0;
};

}  // namespace corridor::oracle
