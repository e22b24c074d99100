// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/group_moments.hpp"

#include <algorithm>
#include <cmath>

#include "host/exact/lattice/node_sets.hpp"

namespace corridor {
namespace {

struct Weighed {
  double weight = 0;
  TotalMoments moments;
};
using Given = std::vector<std::vector<Weighed>>;  ///< [slice][node]

Given moments_at(const GroupFamilies& group, const SliceNodes& nodes) {
  Given given;
  for (std::size_t i = 0; i < group.slices.size(); ++i) {
    given.emplace_back();
    for (const EffectNode& node : nodes[i]) {
      given.back().push_back({group.slices[i].years.weight * node.weight,
                              moments_given(group, group.slices[i], node.log_severity)});
    }
  }
  return given;
}

/// Of those halfway between the nodes of twice the distance.
Given every_second(const Given& given) {
  Given some;
  for (const std::vector<Weighed>& of_slice : given) {
    double whole = 0, kept = 0;
    std::vector<Weighed> half;
    for (std::size_t i = 0; i < of_slice.size(); ++i) {
      whole += of_slice[i].weight;
      if (i % 2 == 1 || of_slice.size() == 1) half.push_back(of_slice[i]);
    }
    for (const Weighed& node : half) kept += node.weight;
    for (Weighed& node : half) node.weight *= whole / kept;
    some.push_back(std::move(half));
  }
  return some;
}

GroupMoments over(const Given& given) {
  GroupMoments sum;
  for (const auto& of_slice : given) {
    for (const Weighed& node : of_slice) sum.mean += node.weight * node.moments.mean;
  }
  double variance = 0;
  for (const auto& of_slice : given) {
    for (const Weighed& node : of_slice) {
      const double distance = node.moments.mean - sum.mean;
      variance += node.weight * (node.moments.variance + distance * distance);
    }
  }
  sum.sd = std::sqrt(std::max(0.0, variance));
  return sum;
}

}  // namespace

GroupMoments group_moments(const GroupFamilies& group) {
  const Given given = moments_at(group, moment_nodes(group));
  GroupMoments all = over(given);
  const GroupMoments half = over(every_second(given));
  all.mean_error = std::abs(all.mean - half.mean);
  all.sd_error = std::abs(all.sd - half.sd);
  return all;
}

}  // namespace corridor
