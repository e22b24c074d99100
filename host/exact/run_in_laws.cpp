// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/run_in_laws.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "host/exact/group_means.hpp"
#include "host/exact/law_claims.hpp"
#include "host/exact/sigma_rung.hpp"

namespace corridor {
namespace {

constexpr std::size_t variance_nodes = 5;

/// Chebyshev's nodes of the variance from 0 to a rung's.
std::vector<double> nodes_up_to(double rung) {
  if (rung <= 0) return {0};
  const double half = rung * rung / 2;
  std::vector<double> nodes;
  for (std::size_t n = 0; n < variance_nodes; ++n) {
    const double angle = std::numbers::pi * (static_cast<double>(n) + 0.5) / variance_nodes;
    nodes.push_back(half - half * std::cos(angle));
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
                     const std::vector<double>& sigmas) {
  for (const double sigma : sigmas) rungs_[sigma_rung(sigma)];
  std::vector<double> variances;
  for (auto& [rung, nodes] : rungs_) {
    nodes = {variances.size(), nodes_up_to(rung)};
    variances.insert(variances.end(), nodes.variances.begin(), nodes.variances.end());
  }
  std::map<std::uint32_t, std::vector<std::unique_ptr<RunInLaw>>> of_basis;
  std::vector<std::pair<const LawUse*, Made*>> wanted;
  for (const LawUse& use : uses) {
    const Basis* basis = bases.basis(use.key.basis);
    if (basis == nullptr || basis->prior_years == 0) continue;
    of_basis[use.key.basis].resize(variances.size());
    Made& made = laws_[use.key];
    made.degree = basis->prior_years + 1;
    made.exposures = use.thinned ? made.degree : 1;
    made.at.resize(variances.size());
    wanted.emplace_back(&use, &made);
  }
  for (auto& [number, made] : of_basis) {
    tbb::parallel_for(std::size_t{0}, variances.size(),
                      [&, basis = bases.basis(number), &laws = made](std::size_t v) {
                        laws[v] = std::make_unique<RunInLaw>(*basis, std::sqrt(variances[v]));
                      });
  }
  tbb::parallel_for(std::size_t{0}, wanted.size(), [&](std::size_t i) {
    const auto [use, made] = wanted[i];
    const TableLaw claims = law_claims(book, use->key.table, bases.basis(use->key.basis));
    made->lattice = lattice_for(claims);
    const LatticeLaw on_it = on_lattice(claims, made->lattice.first, made->lattice.nodes);
    const auto& laws = of_basis.at(use->key.basis);
    tbb::parallel_for(std::size_t{0}, variances.size(), [&, to = made](std::size_t v) {
      for (std::size_t n = 0; n < to->exposures; ++n) {
        to->at[v].push_back(laws[v]->of(on_it, exposure_node(to->degree, n)));
      }
    });
  });
}

std::vector<std::unique_ptr<TableLaw>> RunInLaws::laws(LawKey key, double yearly_sigma) const {
  const Made& made = laws_.at(key);
  const Rung& rung = rungs_.at(sigma_rung(yearly_sigma));
  const std::vector<double> weights = weights_at(rung.variances, yearly_sigma * yearly_sigma);
  std::vector<std::unique_ptr<TableLaw>> result;
  for (std::size_t n = 0; n < made.exposures; ++n) {
    LatticeLaw law{0, std::vector<double>(static_cast<std::size_t>(made.lattice.nodes))};
    for (std::size_t v = 0; v < weights.size(); ++v) {
      add(law, made.at[rung.first + v][n], weights[v]);
    }
    result.push_back(std::make_unique<TableLaw>(pieces_of(law, made.lattice.first)));
  }
  return result;
}

}  // namespace corridor
