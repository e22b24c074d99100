// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/run_in_laws.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "host/exact/group_means.hpp"

namespace corridor {
namespace {

constexpr std::size_t variance_nodes = 5;

/// The variances themselves where they are few, else Chebyshev's nodes over their range.
std::vector<double> nodes_over(const std::vector<double>& sigmas) {
  std::vector<double> variances;
  for (const double sigma : sigmas) variances.push_back(sigma * sigma);
  std::sort(variances.begin(), variances.end());
  variances.erase(std::unique(variances.begin(), variances.end()), variances.end());
  if (variances.size() <= variance_nodes) return variances;
  const double middle = (variances.front() + variances.back()) / 2;
  const double half = (variances.back() - variances.front()) / 2;
  std::vector<double> nodes;
  for (std::size_t n = 0; n < variance_nodes; ++n) {
    const double angle = std::numbers::pi * (static_cast<double>(n) + 0.5) / variance_nodes;
    nodes.push_back(middle - half * std::cos(angle));
  }
  return nodes;
}

/// Lagrange's weights of the nodes at a point; at a node that one alone.
std::vector<double> weights_at(const std::vector<double>& nodes, double point) {
  std::vector<double> weights;
  for (const double own : nodes) {
    double weight = 1;
    for (const double other : nodes) {
      if (other != own) weight *= (point - other) / (own - other);
    }
    weights.push_back(weight);
  }
  return weights;
}

}  // namespace

RunInLaws::RunInLaws(const Book& book, const BasisNumbers& bases, const std::vector<LawUse>& uses,
                     const std::vector<double>& sigmas)
    : variances_(nodes_over(sigmas)) {
  std::map<std::uint32_t, std::vector<std::unique_ptr<RunInLaw>>> of_basis;
  std::vector<std::pair<const LawUse*, Made*>> wanted;
  for (const LawUse& use : uses) {
    const Basis* basis = bases.basis(use.key.basis);
    if (basis == nullptr || basis->prior_years == 0) continue;
    of_basis[use.key.basis].resize(variances_.size());
    Made& made = laws_[use.key];
    made.degree = basis->prior_years + 1;
    made.exposures = use.thinned ? made.degree : 1;
    made.at.resize(variances_.size());
    wanted.emplace_back(&use, &made);
  }
  for (auto& [number, made] : of_basis) {
    tbb::parallel_for(std::size_t{0}, variances_.size(),
                      [&, basis = bases.basis(number), &laws = made](std::size_t v) {
                        laws[v] = std::make_unique<RunInLaw>(*basis, std::sqrt(variances_[v]));
                      });
  }
  tbb::parallel_for(std::size_t{0}, wanted.size(), [&](std::size_t i) {
    const auto [use, made] = wanted[i];
    const TableLaw claims(book.tables.data() + use->key.table * bucket_count);
    made->lattice = lattice_for(claims);
    const LatticeLaw on_it = on_lattice(claims, made->lattice.first, made->lattice.nodes);
    const auto& laws = of_basis.at(use->key.basis);
    tbb::parallel_for(std::size_t{0}, variances_.size(), [&, to = made](std::size_t v) {
      for (std::size_t n = 0; n < to->exposures; ++n) {
        to->at[v].push_back(laws[v]->of(on_it, exposure_node(to->degree, n)));
      }
    });
  });
}

std::vector<std::unique_ptr<TableLaw>> RunInLaws::laws(LawKey key, double yearly_sigma) const {
  const Made& made = laws_.at(key);
  const std::vector<double> weights = weights_at(variances_, yearly_sigma * yearly_sigma);
  std::vector<std::unique_ptr<TableLaw>> result;
  for (std::size_t n = 0; n < made.exposures; ++n) {
    LatticeLaw law{0, std::vector<double>(static_cast<std::size_t>(made.lattice.nodes))};
    for (std::size_t v = 0; v < weights.size(); ++v) add(law, made.at[v][n], weights[v]);
    result.push_back(std::make_unique<TableLaw>(pieces_of(law, made.lattice.first)));
  }
  return result;
}

}  // namespace corridor
